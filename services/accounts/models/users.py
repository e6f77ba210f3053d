"""The account of a person who signs in. It sends nothing."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A person who signs in, with a phone number in E.164 form (``+84912345678``).

    A number or an e-mail address is unique only once it is verified: an unverified sign-up never
    blocks the real owner. Somebody who has shown that messages to it reach them (`phone_proven_at`)
    while another account holds it as verified shares it: they get messages there, but sign in with
    their user name alone. So a family may live with one phone.
    """

    full_name = models.CharField(
        _("full name"), max_length=200, blank=True, help_text=_("As on the identity card.")
    )

    phone = models.CharField(_("phone"), max_length=16, null=True, blank=True)
    phone_verified = models.BooleanField(_("phone verified"), default=False)
    phone_proven_at = models.DateTimeField(null=True, blank=True, editable=False)
    email_verified = models.BooleanField(_("e-mail verified"), default=False)
    email_proven_at = models.DateTimeField(null=True, blank=True, editable=False)
    needs_activation = models.BooleanField(
        _("not activated yet"),
        default=False,
        help_text=_("Registered by the person and not confirmed by a code yet."),
    )
    language = models.CharField(
        _("language of messages"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    notify_by_phone = models.BooleanField(_("text messages"), default=True)
    notify_by_email = models.BooleanField(_("e-mails"), default=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
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
            models.UniqueConstraint(
                Lower("email"), condition=Q(email_verified=True), name="accounts_verified_email"
            ),
            models.UniqueConstraint(Lower("username"), name="accounts_username_any_case"),
        ]

    def get_full_name(self) -> str:
        """The name as Vietnamese say it: family name first."""
        return self.full_name or f"{self.last_name} {self.first_name}".strip()

    def set_password(self, raw_password: str | None) -> None:
        """Set a password that its owner chose: it is not a temporary one any more."""
        super().set_password(raw_password)
        self.has_temporary_password = False
