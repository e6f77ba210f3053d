"""Lists of procedures: filtered, sorted, counted, paged — with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Count, QuerySet, Value, When
from django.db.models.functions import StrIndex

from catalogue.models import FacetKind, ListingFacet, ProcedureListing
from catalogue.selectors.display import say_fee, say_methods, say_time
from catalogue.selectors.twins import stand_together
from catalogue.selectors.words import Words, choose, reader_language
from catalogue.text_search import Found, Match, Shown, find_by_words
from cms.core.addresses import localise
from cms.core.vietnamese import fold

MAX_WORDS = 12
BEST_FIRST, BY_NAME, NEWEST_FIRST = "best", "name", "newest"


@dataclass(frozen=True)
class ListQuery:
    """What the reader asked for. `facets` are {kind: values}; values of one kind are or-ed.

    `as_typed` words are not corrected.
    """

    text: str = ""
    as_typed: bool = False
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = BY_NAME
    page: int = 1
    per_page: int = 0


@dataclass(slots=True)
class ProcedureRow:
    """One row of a list, ready to be drawn; `match` says why it answers the reader's words.

    `is_twin` rows have almost one name: the first knows how many they are, and `apart` says what
    this one differs in.
    """

    key: str
    name: Words
    url: str
    fee: str
    has_fee: bool
    time: str
    has_time: bool
    methods: str
    method_codes: Sequence[str]
    agency_id: str
    authority: Words
    is_repealed: bool
    is_unverified: bool
    changed_at: object
    match: Match | None = None
    twins: int = 0
    is_twin: bool = False
    apart: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ProcedureList:
    """A page of a list with its counts. `facet_counts` is {kind: {value: number}}."""

    rows: list[ProcedureRow]
    total: int
    page: int
    pages: int
    facet_counts: dict[str, dict[str, int]]
    found: Found | None = None


def list_procedures(
    query: ListQuery,
    *,
    summary_counts: tuple[int, dict[str, dict[str, int]]] | None = None,
    agency_names: Mapping[str, Words] | None = None,
) -> ProcedureList:
    """Return one page of the procedures that fit `query`.

    Counts of a facet ignore the reader's own choice in that facet, so that every other value
    says how many it would give. `summary_counts` (total, counts) spares counting the whole
    catalogue when nothing is filtered. `agency_names` are by id, as the rows show them.
    """
    per_page = query.per_page or settings.PROCEDURES_PER_PAGE
    found = find_by_words(query.text, as_typed=query.as_typed)
    rows = _filtered(query, found, without=None)
    if summary_counts is not None and not query.text and not query.facets:
        total, counts = summary_counts
    else:
        total = rows.count()
        counts = _facet_counts(query, found)
    pages = max(1, -(-total // per_page))
    page = min(max(1, query.page), pages)
    start = (page - 1) * per_page
    window = slice(start, start + per_page)
    if found is not None and query.sort == BEST_FIRST:
        matching = set(rows.values_list("pk", flat=True))
        ids = [pk for pk in found.ids if pk in matching][window]
        shown = stand_together(_in_order(ids, found, agency_names))
    else:
        drawn = _draw(_ordered(rows, query)[window], found, agency_names)
        shown = [row for _pk, row in drawn]
    return ProcedureList(shown, total, page, pages, counts, found)


def rows_of(ids: Sequence[int]) -> list[ProcedureRow]:
    """Return rows of the given pages, in the given order; pages that are not live are left out."""
    return [row for _pk, row in _in_order(ids)]


def draw_found(
    ids: Sequence[int], found: Found | None, agency_names: Mapping[str, Words] | None
) -> list[ProcedureRow]:
    """Return rows like `rows_of`, each with what it says of the reader's words."""
    return [row for _pk, row in _in_order(ids, found, agency_names)]


def count_procedures(query: ListQuery, found: Found | None) -> int:
    """Return the number of procedures that fit a query whose words have been looked for."""
    return _filtered(query, found, without=None).count()


def _in_order(
    ids: Sequence[int],
    found: Found | None = None,
    agency_names: Mapping[str, Words] | None = None,
) -> list[tuple[int, ProcedureRow]]:
    if not ids:
        return []
    rows = ProcedureListing.objects.filter(pk__in=ids).order_by()
    drawn = dict(_draw(rows, found, agency_names))
    return [(pk, drawn[pk]) for pk in ids if pk in drawn]


def list_recent_changes(limit: int = 30) -> list[ProcedureRow]:
    """Return the procedures that were published last."""
    rows = ProcedureListing.objects.order_by("-changed_at", "key")
    return [row for _pk, row in _draw(rows[:limit])]


def _filtered(
    query: ListQuery, found: Found | None, *, without: str | None
) -> QuerySet[ProcedureListing]:
    rows = ProcedureListing.objects.all()
    if found is not None:
        rows = rows.filter(pk__in=found.ids)
    else:
        for word in fold(query.text).split()[:MAX_WORDS]:
            rows = rows.filter(folded__contains=word)
    for kind, values in query.facets.items():
        if kind == without or not values:
            continue
        matching = ListingFacet.objects.filter(kind=kind, value__in=values)
        rows = rows.filter(pk__in=matching.order_by().values("listing_id"))
    return rows


def _ordered(rows: QuerySet[ProcedureListing], query: ListQuery) -> QuerySet[ProcedureListing]:
    if query.sort == NEWEST_FIRST:
        return rows.order_by("-changed_at", "key")
    if query.text and query.sort == BEST_FIRST:
        # Rows that hold the words as they were typed, side by side, come first.
        place = StrIndex("folded", Value(fold(query.text)))
        side_by_side = Case(When(place__gt=0, then=Value(0)), default=Value(1))
        rows = rows.annotate(place=place)
        return rows.order_by("is_repealed", side_by_side, "sort_key", "key")
    if query.text:
        return rows.order_by("is_repealed", "sort_key", "key")
    return rows.order_by("sort_key", "key")


def _facet_counts(query: ListQuery, found: Found | None) -> dict[str, dict[str, int]]:
    """Counts of every facet value among the matching rows.

    One query for the facets without a choice, one more for each facet with one.
    """
    counts: dict[str, dict[str, int]] = {kind.value: {} for kind in FacetKind}
    chosen = [kind for kind, values in query.facets.items() if values]
    free = [kind.value for kind in FacetKind if kind.value not in chosen]
    _count_into(counts, free, _filtered(query, found, without=None))
    for kind in chosen:
        _count_into(counts, [kind], _filtered(query, found, without=kind))
    return counts


def _count_into(
    counts: dict[str, dict[str, int]], kinds: list[str], rows: QuerySet[ProcedureListing]
) -> None:
    facets = ListingFacet.objects.filter(kind__in=kinds, listing__in=rows.order_by().values("pk"))
    groups = facets.order_by().values_list("kind", "value").annotate(number=Count("pk"))
    for kind, value, number in groups:
        counts[kind][value] = number


class Stored(NamedTuple):
    """What a row of a list is drawn from: plain values, for models would take twice as long.

    The snapshot is read only where the row has to say why it is among the answers.
    """

    pk: int
    facts: dict[str, Any]
    key: str
    name: str
    name_en: str
    url: str
    agency_id: int
    is_repealed: bool
    is_unverified: bool
    changed_at: object
    snapshot: dict[str, Any] | None = None


def _draw(
    rows: QuerySet[ProcedureListing],
    found: Found | None = None,
    agency_names: Mapping[str, Words] | None = None,
) -> list[tuple[int, ProcedureRow]]:
    """Pairs of page id and row, in the reader's language."""
    language = reader_language()
    columns = Stored._fields if found else Stored._fields[:-1]
    drawn = []
    for values in rows.values_list(*columns):
        stored = Stored(*values)
        row = _say(stored, language)
        if found:
            row.match = _explain(found, stored, row, agency_names or {})
        drawn.append((stored.pk, row))
    return drawn


def _explain(
    found: Found, stored: Stored, row: ProcedureRow, agency_names: Mapping[str, Words]
) -> Match:
    agency = agency_names.get(row.agency_id, Words(""))
    shown = Shown(row.key, *row.name, *agency, snapshot=stored.snapshot or {})
    return found.explain(shown)


def _say(row: Stored, language: str) -> ProcedureRow:
    facts = row.facts
    return ProcedureRow(
        key=row.key,
        name=choose(row.name, row.name_en, language),
        url=localise(row.url, language),
        fee=say_fee(facts["fee"]),
        has_fee=facts["fee"] is not None,
        time=say_time(facts["time"]),
        has_time=facts["time"] is not None,
        methods=say_methods(facts["methods"]),
        method_codes=facts["methods"],
        agency_id=str(row.agency_id),
        authority=choose(facts["authority"], "", language),
        is_repealed=row.is_repealed,
        is_unverified=row.is_unverified,
        changed_at=row.changed_at,
    )
