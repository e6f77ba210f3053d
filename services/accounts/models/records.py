"""What happened to an account, what was agreed to, who looked. It holds no secret in clear text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.accounts.states import (
    Channel,
    CodePurpose,
    ConsentPurpose,
    EventKind,
    RecordPart,
    SearchKey,
)


class AccountEvent(models.Model):
    """Something that happened to an account, shown to its owner. It holds no secret.

    `details` names what changed: ``{"field": …, "before": …, "after": …}`` with numbers masked.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account_events"
    )
    kind = models.CharField(max_length=24, choices=EventKind.choices)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who did it, if not the owner."),
    )
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("events of accounts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="accounts_event_user_at")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class OneTimeCode(models.Model):
    """A code of six digits that was sent somewhere; only a keyed digest of it is kept.

    It counts once, until `expires_at`. `attempts` are wrong entries while it was the newest of its
    purpose.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="one_time_codes"
    )
    purpose = models.CharField(max_length=12, choices=CodePurpose.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    address = models.CharField(max_length=254)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "purpose", "-created_at"], name="accounts_code_user"),
            models.Index(fields=["address", "-created_at"], name="accounts_code_address"),
        ]

    def __str__(self) -> str:
        return str(self.get_purpose_display())


class ResetRequest(models.Model):
    """That a new password was asked for under a name, which may be nobody's.

    What is told of the codes (until when they count, how many entries are left, when to ask again)
    is read here alone, and so is alike whether there is such an account or not. `digest` is keyed;
    `name` waits for the worker, which erases it. `sendings` are seconds since the epoch.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=254, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sendings = models.JSONField(default=list)

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for new passwords")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Consent(models.Model):
    """That a person agreed to one use of their data, when, to which text and how (Law 91/2025)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=16, choices=ConsentPurpose.choices)
    version = models.CharField(max_length=20)
    method = models.CharField(max_length=16, default="form")
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["purpose", "-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(withdrawn_at=None),
                name="accounts_consent_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_purpose_display())


class RecordView(models.Model):
    """That a member of staff looked at a citizen's record; the citizen sees this."""

    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="record_views"
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    viewer_name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=255, blank=True)
    what = models.CharField(max_length=16, choices=RecordPart.choices)
    enterprise = models.ForeignKey(
        "accounts.Enterprise", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("look at a record")
        verbose_name_plural = _("looks at records")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "-at"], name="accounts_view_subject")]

    def __str__(self) -> str:
        return self.viewer_name


class RecordSearch(models.Model):
    """That an officer looked for somebody at the counter, opened or not; numbers masked.

    It tells who tries out numbers, and is what the limit of searches counts.
    """

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    officer_name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=255, blank=True)
    key = models.CharField(max_length=8, choices=SearchKey.choices)
    masked = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    found = models.PositiveSmallIntegerField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("search for a citizen")
        verbose_name_plural = _("searches for citizens")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["officer", "-at"], name="accounts_search_officer")]

    def __str__(self) -> str:
        return self.officer_name
