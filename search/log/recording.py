"""Counts queries and opened results: one small write each, given up rather than waited for.

Whatever goes wrong here is logged and forgotten. Robots, prefetching, and browsers that ask not
to be counted are left out; no address, cookie or account is read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from catalogue.models import ProcedureListing
from cms.core.addresses import ENGLISH
from cms.core.frame_state import frame_of
from search.curation import known_words
from search.engines.database import count_words
from search.log.keeping import LONGEST, Verdict, judge, spelling_of
from search.log.pace import Pace
from search.models import EntryKind, SearchClick, SearchedQuery, SearchEntry, SearchTally
from search.understanding import folded_key

PART = "search_log"
# How many different days an unknown query must come on, and after how long it is forgotten.
DAYS, FORGOTTEN = 3, 30
# Different queries that one day may add, and writes a second of one process: no flood gets in.
MOST_A_DAY = 5000
PACE = Pace(rate=20, burst=100)
# No more openings are believed than so many for each time a query was asked.
CLICKS_A_QUERY = 5
PATIENCE = 100  # milliseconds
ROBOTS = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|go-http|headless",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"/[\w/.-]{1,999}")
OTHERS = (EntryKind.AGENCY, EntryKind.GUIDE, EntryKind.NEWS)
logger = logging.getLogger(__name__)


def is_recorded(request: HttpRequest, **context: Any) -> bool:
    """Whether the portal says that it counts queries."""
    return bool(frame_of(request).get(PART))


def note_query(request: HttpRequest, text: str, results: int) -> None:
    """Count a query whose first page of answers somebody asked for."""
    if not is_recorded(request) or not _is_a_person(request) or not PACE.allows():
        return
    try:
        record_query(text, get_language() or settings.LANGUAGE_CODE, results)
    except Exception:
        logger.warning("a query could not be counted", exc_info=True)


def note_opened(request: HttpRequest) -> None:
    """Count a page that somebody opened from the answers to a query."""
    if not is_recorded(request) or not _is_a_person(request) or not PACE.allows():
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return
    text, path = request.POST.get("q", ""), request.POST.get("url", "")
    try:
        record_click(text, get_language() or settings.LANGUAGE_CODE, path)
    except Exception:
        logger.warning("an opened result could not be counted", exc_info=True)


def _is_a_person(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    asks = request.headers.get
    return (
        request.method in {"GET", "POST"}
        and bool(agent)
        and not ROBOTS.search(agent)
        and "1" not in {asks("Sec-GPC"), asks("DNT")}
        and "prefetch" not in asks("Sec-Purpose", asks("Purpose", ""))
    )


def record_query(text: str, language: str, results: int) -> None:
    """Count a query, if it may be kept."""
    verdict = judge(text, known_words(), count_words, SearchEntry.objects.count())
    if verdict is Verdict.NEVER:
        return
    today, key = timezone.localdate(), folded_key(text)
    if verdict is Verdict.WHEN_REPEATED and not _has_come_again(key, language, today):
        return
    with _impatient():
        _add(
            SearchedQuery,
            {"day": today, "language": language, "text": key},
            {"spelling": spelling_of(text), "results": results},
        )


def record_click(text: str, language: str, path: str) -> None:
    """Count an opened page, if its query was counted today or yesterday."""
    if not 0 < len(text) <= LONGEST or not ADDRESS.fullmatch(path):
        return
    page_id = _page_at(path)
    if page_id is None:
        return
    today, key = timezone.localdate(), folded_key(text)
    same = {"language": language, "text": key, "day__gte": today - timedelta(days=1)}
    asked = SearchedQuery.objects.filter(**same).aggregate(number=Sum("times"))["number"] or 0
    opened = SearchClick.objects.filter(**same).aggregate(number=Sum("times"))["number"] or 0
    if opened >= CLICKS_A_QUERY * asked:
        return
    with _impatient():
        _add(SearchClick, {"day": today, "language": language, "text": key, "page_id": page_id}, {})


def _page_at(path: str) -> int | None:
    """The Vietnamese page at an address of either language."""
    prefix = f"/{ENGLISH}/"
    own = path[len(prefix) - 1 :] if path.startswith(prefix) else path
    found = ProcedureListing.objects.filter(url=own).values_list("pk", flat=True).first()
    if found is not None:
        return found
    others = SearchEntry.objects.filter(kind__in=OTHERS, url=own)
    return others.order_by().values_list("page_id", flat=True).first()


def _has_come_again(key: str, language: str, today: date) -> bool:
    """Tally an unknown query by a digest of it; whether it has come on enough days."""
    digest = salted_hmac("search.log", f"{language} {key}", algorithm="sha256").hexdigest()
    row = SearchTally.objects.filter(pk=digest).first()
    if row is not None and row.last_day == today:
        return row.days >= DAYS
    with _impatient():
        if row is None:
            if SearchTally.objects.filter(last_day=today).count() < MOST_A_DAY:
                fresh = SearchTally(digest=digest, days=1, last_day=today)
                SearchTally.objects.bulk_create([fresh], ignore_conflicts=True)
            return False
        row.days, row.last_day = min(row.days + 1, DAYS), today
        row.save()
    return row.days >= DAYS


def _add(model: type[Any], key: dict[str, Any], values: dict[str, Any]) -> None:
    """Add one to the row with this key, or make it while the day has room; in one statement."""
    table = model._meta.db_table
    columns = {**key, **values, "times": 1}
    newer = "".join(f", {name} = excluded.{name}" for name in values)
    same = " AND ".join(f"{name} = %s" for name in key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS known ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(['%s'] * len(columns))} "
            f"WHERE (SELECT COUNT(*) FROM {table} WHERE day = %s) < %s "
            f"OR EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET times = known.times + 1{newer}",
            [*columns.values(), key["day"], MOST_A_DAY, *key.values()],
        )


@contextmanager
def _impatient() -> Iterator[None]:
    """A transaction that gives up when another one keeps it waiting."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def forget_old() -> None:
    """Delete what has been kept long enough; every night."""
    today = timezone.localdate()
    oldest = today - timedelta(days=settings.SEARCH_LOG_DAYS)
    for model in (SearchedQuery, SearchClick):
        model.objects.filter(day__lt=oldest).delete()
    SearchTally.objects.filter(last_day__lt=today - timedelta(days=FORGOTTEN)).delete()
