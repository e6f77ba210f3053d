"""What a person may know of the codes that were sent to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.accounts.models import OneTimeCode
from services.accounts.states import ATTEMPTS, Channel, CodePurpose
from services.accounts.validators import mask

PAUSE = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class CodesSent:
    """Where codes went (masked), until when the newest counts, and when others may be asked for.

    `expires_at` is None when no code counts any more.
    """

    phone: str
    email: str
    expires_at: datetime | None
    seconds_to_wait: int


def describe_activation(user: Any, *, now: datetime) -> CodesSent:
    """Return what the activation page tells."""
    return describe_codes(user, CodePurpose.ACTIVATE, now=now)


def describe_codes(user: Any, purpose: CodePurpose, *, now: datetime) -> CodesSent:
    """Return where the newest codes of a purpose went and how long they count."""
    codes = list(
        OneTimeCode.objects.filter(user=user, purpose=purpose).order_by("-created_at", "-pk")[:2]
    )
    newest = codes[0] if codes else None
    together = [code for code in codes if newest and code.created_at == newest.created_at]
    to = {code.channel: mask(code.address) for code in together}
    counts = newest is not None and newest.used_at is None and newest.expires_at > now
    counts = counts and newest is not None and newest.attempts < ATTEMPTS
    wait = (newest.created_at + PAUSE - now).total_seconds() if newest else 0
    return CodesSent(
        phone=to.get(Channel.PHONE, ""),
        email=to.get(Channel.EMAIL, ""),
        expires_at=newest.expires_at if newest and counts else None,
        seconds_to_wait=max(0, int(wait + 0.999)),
    )


def newest_address(user: Any, purpose: CodePurpose) -> str:
    """Return where the newest code of a purpose went, "" if none was sent."""
    sent = OneTimeCode.objects.filter(user=user, purpose=purpose).order_by("-created_at", "-pk")
    return sent.values_list("address", flat=True).first() or ""
