"""Who a person is: as they say (claimed) until an officer or the national e-identity confirms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.accounts.states import VerifiedBy


class Address(models.Model):
    """A postal address of the two-level administration: commune, hamlet, number and street."""

    commune = models.ForeignKey(
        "core.Commune",
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hamlet = models.CharField(_("hamlet"), max_length=120, blank=True)
    street = models.CharField(_("number and street"), max_length=200, blank=True)

    class Meta:
        abstract = True


class Verifiable(models.Model):
    """A number that is claimed until `verified_at`."""

    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_how = models.CharField(
        max_length=8, choices=VerifiedBy.choices, blank=True, editable=False
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_verified(self) -> bool:
        """Whether somebody has confirmed the number."""
        return self.verified_at is not None


class Person(Address, Verifiable):
    """A citizen behind an account. An identity number is unique only once it is verified.

    `identity_number` has 12 digits, or 9 on an old identity card; "" is not told.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="person",
    )
    identity_number = models.CharField(
        _("identity number"), max_length=12, blank=True, db_index=True
    )
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number"],
                condition=Q(verified_at__isnull=False),
                name="accounts_verified_identity",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
