"""How well an entry answers a query: one measure for every engine.

An engine finds candidates; this room puts them in order. It is pure. A concept counts by how rare
its words are; it is looked for in the title first, then in the other names, the place (agency,
sector), and the rest of the text. Words side by side count more than words apart, and a title
that says little else counts more than a long one that happens to hold the words.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from search.analysis import Token
from search.understanding import Concept, Query

# What a word is worth by where it stands.
TITLE, NAMES, PLACE, BODY = 1.0, 0.9, 0.5, 0.35
# A word found only without the accents that were typed.
OTHER_ACCENTS = 0.55
PAIR = 0.8
# A known phrase whose words stand apart: as it was typed, and as it is officially called.
LOOSE_TYPED, LOOSE = 0.65, 0.8
COVERAGE = 0.8
CODE = 10.0
PRIOR = 0.08


@dataclass(frozen=True)
class Fields:
    """The terms of an entry by field, each a text of `index_terms` joined by spaces."""

    title: str
    names: str = ""
    place: str = ""
    body: str = ""
    prior: float = 0.0

    @cached_property
    def sets(self) -> tuple[tuple[float, frozenset[str]], ...]:
        """The fields as sets, with their worth."""
        return (
            (TITLE, frozenset(self.title.split())),
            (NAMES, frozenset(self.names.split())),
            (PLACE, frozenset(self.place.split())),
            (BODY, frozenset(self.body.split())),
        )


Rarity = Callable[[str], float]


def rarity(frequencies: Mapping[str, int], total: int) -> Rarity:
    """Return a function that gives the weight of a folded term by how rare it is."""

    def weigh(term: str) -> float:
        number = frequencies.get(term, 0)
        return math.log(1 + (total - number + 0.5) / (number + 0.5))

    return weigh


def score(query: Query, fields: Fields, weigh: Rarity) -> float:
    """Return the measure, about 0 to 2; a code that was typed whole outweighs all."""
    sets = fields.sets
    found = wanted = 0.0
    for concept in query.concepts:
        best, worth = _concept(concept, sets, weigh)
        found += best * concept.weight
        wanted += worth * concept.weight
    if not wanted:
        return 0.0
    measure = found / wanted
    measure += PAIR * _side_by_side(query, sets[0][1], weigh)
    measure += COVERAGE * measure * _coverage(query, sets[0][1], weigh)
    measure += CODE * any(code in sets[1][1] for code in query.codes)
    return measure + PRIOR * fields.prior


def _concept(
    concept: Concept, sets: tuple[tuple[float, frozenset[str]], ...], weigh: Rarity
) -> tuple[float, float]:
    """What the best reading gives, and what the typed words are worth."""
    worth = max(sum(weigh(term) for term in r.needed) / len(r.needed) for r in concept.readings)
    best = 0.0
    for reading in concept.readings:
        if reading.is_word:
            best = max(best, reading.weight * _word_place(reading.tokens, sets))
            continue
        total = sum(weigh(token.folded) for token in reading.tokens)
        got = sum(weigh(token.folded) * _place(token, sets) for token in reading.tokens)
        share = got / total if total else 0.0
        if len(reading.tokens) > 1:
            # A phrase of which half is missing is mostly another thing.
            share *= share
            if not _holds_phrase(reading.tokens, sets):
                share *= LOOSE_TYPED if reading is concept.readings[0] else LOOSE
        best = max(best, reading.weight * share)
    return best * worth, worth


def _word_place(tokens: tuple[Token, ...], sets: tuple[tuple[float, frozenset[str]], ...]) -> float:
    """Where the syllables of a word stand side by side, and with the accents that were typed."""
    pair = "_".join(token.folded for token in tokens)
    best = 0.0
    for worth, terms in sets:
        if worth > best and pair in terms:
            same = all(t.exact == t.folded or f"={t.exact}" in terms for t in tokens)
            best = max(best, worth if same else worth * OTHER_ACCENTS)
    return best


def _place(token: Token, sets: tuple[tuple[float, frozenset[str]], ...]) -> float:
    accented = token.exact != token.folded
    best = 0.0
    for worth, terms in sets:
        if worth <= best or token.folded not in terms:
            continue
        same = not accented or f"={token.exact}" in terms
        best = max(best, worth if same else worth * OTHER_ACCENTS)
    return best


def _holds_phrase(
    tokens: tuple[Token, ...], sets: tuple[tuple[float, frozenset[str]], ...]
) -> bool:
    pairs = [f"{a.folded}_{b.folded}" for a, b in itertools.pairwise(tokens)]
    return any(all(pair in terms for pair in pairs) for _worth, terms in sets)


def _side_by_side(query: Query, title: frozenset[str], weigh: Rarity) -> float:
    """The share of the typed neighbours that stand side by side in the title."""
    got = total = 0.0
    for first, second in zip(query.tokens, query.tokens[1:], strict=False):
        weight = weigh(first.folded) + weigh(second.folded)
        total += weight
        if f"{first.folded}_{second.folded}" in title:
            got += weight
    return got / total if total else 0.0


def _coverage(query: Query, title: frozenset[str], weigh: Rarity) -> float:
    """The share of the title that the query speaks of, in any reading."""
    said = {t.folded for c in query.concepts for r in c.readings for t in r.tokens}
    words = [term for term in title if "_" not in term and not term.startswith("=")]
    total = sum(weigh(word) for word in words)
    return sum(weigh(word) for word in words if word in said) / total if total else 0.0
