"""A mail, from the moment it is decided until two weeks after it was sent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail is."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")


class Mail(models.Model):
    """One mail to one address, in the words and the language in which it will be read."""

    address = models.EmailField(_("address"), editable=False)
    subject = models.CharField(_("subject"), max_length=300, editable=False)
    text = models.TextField(_("text"), editable=False)
    state = models.CharField(
        max_length=8, choices=MailState.choices, default=MailState.WAITING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(db_index=True, editable=False)
    error = models.CharField(max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")

    def __str__(self) -> str:
        return self.subject
