"""What the demonstration's readers are said to have looked for, for the desk of the search.

Invented, and says so in its first row. Nothing is added where anything has been counted before.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from home.demo.sources import read
from search.models import SearchClick, SearchedQuery
from search.searches import search
from search.understanding import folded_key

DAYS = 14
# More than any example is asked, so that the note stands first.
TIMES_OF_NOTE = 999


def load_searches() -> None:
    """Count invented queries over the last two weeks, unless something is counted already."""
    if SearchedQuery.objects.exists():
        return
    data, today = read("searches"), timezone.localdate()
    queries = [_query(data["note"], TIMES_OF_NOTE, 0, today)]
    clicks: list[SearchClick] = []
    for example in data["queries"]:
        hits = search(example["text"], settings.LANGUAGE_CODE).hits
        for day, times in _spread(example["times"], today):
            queries.append(_query(example["text"], times, len(hits), day))
        if hits:
            clicks += [
                _click(example["text"], hits[0].page_id, times, day)
                for day, times in _spread(example["opened"], today)
            ]
    SearchedQuery.objects.bulk_create(queries)
    SearchClick.objects.bulk_create(clicks)


def _spread(number: int, today: date) -> list[tuple[date, int]]:
    """The number in parts, one a day, the same on every run."""
    each, rest = divmod(number, DAYS)
    parts = [each + (place < rest) for place in range(DAYS)]
    return [(today - timedelta(days=place), part) for place, part in enumerate(parts) if part]


def _query(text: str, times: int, results: int, day: date) -> SearchedQuery:
    return SearchedQuery(spelling=text, times=times, results=results, **_of(text, day))


def _click(text: str, page_id: int, times: int, day: date) -> SearchClick:
    return SearchClick(page_id=page_id, times=times, **_of(text, day))


def _of(text: str, day: date) -> dict[str, Any]:
    return {"day": day, "language": settings.LANGUAGE_CODE, "text": folded_key(text)}
