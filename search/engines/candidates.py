"""What every engine gives: entries that may answer a query, with the terms to measure them by."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Protocol

from search.models import SearchEntry
from search.ranking import Fields, Rarity
from search.understanding import Concept, Query

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


def as_candidate(row: SearchEntry) -> Candidate:
    """Return an entry as a candidate."""
    texts = (row.title_terms, row.names_terms, row.place_terms, row.body_terms, row.asked_terms)
    return Candidate(row.pk, row.kind, row.page_id, Fields(*texts, row.prior))
