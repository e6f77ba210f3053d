"""What every engine gives: entries that may answer a query, with the terms to measure them by."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from search.engines.full_text import FIELDS, TABLE
from search.models import SearchEntry
from search.ranking import Fields, Rarity
from search.understanding import Concept, Query

EntryName = tuple[str, int, str]  # kind, id of the Vietnamese page, language
# How many hold the whole query at most, and how many a part of it. Each costs the ranking a
# fraction of a tenth of a millisecond.
MOST, PARTLY = 120, 90
# A whole letter is asked for by its rarest words; each word more costs a look at every hit.
CONCEPTS = 12
# A concept that decides less than this beside the rarest one alone makes nothing a candidate.
COMMON = 0.25


@dataclass(frozen=True)
class Candidate:
    """An entry that may answer the query."""

    entry_id: int
    kind: str
    page_id: int
    fields: Fields


class Engine(Protocol):
    """Finds and puts nothing in order; entries without a translation are for every reader."""

    def find_candidates(self, query: Query, language: str, weigh: Rarity) -> list[Candidate]:
        """Return entries that hold the whole query, and those that hold most of it."""

    def find_titles(self, words: list[str], language: str, *, goes_on: bool) -> list[SearchEntry]:
        """Return entries whose title or names hold all words, the last perhaps only begun."""


def importance(concept: Concept, weigh: Rarity) -> float:
    """How much a concept decides: its rarest word in its commonest reading."""
    return concept.weight * min(
        max(weigh(token.folded) for token in reading.tokens) for reading in concept.readings
    )


def deciding(query: Query, weigh: Rarity) -> list[Concept]:
    """Return the concepts to ask for, the rarest where there are too many."""
    concepts = query.needed
    if len(concepts) <= CONCEPTS:
        return concepts
    return heapq.nlargest(CONCEPTS, concepts, key=lambda one: importance(one, weigh))


def rare(concepts: list[Concept], weigh: Rarity) -> list[Concept]:
    """Return those that tell entries apart: too many hold the words that everybody uses."""
    weights = [importance(concept, weigh) for concept in concepts]
    least = COMMON * max(weights, default=0.0)
    found = [one for one, weight in zip(concepts, weights, strict=True) if weight >= least]
    return found or concepts


# The columns of a candidate.
COLUMNS = ("id", "kind", "page_id", "prior", *FIELDS)
LOOK_UP = (
    f"SELECT language, {', '.join(COLUMNS)} FROM {TABLE} "  # noqa: S608
    "WHERE kind = %s AND page_id IN ({})"
)


def as_candidate(columns: tuple[Any, ...]) -> Candidate:
    """Return the columns of an entry as a candidate."""
    entry_id, kind, page_id, prior, title, names, place, body, asked = columns
    return Candidate(entry_id, kind, page_id, Fields(title, names, place, body, asked, prior))


def look_up(names: Iterable[EntryName]) -> dict[EntryName, Candidate]:
    """Return those of these entries that stand in the database, and few others.

    In SQL: the ORM takes as long to write a hundred numbers as the database to find the entries.
    """
    by_kind: dict[str, list[int]] = {}
    for kind, page_id, _language in names:
        by_kind.setdefault(kind, []).append(page_id)
    found = {}
    with connection.cursor() as cursor:
        for kind, ids in by_kind.items():
            cursor.execute(LOOK_UP.format(", ".join(["%s"] * len(ids))), [kind, *ids])
            for language, *columns in cursor.fetchall():
                candidate = as_candidate(tuple(columns))
                found[kind, candidate.page_id, language] = candidate
    return found
