"""The account of a person who signs in. It sends nothing."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A person who signs in, with a phone number in E.164 form (``+84912345678``).

    A number is unique only once it is verified: an unverified sign-up never blocks the real
    owner of a number.
    """

    phone = models.CharField(_("phone"), max_length=16, null=True, blank=True)
    phone_verified = models.BooleanField(_("phone verified"), default=False)
    is_demo = models.BooleanField(
        _("demonstration account"),
        default=False,
        help_text=_("Its password is public. It is refused on a portal that is in real use."),
    )
    has_temporary_password = models.BooleanField(
        _("temporary password"),
        default=False,
        editable=False,
        help_text=_("Somebody else knows it: the admin asks for a new one first."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=Q(phone_verified=True), name="accounts_verified_phone"
            ),
        ]

    def get_full_name(self) -> str:
        """The name as Vietnamese say it: family name first."""
        return f"{self.last_name} {self.first_name}".strip()

    def set_password(self, raw_password: str | None) -> None:
        """Set a password that its owner chose: it is not a temporary one any more."""
        super().set_password(raw_password)
        self.has_temporary_password = False
