"""What editors read of the counts: by query, over some days. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from cms.core.addresses import localise
from search.models import SearchClick, SearchedQuery, SearchEntry


class Listing(StrEnum):
    """The lists of queries that the desk has."""

    POPULAR = "popular"
    EMPTY = "empty"
    UNOPENED = "unopened"
    OPENED = "opened"


@dataclass(frozen=True)
class Asked:
    """A query over some days."""

    text: str
    language: str
    spelling: str
    times: int
    results: int
    opened: int


@dataclass(frozen=True)
class Opened:
    """A page that was opened from the answers to a query."""

    text: str
    language: str
    title: str
    url: str
    times: int


def list_asked(listing: Listing, days: int, language: str = "") -> QuerySet[Any, Any]:
    """Return the queries of a list, the most asked first."""
    since = _since(days)
    rows = SearchedQuery.objects.filter(day__gte=since)
    if language:
        rows = rows.filter(language=language)
    same = {"language": OuterRef("language"), "text": OuterRef("text")}
    latest = SearchedQuery.objects.filter(**same).order_by("-day").values("results")[:1]
    found = rows.order_by().values("language", "text")
    found = found.annotate(number=Sum("times"), written=Max("spelling"), last=Subquery(latest))
    if listing is Listing.EMPTY:
        found = found.filter(last=0)
    if listing is Listing.UNOPENED:
        opened = SearchClick.objects.filter(day__gte=since, **same)
        found = found.annotate(is_opened=Exists(opened)).filter(last__gt=0, is_opened=False)
    return found.order_by("-number", "text", "language")


def read_asked(rows: Sequence[dict[str, Any]], days: int) -> list[Asked]:
    """Return some queries of a list with how often an answer was opened."""
    texts = {row["text"] for row in rows}
    clicks = SearchClick.objects.filter(day__gte=_since(days), text__in=texts).order_by()
    sums = clicks.values_list("language", "text").annotate(number=Sum("times"))
    opened = {(language, text): number for language, text, number in sums}
    return [
        Asked(
            text=row["text"],
            language=row["language"],
            spelling=row["written"],
            times=row["number"],
            results=row["last"],
            opened=opened.get((row["language"], row["text"]), 0),
        )
        for row in rows
    ]


def list_opened(days: int, language: str = "") -> QuerySet[Any, Any]:
    """Return which pages were opened from which queries, the most opened first."""
    rows = SearchClick.objects.filter(day__gte=_since(days))
    if language:
        rows = rows.filter(language=language)
    found = rows.order_by().values("language", "text", "page_id").annotate(number=Sum("times"))
    return found.order_by("-number", "text", "page_id", "language")


def read_opened(rows: Sequence[dict[str, Any]]) -> list[Opened]:
    """Return some opened pages with their names; "" for one that is no longer public."""
    ids = {row["page_id"] for row in rows}
    entries = SearchEntry.objects.filter(page_id__in=ids).order_by("language")
    names = {
        page_id: (title, url)
        for page_id, title, url in entries.values_list("page_id", "title", "url")
    }
    return [
        Opened(row["text"], row["language"], *_named(names, row), row["number"]) for row in rows
    ]


def _named(names: dict[int, tuple[str, str]], row: dict[str, Any]) -> tuple[str, str]:
    title, url = names.get(row["page_id"], ("", ""))
    return title, localise(url, row["language"]) if url else ""


def _since(days: int) -> Any:
    return timezone.localdate() - timedelta(days=days - 1)
