"""Enterprises and organisations, and who acts for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.accounts.models.people import Address, Verifiable
from services.accounts.states import EnterpriseRole, RequestKind, RequestState


class Enterprise(Address, Verifiable):
    """An enterprise or organisation. Its tax code is unique only once it is verified."""

    tax_code = models.CharField(_("tax code"), max_length=14, db_index=True)
    name = models.CharField(_("name of the enterprise"), max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=Q(verified_at__isnull=False),
                name="accounts_verified_tax_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That somebody acts for an enterprise."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="enterprise_memberships",
    )
    role = models.CharField(_("role"), max_length=5, choices=EnterpriseRole.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("member of an enterprise")
        verbose_name_plural = _("members of enterprises")
        ordering = ["role", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "user"], name="accounts_enterprise_member_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.enterprise}"


class Invitation(models.Model):
    """An owner's invitation to act for an enterprise; only a digest of its token is kept."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="invitations")
    address = models.CharField(_("phone or e-mail"), max_length=254)
    role = models.CharField(_("role"), max_length=5, choices=EnterpriseRole.choices)
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.OPEN)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.enterprise)


class EnterpriseRequest(models.Model):
    """A second person for one tax code asks to join, or disputes who holds it."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enterprise_requests"
    )
    kind = models.CharField(max_length=7, choices=RequestKind.choices)
    text = models.TextField(_("explanation"), blank=True)
    answer = models.TextField(_("reason of the decision"), blank=True)
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request about an enterprise")
        verbose_name_plural = _("requests about enterprises")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "user", "kind"],
                condition=Q(state="open"),
                name="accounts_request_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.enterprise}"
