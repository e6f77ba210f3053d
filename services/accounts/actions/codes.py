"""Issue one-time codes and take them, each once.

Both lock the person's row, so that any number of processes count attempts and uses one after the
other. Somebody who guesses has `ATTEMPTS` entries a sending and `PER_HOUR` sendings an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F

from services.accounts.exceptions import (
    CodeError,
    ExpiredCodeError,
    SpentCodeError,
    TooSoonError,
    WrongCodeError,
)
from services.accounts.models import OneTimeCode
from services.accounts.signals import code_issued
from services.accounts.states import ATTEMPTS, Channel, CodePurpose
from services.accounts.tokens import digest_code, is_same, new_code, read_code

LIFETIME = timedelta(minutes=10)
PAUSE = timedelta(seconds=60)  # between two sendings for one purpose
HOUR = timedelta(hours=1)
PER_HOUR = 5  # sendings to one person for one purpose
PER_ADDRESS = 10  # codes an hour to one number or address, whoever asks
PER_HOUSEHOLD = 20  # codes an hour for new passwords to an address that several people have proven
KEPT = timedelta(days=30)
NOBODY = 0  # no row has this key


def lock_person(user: Any) -> Any:
    """Wait for other changes of this account; must run inside a transaction."""
    return get_user_model()._default_manager.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def issue_codes(
    user: Any, purpose: CodePurpose, addresses: Iterable[tuple[Channel, str]], *, now: datetime
) -> list[OneTimeCode]:
    """Send a code of its own to each address; raise TooSoonError with the seconds to wait.

    An address that has had its share is left out if there is another. Codes sent before keep
    counting until they run out: a text message may come late.
    """
    lock_person(user)
    _refuse_too_soon(user, purpose, now)
    issued = []
    for channel, address in _open_addresses(purpose, list(addresses), now):
        digits = new_code()
        code = OneTimeCode.objects.create(
            user=user,
            purpose=purpose,
            channel=channel,
            address=address,
            digest=digest_code(digits, user_id=user.pk, purpose=purpose, address=address),
            created_at=now,
            expires_at=now + LIFETIME,
        )
        code_issued.send(sender=OneTimeCode, code=code, digits=digits)
        issued.append(code)
    return issued


def _refuse_too_soon(user: Any, purpose: CodePurpose, now: datetime) -> None:
    mine = OneTimeCode.objects.filter(user=user, purpose=purpose, created_at__gt=now - HOUR)
    times = sorted(set(mine.order_by().values_list("created_at", flat=True)))
    if times and now - times[-1] < PAUSE:
        raise TooSoonError(_seconds(times[-1] + PAUSE - now))
    if len(times) >= PER_HOUR:
        raise TooSoonError(_seconds(times[-PER_HOUR] + HOUR - now))


def _open_addresses(
    purpose: CodePurpose, addresses: list[tuple[Channel, str]], now: datetime
) -> list[tuple[Channel, str]]:
    """Return where codes may still go; raise TooSoonError when that is nowhere.

    New passwords have a share of their own: their codes go only to who has proven the address, so
    strangers who give it as theirs use up nothing of it.
    """
    found, waits = [], []
    for channel, address in addresses:
        sent = OneTimeCode.objects.filter(address=address, created_at__gt=now - HOUR)
        most = PER_ADDRESS
        if purpose == CodePurpose.RESET:
            sent, most = sent.filter(purpose=purpose), PER_HOUSEHOLD
        stamps = list(sent.order_by("created_at").values_list("created_at", flat=True))
        if len(stamps) < most:
            found.append((channel, address))
        else:
            waits.append(stamps[-most] + HOUR - now)
    if waits and not found:
        raise TooSoonError(_seconds(min(waits)))
    return found


def _seconds(pause: timedelta) -> int:
    return max(1, int(pause.total_seconds() + 0.999))


def take_code(
    user: Any | None,
    purpose: CodePurpose,
    typed: str,
    *,
    now: datetime,
    then: Callable[[OneTimeCode], None],
) -> None:
    """Use a code and carry out `then` with it in one transaction.

    Raises WrongCodeError, SpentCodeError or ExpiredCodeError; a wrong entry is counted for good.
    Refusing takes the same statements whatever the reason, also for nobody (None).
    """
    with transaction.atomic():
        people = get_user_model()._default_manager.select_for_update(no_key=True)
        people.filter(pk=user.pk if user is not None else NOBODY).first()
        refusal, code = _judge(user, purpose, typed, now)
        if code is not None:
            live = OneTimeCode.objects.filter(user=user, purpose=purpose, used_at=None)
            live.update(used_at=now)
            then(code)
    if refusal is not None:
        raise refusal


def _judge(
    user: Any | None, purpose: CodePurpose, typed: str, now: datetime
) -> tuple[CodeError | None, OneTimeCode | None]:
    key = user.pk if user is not None else NOBODY
    live = OneTimeCode.objects.filter(purpose=purpose, used_at=None, expires_at__gt=now)
    codes = list(live.filter(user_id=key))
    digits = read_code(typed)
    is_spent = bool(codes) and codes[0].attempts >= ATTEMPTS
    for code in codes:
        digest = digest_code(digits, user_id=key, purpose=purpose, address=code.address)
        if digits and is_same(digest, code.digest) and not is_spent:
            return None, code
    newest = OneTimeCode.objects.filter(pk=codes[0].pk if codes else NOBODY)
    newest.update(attempts=F("attempts") + int(not is_spent))
    if not codes:
        return ExpiredCodeError(), None
    left = ATTEMPTS - codes[0].attempts - 1
    return (WrongCodeError(left) if left > 0 else SpentCodeError()), None


def delete_old_codes(now: datetime) -> None:
    """Forget codes after a month."""
    OneTimeCode.objects.filter(created_at__lt=now - KEPT).delete()
