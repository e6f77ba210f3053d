"""Keep a message with what caused it, send it once that has been saved, try again what failed.

Mails and text messages take one way. A message is claimed by a conditional update before it is
sent, so that two workers never send one twice. What a killed worker had claimed is sent again
after a quarter of an hour, with the same key: a carrier that knows the key drops it, a mail may
arrive twice, but it arrives. What is past its end is never sent, and of a secret message nothing
is left when it was sent, given up or came too late. No line of the log holds words of a message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from services.notifications import outbox
from services.notifications.exceptions import DeliveryError, RefusedError
from services.notifications.gateways import open_gateway
from services.notifications.models import Mail, Message, MessageState, Text

M = TypeVar("M", bound=Message)

logger = logging.getLogger(__name__)

# Minutes until the next attempt, by the number of attempts made; then the message is given up.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
CLAIM = timedelta(minutes=15)
KEPT = timedelta(days=14)
# Seconds a run may take: a carrier that answers nothing must not hold up the clock.
PATIENCE = 30
CONSOLE_MAIL = "django.core.mail.backends.console.EmailBackend"


def keep_mail(
    *,
    address: str,
    subject: str,
    text: str,
    is_secret: bool = False,
    expires_at: datetime | None = None,
) -> Mail:
    """Keep a mail in the current transaction; the worker sends it when that is committed."""
    return Mail.objects.create(
        address=address,
        subject=" ".join(subject.split())[:300],
        text=text,
        is_secret=is_secret,
        expires_at=expires_at,
        due_at=timezone.now(),
    )


def keep_text(
    *, phone: str, text: str, is_secret: bool = False, expires_at: datetime | None = None
) -> Text:
    """Keep a text message (SMS) in the current transaction; sent when that is committed.

    `phone` is an international number (`+84912345678`).
    """
    return Text.objects.create(
        phone=phone, text=text, is_secret=is_secret, expires_at=expires_at, due_at=timezone.now()
    )


def send_mail(key: int) -> bool:
    """Send one mail that waits for it; say whether it went out just now."""
    return _send(Mail, key, hand_over_mail)


def send_text(key: int) -> bool:
    """Send one text message that waits for it; say whether it went out just now."""
    return _send(Text, key, hand_over_text)


def hand_over_mail(mail: Mail) -> None:
    """Give a mail to the mail server, or raise."""
    headers = {"Auto-Submitted": "auto-generated"}
    if mail.key:
        headers["Message-ID"] = f"<{mail.key}@{urlsplit(settings.PORTAL_URL).hostname}>"
    EmailMessage(
        mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.address], headers=headers
    ).send()
    if settings.EMAIL_BACKEND == CONSOLE_MAIL:
        outbox.keep_copy(
            outbox.Copy(kind="mail", receiver=mail.address, subject=mail.subject, text=mail.text)
        )


def hand_over_text(text: Text) -> None:
    """Give a text message to the carrier, or raise."""
    open_gateway().send(phone=text.phone, text=text.text, key=str(text.key))


def _send(model: type[M], key: int, hand_over: Callable[[M], None]) -> bool:
    now = timezone.now()
    rows = model._default_manager.filter(pk=key)
    _expire(model, rows, now)
    waiting = rows.filter(state=MessageState.WAITING, due_at__lte=now)
    claim = {"state": MessageState.SENDING, "due_at": now + CLAIM, "attempts": F("attempts") + 1}
    if not waiting.update(**claim):
        return False
    message = rows.get()
    try:
        hand_over(message)
    except Exception as error:  # whatever a mail server or a carrier may do
        _put_off(message, error)
        return False
    _end(model, rows, MessageState.SENT, sent_at=timezone.now(), error="")
    logger.info("message sent", extra={"kind": model._meta.model_name, "row": key})
    return True


def _put_off(message: Message, error: Exception) -> None:
    reason = error.reason if isinstance(error, DeliveryError) else type(error).__name__
    kind = message._meta.model_name
    facts = {"kind": kind, "row": message.pk, "attempts": message.attempts, "error": reason}
    logger.warning("message not sent", extra=facts)
    model = type(message)
    # Not what another worker has claimed since.
    mine = model._default_manager.filter(
        pk=message.pk, state=MessageState.SENDING, attempts=message.attempts
    )
    if isinstance(error, RefusedError) or message.attempts > len(PAUSES):
        _end(model, mine, MessageState.FAILED, error=reason)
        return
    due_at = timezone.now() + timedelta(minutes=PAUSES[message.attempts - 1])
    if message.expires_at and message.expires_at <= due_at:
        _end(model, mine, MessageState.EXPIRED, error=reason)
        return
    mine.update(state=MessageState.WAITING, error=reason, due_at=due_at)


def _end(model: type[M], rows: QuerySet[M], state: MessageState, **facts: Any) -> None:
    """Put messages into a last state; of the secret ones, erase the words with the same update."""
    secret = rows.filter(is_secret=True)
    open_ones = rows.filter(is_secret=False)
    secret.update(state=state, **dict.fromkeys(model.words, ""), **facts)
    open_ones.update(state=state, **facts)


def _expire(model: type[M], rows: QuerySet[M], now: datetime) -> None:
    idle = Q(state=MessageState.WAITING) | Q(state=MessageState.SENDING, due_at__lte=now)
    _end(model, rows.filter(idle, expires_at__lte=now), MessageState.EXPIRED)


def send_waiting_messages() -> None:
    """Send what is due: what failed before, and what a killed worker left; end what is too late."""
    _send_waiting(Text, send_text)
    _send_waiting(Mail, send_mail)


def _send_waiting(model: type[M], send: Callable[[int], bool]) -> None:
    now = timezone.now()
    rows = model._default_manager.all()
    _expire(model, rows, now)
    rows.filter(state=MessageState.SENDING, due_at__lte=now).update(state=MessageState.WAITING)
    waiting = rows.filter(state=MessageState.WAITING, due_at__lte=now).order_by("due_at")
    stop_at = monotonic() + PATIENCE
    for key in list(waiting.values_list("pk", flat=True)):
        if monotonic() > stop_at:
            return
        send(key)


def delete_old_messages() -> None:
    """Forget messages two weeks after they were sent, given up or came too late."""
    ended = [MessageState.SENT, MessageState.FAILED, MessageState.EXPIRED]
    old = Q(state__in=ended, created_at__lt=timezone.now() - KEPT)
    Mail.objects.filter(old).delete()
    Text.objects.filter(old).delete()
    outbox.remove_leftovers()
