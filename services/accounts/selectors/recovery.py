"""What may be told of a forgotten password, and who can get a new one by a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from services.accounts.models import ResetRequest
from services.accounts.selectors.people import find_by_sign_in_name, has_proven
from services.accounts.states import ATTEMPTS, Channel
from services.accounts.tokens import digest_name
from services.accounts.validators import fold_sign_in_name, read_mobile

PAUSE = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class ResetState:
    """Until when codes count (None: no more) and when others may be asked for; for any name."""

    expires_at: datetime | None
    seconds_to_wait: int


def describe_reset(name: str, *, now: datetime) -> ResetState:
    """Return what is told to whoever asked for a new password under this name."""
    digest = digest_name(fold_sign_in_name(name))
    request = ResetRequest.objects.filter(digest=digest).first()
    if request is None:
        return ResetState(expires_at=None, seconds_to_wait=0)
    counts = request.expires_at > now and request.attempts < ATTEMPTS
    wait = (request.asked_at + PAUSE - now).total_seconds()
    return ResetState(
        expires_at=request.expires_at if counts else None,
        seconds_to_wait=max(0, int(wait + 0.999)),
    )


def find_recoverable(name: str) -> Any | None:
    """Return the account of this name if a code can reach its owner; always as many queries.

    A mobile number counts for who has proven it alone, whether it is a user name or not.
    """
    person = find_by_sign_in_name(name)
    number = read_mobile(name)
    if number and not has_proven(person, number):
        return None
    if person is None or not person.is_active or person.needs_activation:
        return None
    if person.is_demo and not settings.DEBUG:
        return None
    return person if list_proven_contacts(person) else None


def list_proven_contacts(person: Any) -> list[tuple[Channel, str]]:
    """Return where messages are known to reach this person."""
    both = [
        (Channel.PHONE, person.phone or "", person.phone_proven_at),
        (Channel.EMAIL, person.email, person.email_proven_at),
    ]
    return [(channel, address) for channel, address, proven_at in both if address and proven_at]
