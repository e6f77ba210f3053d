"""The built-in engine: candidates from the full-text index of the portal's own database.

It asks for entries that hold the whole query, and for those that hold most of what is rare in it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from search.engines import full_text
from search.engines.candidates import (
    MOST,
    PARTLY,
    Candidate,
    as_candidate,
    deciding,
    importance,
    rare,
)
from search.models import SearchEntry, SearchWord
from search.ranking import Rarity
from search.understanding import Concept, Query


def find_candidates(query: Query, language: str, weigh: Rarity) -> list[Candidate]:
    """Return entries that hold the whole query, and those that hold most of it."""
    found: dict[int, Candidate] = {}
    concepts = deciding(query, weigh)
    for candidate in _ask(concepts, language, weigh, every=True):
        found[candidate.entry_id] = candidate
    if len(concepts) > 1:
        for candidate in _ask(rare(concepts, weigh), language, weigh, every=False):
            found.setdefault(candidate.entry_id, candidate)
    return list(found.values())


def find_titles(words: list[str], language: str, *, goes_on: bool) -> list[SearchEntry]:
    """Return entries whose title or names hold all words, the last perhaps only begun."""
    vendor = connection.vendor
    statement = full_text.SQLITE_TITLES if vendor == "sqlite" else full_text.POSTGRESQL_TITLES
    expression = full_text.title_expression(words, vendor, goes_on=goes_on)
    with connection.cursor() as cursor:
        cursor.execute(statement, [expression, language, MOST])
        ids = [row[0] for row in cursor.fetchall()]
    rows = SearchEntry.objects.in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def count_words(terms: set[str]) -> dict[str, int]:
    """Return in how many entries each of the terms stands; unknown ones are left out."""
    known = SearchWord.objects.filter(term__in=terms, number__gt=0)
    return dict(known.values_list("term", "number"))


def _ask(concepts: list[Concept], language: str, weigh: Rarity, *, every: bool) -> list[Candidate]:
    vendor, most = connection.vendor, MOST if every else PARTLY
    arguments: Any
    if vendor == "sqlite":
        statement = full_text.SQLITE_FIND
        arguments = [full_text.expression(concepts, vendor, every=every), language, most]
    else:
        statement = full_text.POSTGRESQL_EVERY if every else full_text.POSTGRESQL_SOME
        arguments = {
            "every": full_text.expression(concepts, vendor),
            "each": [full_text.expression([concept], vendor) for concept in concepts],
            "weights": [importance(concept, weigh) for concept in concepts],
            "language": language,
            "most": most,
        }
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return [as_candidate(row) for row in cursor.fetchall()]
