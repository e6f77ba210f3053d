"""A forgotten password: send codes to where messages are known to arrive, set a new password.

Nothing here tells whether there is an account. What is asked for is written down for every name
alike and sent by the worker; what is told of the codes follows from that row alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from services.accounts.actions.codes import (
    HOUR,
    KEPT,
    LIFETIME,
    PAUSE,
    PER_HOUR,
    issue_codes,
    lock_person,
    take_code,
)
from services.accounts.actions.events import log_event
from services.accounts.exceptions import (
    CodeError,
    ExpiredCodeError,
    SpentCodeError,
    TooSoonError,
    WrongCodeError,
)
from services.accounts.models import OneTimeCode, ResetRequest
from services.accounts.selectors import find_recoverable, list_proven_contacts
from services.accounts.signals import reset_asked
from services.accounts.states import ATTEMPTS, CodePurpose, EventKind
from services.accounts.tokens import digest_name
from services.accounts.validators import fold_sign_in_name

DAY = timedelta(days=1)
PER_DAY = 10


@transaction.atomic
def ask_reset(name: str, *, now: datetime) -> None:
    """Have codes sent to whoever has this name; raise TooSoonError, for unknown names as well."""
    digest = digest_name(fold_sign_in_name(name))
    fresh = {"asked_at": now, "expires_at": now}
    ResetRequest.objects.get_or_create(digest=digest, defaults=fresh)
    request = ResetRequest.objects.select_for_update().get(digest=digest)
    seconds = now.timestamp()
    sendings = [at for at in request.sendings if seconds - at < DAY.total_seconds()]
    _refuse_too_soon(sendings, seconds)
    request.name = name
    request.sendings = [*sendings, seconds]
    request.asked_at, request.expires_at, request.attempts = now, now + LIFETIME, 0
    request.save()
    reset_asked.send(sender=ResetRequest, request=request)


def _refuse_too_soon(sendings: list[float], now: float) -> None:
    for count, period in ((1, PAUSE), (PER_HOUR, HOUR), (PER_DAY, DAY)):
        if len(sendings) >= count:
            wait = sendings[-count] + period.total_seconds() - now
            if wait > 0:
                raise TooSoonError(max(1, int(wait + 0.999)))


@transaction.atomic
def send_reset_codes(key: int) -> list[OneTimeCode]:
    """Send the codes that were asked for, if there is somebody to send them to."""
    request = ResetRequest.objects.select_for_update().filter(pk=key).exclude(name="").first()
    if request is None:
        return []
    name, request.name = request.name, ""
    request.save(update_fields=["name"])
    person = find_recoverable(name)
    if person is None:
        return []
    addresses = list_proven_contacts(lock_person(person))  # not one that is being replaced
    try:
        with transaction.atomic():
            return issue_codes(person, CodePurpose.RESET, addresses, now=request.asked_at)
    except TooSoonError:  # sent for another of their names, or as many as an hour may bring
        return []


def reset_password(name: str, typed: str, password: str, *, now: datetime) -> None:
    """Set a new password with a code and sign the person out everywhere.

    Raises WrongCodeError, SpentCodeError or ExpiredCodeError: for nobody's name just as for a
    wrong code, after the same statements.
    """
    person = find_recoverable(name)

    def change(code: OneTimeCode) -> None:
        locked = lock_person(person)
        locked.set_password(password)
        locked.save(update_fields=["password", "has_temporary_password"])
        for session in UserSession.objects.filter(user=locked):
            session.end()
        log_event(locked, EventKind.PASSWORD_RESET, field=code.channel)

    with transaction.atomic():
        digest = digest_name(fold_sign_in_name(name))
        request = ResetRequest.objects.select_for_update().filter(digest=digest).first()
        refusal = _judge(request, person, typed, now, change)
        if request is not None:
            request.save(update_fields=["attempts", "expires_at"])
    if refusal is not None:
        raise refusal


def _judge(
    request: ResetRequest | None, person: Any, typed: str, now: datetime, change: Any
) -> CodeError | None:
    if request is None or request.expires_at <= now:
        return ExpiredCodeError()
    if request.attempts >= ATTEMPTS:
        return SpentCodeError()
    try:
        take_code(person, CodePurpose.RESET, typed, now=now, then=change)
    except CodeError:
        request.attempts += 1
        left = ATTEMPTS - request.attempts
        return WrongCodeError(left) if left else SpentCodeError()
    request.expires_at = now
    return None


def delete_old_requests(now: datetime) -> None:
    """Forget for which names new passwords were asked, after a month."""
    ResetRequest.objects.filter(asked_at__lt=now - KEPT).delete()
