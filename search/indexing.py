"""Keeps the built-in index equal to what is published, in the transaction that publishes.

Writers go one after the other: each takes the lock of the catalogue's totals before it reads, for
PostgreSQL shows who has waited for another's deletion none of the rows that came in their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from catalogue.actions import lock_summary
from catalogue.models import ProcedureListing
from search import delivery
from search.engines.elasticsearch import PageName
from search.entries import (
    ARTICLES,
    VIETNAMESE,
    Entry,
    agency_entries,
    article_entries,
    batched,
    procedure_entries,
)
from search.models import EVERY_ENTRY, EntryKind, SearchEntry, SearchWord

BATCH, WORDS = 200, 400
COUNTED = ("title_terms", "names_terms", "place_terms", "asked_terms")
LONGEST_WORD = 100
CONTENT = [
    field.name
    for field in SearchEntry._meta.concrete_fields
    if field.name not in {"id", "kind", "page_id", "language"}
]
Report = Callable[[int], None]
EntryName = tuple[str, int, str]
Work = TypeVar("Work", bound=Callable[..., Any])


def in_vietnamese(work: Work) -> Work:
    """Entries hold some words of the portal itself (for whom, at which level): never a reader's."""

    @wraps(work)
    def worked(*args: Any, **kwargs: Any) -> Any:
        with override(VIETNAMESE):
            return work(*args, **kwargs)

    return cast("Work", worked)


@in_vietnamese
@transaction.atomic
def index_procedures(page_ids: Iterable[int]) -> None:
    """Index some procedures anew; those that are no longer listed lose their entries."""
    ids = list(page_ids)
    for start in range(0, len(ids), BATCH):
        chunk = ids[start : start + BATCH]
        entries = SearchEntry.objects.filter(kind=EntryKind.PROCEDURE, page_id__in=chunk)
        _replace(entries, procedure_entries(chunk))


@in_vietnamese
@transaction.atomic
def index_agencies() -> None:
    """Index all agencies anew, and the procedures of those that have another name now."""
    entries = SearchEntry.objects.filter(kind=EntryKind.AGENCY)
    before = set(entries.values_list("page_id", "title").order_by())
    _replace(entries, agency_entries())
    after = set(entries.values_list("page_id", "title").order_by())
    rows = ProcedureListing.objects.filter(agency_id__in={page_id for page_id, _ in before ^ after})
    index_procedures(rows.values_list("pk", flat=True))


@in_vietnamese
@transaction.atomic
def index_articles(kind: EntryKind) -> None:
    """Index all guides or news anew; there are few of them."""
    lock_summary()
    _replace(SearchEntry.objects.filter(kind=kind), article_entries(kind))


def _replace(old: QuerySet[SearchEntry], new: Iterator[Entry]) -> None:
    """Put entries in place of others, and keep count of their words."""
    change: Counter[str] = Counter()
    pages: list[PageName] = []
    for row in old.order_by("pk").only("kind", "page_id", *COUNTED):
        change.subtract(countable(row))
        pages.append((row.kind, row.page_id))
    old.delete()
    for rows in batched((entry.as_row() for entry in new), BATCH):
        SearchEntry.objects.bulk_create(rows)
        for row in rows:
            change.update(countable(row))
            pages.append((row.kind, row.page_id))
    _add_to_counts(change)
    delivery.note(pages)


def _add_to_counts(change: Counter[str]) -> None:
    """Add to the numbers of words, in their order: so no two writers wait for each other."""
    words = sorted((term, number) for term, number in change.items() if number)
    for chunk in batched(words, WORDS):
        values = ", ".join(["(%s, %s)"] * len(chunk))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {SearchWord._meta.db_table} AS known (term, number) "  # noqa: S608
                f"VALUES {values} ON CONFLICT (term) "
                "DO UPDATE SET number = known.number + excluded.number",
                [value for word in chunk for value in word],
            )


def countable(row: SearchEntry) -> set[str]:
    """What is counted of an entry: itself, and the folded terms of all but its text."""
    terms = set(" ".join([getattr(row, field) for field in COUNTED]).split())
    words = {term for term in terms if term[0] not in "=|" and len(term) <= LONGEST_WORD}
    return words | {EVERY_ENTRY}


@in_vietnamese
@transaction.atomic
def rebuild(report: Report = lambda number: None) -> int:
    """Index everything anew; return the number of entries. `report` hears of each batch.

    Who publishes meanwhile waits.
    """
    lock_summary()
    pages = set(SearchEntry.objects.values_list("kind", "page_id").order_by())
    SearchEntry.objects.all().delete()
    number = 0
    counts: Counter[str] = Counter()
    for batch in batched(_all_rows(), BATCH):
        SearchEntry.objects.bulk_create(batch)
        for row in batch:
            counts.update(countable(row))
        pages |= {(str(row.kind), row.page_id) for row in batch}
        number += len(batch)
        report(number)
    _write_counts(counts)
    delivery.note(pages)
    return number


@transaction.atomic
def count_words() -> int:
    """Count anew in how many entries each word stands; return the number of words."""
    lock_summary()
    counts: Counter[str] = Counter()
    rows = SearchEntry.objects.order_by("pk").only(*COUNTED)
    for row in rows.iterator(chunk_size=500):
        counts.update(countable(row))
    return _write_counts(counts)


def _write_counts(counts: Counter[str]) -> int:
    SearchWord.objects.all().delete()
    words = [SearchWord(term=term, number=number) for term, number in counts.items()]
    SearchWord.objects.bulk_create(words, batch_size=2000)
    return len(words)


@dataclass(frozen=True)
class Difference:
    """How the index differs from what is published; entries are (kind, page id, language)."""

    missing: list[EntryName]
    surplus: list[EntryName]
    stale: list[EntryName]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.stale)


@in_vietnamese
def compare() -> Difference:
    """Compare every entry of the index with what is published now."""
    wanted = {_name(row): _content(row) for row in _all_rows()}
    found = {
        _name(row): _content(row)
        for row in SearchEntry.objects.order_by("pk").iterator(chunk_size=500)
    }
    return Difference(
        missing=sorted(wanted.keys() - found.keys()),
        surplus=sorted(found.keys() - wanted.keys()),
        stale=sorted(name for name in wanted.keys() & found.keys() if wanted[name] != found[name]),
    )


@in_vietnamese
@transaction.atomic
def repair(difference: Difference) -> None:
    """Mend what differs and leave the rest alone."""
    lock_summary()
    names = {*difference.missing, *difference.stale, *difference.surplus}
    for kind, page_id, language in names:
        SearchEntry.objects.filter(kind=kind, page_id=page_id, language=language).delete()
    # Read anew: somebody may have published since the comparison.
    rows = [row for row in _all_rows() if _name(row) in names]
    SearchEntry.objects.bulk_create(rows, batch_size=BATCH)
    count_words()
    delivery.note((kind, page_id) for kind, page_id, _language in names)


def mend() -> None:
    """Repair what differs, and count the words anew; every night."""
    if difference := compare():
        repair(difference)
    else:
        count_words()
    delivery.mend()


def _all_rows() -> Iterator[SearchEntry]:
    for entries in _sources():
        for entry in entries:
            yield entry.as_row()


def _sources() -> list[Iterator[Entry]]:
    articles = [article_entries(kind) for kind in ARTICLES]
    return [procedure_entries(), agency_entries(), *articles]


def _name(row: SearchEntry) -> EntryName:
    return (str(row.kind), row.page_id, row.language)


def _content(row: SearchEntry) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in CONTENT)
