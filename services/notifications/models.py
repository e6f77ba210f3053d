"""A message, from the moment it is decided until two weeks after its end.

Rows are changed by `actions` alone; nothing here says when or how a message goes out.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """Where a message is."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    EXPIRED = "expired", _("expired")


MailState = MessageState


class Message(models.Model):
    """What mails and text messages share: their words, and how far they have come."""

    words: ClassVar[tuple[str, ...]] = ("text",)  # erased when a secret message has ended

    text = models.TextField(_("text"), editable=False)
    is_secret = models.BooleanField(default=False, db_default=False, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(
        max_length=8, choices=MessageState.choices, default=MessageState.WAITING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(db_index=True, editable=False)
    error = models.CharField(max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Mail(Message):
    """One mail to one address, in the words and the language in which it will be read."""

    words = ("subject", "text")

    address = models.EmailField(_("address"), editable=False)
    subject = models.CharField(_("subject"), max_length=300, editable=False)
    # The same on every attempt; empty for the mails that were kept before mails had one.
    key = models.UUIDField(default=uuid4, null=True, editable=False)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")


class Text(Message):
    """One text message (SMS) to one telephone number."""

    phone = models.CharField(_("phone"), max_length=20, editable=False)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)  # same on every attempt

    class Meta:
        verbose_name = _("text message")
        verbose_name_plural = _("text messages")
