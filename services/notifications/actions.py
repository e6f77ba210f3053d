"""Keep a mail with what caused it, send it once that has been saved, try again what failed.

A mail is claimed by a conditional update before it is sent, so that two workers never send one
twice. What a killed worker had claimed is sent again after a quarter of an hour: then it may
arrive twice, but it arrives.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from services.notifications.models import Mail, MailState

logger = logging.getLogger(__name__)

# Minutes until the next attempt, by the number of attempts made; then the mail is given up.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
CLAIM = timedelta(minutes=15)
KEPT = timedelta(days=14)
HEADERS = {"Auto-Submitted": "auto-generated"}


def keep_mail(*, address: str, subject: str, text: str) -> Mail:
    """Keep a mail in the current transaction; the worker sends it when that is committed."""
    return Mail.objects.create(
        address=address,
        subject=" ".join(subject.split())[:300],
        text=text,
        due_at=timezone.now(),
    )


def send_mail(key: int) -> bool:
    """Send one mail that waits for it; say whether it went out just now."""
    now = timezone.now()
    waiting = Mail.objects.filter(pk=key, state=MailState.WAITING, due_at__lte=now)
    if not waiting.update(state=MailState.SENDING, attempts=F("attempts") + 1, due_at=now + CLAIM):
        return False
    mail = Mail.objects.get(pk=key)
    message = EmailMessage(
        mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.address], headers=HEADERS
    )
    try:
        message.send()
    except Exception as error:  # whatever a mail server may do
        _put_off(mail, error)
        return False
    Mail.objects.filter(pk=key).update(state=MailState.SENT, sent_at=timezone.now(), error="")
    return True


def _put_off(mail: Mail, error: Exception) -> None:
    name = type(error).__name__
    logger.warning("mail not sent", extra={"mail": mail.pk, "error": name})
    if mail.attempts > len(PAUSES):
        Mail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, error=name)
        return
    pause = timedelta(minutes=PAUSES[mail.attempts - 1])
    Mail.objects.filter(pk=mail.pk).update(
        state=MailState.WAITING, error=name, due_at=timezone.now() + pause
    )


def send_waiting_mails() -> None:
    """Send what is due: what failed before, and what a killed worker left."""
    now = timezone.now()
    left = Mail.objects.filter(state=MailState.SENDING, due_at__lte=now)
    left.update(state=MailState.WAITING)
    waiting = Mail.objects.filter(state=MailState.WAITING, due_at__lte=now).order_by("due_at")
    for key in list(waiting.values_list("pk", flat=True)):
        send_mail(key)


def delete_old_mails() -> None:
    """Forget mails two weeks after they were sent or given up."""
    done = Mail.objects.filter(state__in=[MailState.SENT, MailState.FAILED])
    done.filter(created_at__lt=timezone.now() - KEPT).delete()
