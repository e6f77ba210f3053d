"""Look for a citizen at the counter: written down with the answer, and not without end.

Whoever tries out numbers to learn who has an account is stopped and leaves a trail, also where
no record is opened. A search that was stopped looks at nothing and is not counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.db import transaction

from services.accounts.actions.codes import lock_person
from services.accounts.exceptions import TooManySearchesError
from services.accounts.models import RecordSearch
from services.accounts.permissions import serving_agencies
from services.accounts.selectors.desk import Found, find_records, tell_key


@transaction.atomic
def search_records(*, viewer: Any, text: str, reason: str, now: datetime) -> list[Found]:
    """Return what fits exactly and write the search down; raise TooManySearchesError."""
    viewer = lock_person(viewer)  # searches of one officer wait for each other
    _refuse_too_many(viewer, now)
    found = find_records(text, reason=reason, viewer=viewer)
    key, masked = tell_key(text)
    RecordSearch.objects.create(
        officer=viewer,
        officer_name=viewer.get_full_name() or viewer.get_username(),
        agency_name="; ".join(serving_agencies(viewer))[:255],
        key=key,
        masked=masked,
        reason=reason,
        found=len(found),
        at=now,
    )
    return found


def _refuse_too_many(viewer: Any, now: datetime) -> None:
    own = RecordSearch.objects.filter(officer=viewer)  # also those just after `now`
    limits = settings.COUNTER_SEARCH_LIMITS
    waits = [
        _seconds_to_wait(rows, rate.amount, timedelta(seconds=rate.duration), now)
        for rows, rates in ((own, limits["all"]), (own.filter(found=0), limits["fruitless"]))
        for rate in parse_rates(rates)
    ]
    if any(waits):
        raise TooManySearchesError(max(waits))


def _seconds_to_wait(rows: Any, amount: int, duration: timedelta, now: datetime) -> int:
    """Seconds until fewer than `amount` rows lie within `duration`; 0 if they do now."""
    times = rows.filter(at__gt=now - duration).order_by("-at").values_list("at", flat=True)
    counted = list(times[:amount])
    if len(counted) < amount:
        return 0
    return int((counted[-1] + duration - now).total_seconds()) + 1
