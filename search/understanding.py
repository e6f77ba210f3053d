"""What a query asks for: concepts, each of which may be said in several ways.

"mất cccd ở đâu làm lại" becomes the concepts *cấp lại* and *căn cước công dân*; question words stay
as concepts of little weight, so that they never decide. Pure: the thesaurus is an argument.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from search.analysis import Token, is_code, tokenize
from search.keystrokes import unconverted
from search.synonyms import Thesaurus

MAX_LENGTH = 300
MAX_TOKENS = 40
# An expansion counts a little less than the words themselves, a filler next to nothing.
EXPANSION, KEYSTROKES, FILLER = 0.9, 0.95, 0.08
# Digits that make a number a code that somebody looks for, and not a quantity.
CODE_DIGITS = 4


@dataclass(frozen=True)
class Reading:
    """One way to say a concept."""

    tokens: tuple[Token, ...]
    weight: float = 1.0
    is_word: bool = False

    @property
    def needed(self) -> list[str]:
        """The folded terms that an entry must hold; a word of two syllables is one term."""
        folded = [token.folded for token in self.tokens]
        return ["_".join(folded)] if self.is_word else folded


@dataclass(frozen=True)
class Concept:
    """One thing asked for, in all its readings; the first is what was typed."""

    readings: tuple[Reading, ...]
    weight: float = 1.0

    @property
    def last(self) -> Token:
        """The word of the last reading: as its keys were meant."""
        return self.readings[-1].tokens[0]

    @property
    def typed(self) -> tuple[Token, ...]:
        """The tokens as they were typed."""
        return self.readings[0].tokens


@dataclass(frozen=True)
class Query:
    """A query as it was understood."""

    text: str
    concepts: tuple[Concept, ...]
    codes: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = field(default=())

    @cached_property
    def said(self) -> frozenset[str]:
        """The folded words of all readings."""
        return frozenset(t.folded for c in self.concepts for r in c.readings for t in r.tokens)

    @property
    def needed(self) -> list[Concept]:
        """The concepts that decide; all of them when there is nothing else."""
        found = [concept for concept in self.concepts if concept.weight > FILLER]
        return found or list(self.concepts)


def understand(text: str, thesaurus: Thesaurus) -> Query:
    """Return the concepts of a query; longest known phrases first, from the left."""
    typed = tokenize(text[:MAX_LENGTH])[:MAX_TOKENS]
    meant = [_meant(token) for token in typed]
    codes = tuple(token.folded for token in typed if _is_wanted_code(token.folded))
    concepts: list[Concept] = []
    start = 0
    while start < len(typed):
        concept, length = _next(typed, meant, start, thesaurus)
        concepts.append(concept)
        start += length
    return Query(text, tuple(concepts), codes, tuple(typed))


def _is_wanted_code(folded: str) -> bool:
    return is_code(folded) and sum(char.isdigit() for char in folded) >= CODE_DIGITS


def _meant(token: Token) -> Token:
    """The word whose keys were typed, or the token itself."""
    letters = unconverted(token.folded)
    return token if letters is None else Token(letters, letters)


def _next(
    typed: list[Token], meant: list[Token], start: int, thesaurus: Thesaurus
) -> tuple[Concept, int]:
    """The concept that begins at `start`, and how many tokens it takes."""
    for length in range(min(thesaurus.longest, len(typed) - start), 0, -1):
        for words in (typed, meant):
            window = words[start : start + length]
            if thesaurus.is_filler(window):
                return Concept((Reading(tuple(window)),), FILLER), length
            meanings = thesaurus.find(window)
            if meanings:
                readings = [Reading(tuple(window)), *(Reading(m, EXPANSION) for m in meanings)]
                return Concept(tuple(readings)), length
    token, other = typed[start], meant[start]
    readings = [Reading((token,))]
    if other is not token:
        readings.append(Reading((other,), KEYSTROKES))
    return Concept(tuple(readings)), 1


# Two syllables are one word when the rarer one mostly stands beside the other.
COHESION = 0.12
APART = 0.45


def join_words(query: Query, numbers: Mapping[str, int]) -> Query:
    """Return the query with syllables that make one word as one concept: "công ty", "thiết bị".

    `numbers` says in how many entries each folded token and pair of the query stands.
    """
    concepts = list(query.concepts)
    while True:
        bonds = [
            (_cohesion(first, second, numbers), place)
            for place, (first, second) in enumerate(itertools.pairwise(concepts))
        ]
        strongest, place = max(bonds, default=(0.0, 0))
        if strongest < COHESION:
            return replace(query, concepts=tuple(concepts))
        concepts[place : place + 2] = [_join(concepts[place], concepts[place + 1])]


def _cohesion(first: Concept, second: Concept, numbers: Mapping[str, int]) -> float:
    if not (_is_syllable(first) and _is_syllable(second)):
        return 0.0
    one, other = first.last.folded, second.last.folded
    together = numbers.get(f"{one}_{other}", 0)
    rarer = min(numbers.get(one, 0), numbers.get(other, 0))
    return together / rarer if rarer else 0.0


def _is_syllable(concept: Concept) -> bool:
    return all(len(r.tokens) == 1 for r in concept.readings) and not is_code(concept.last.folded)


def _join(first: Concept, second: Concept) -> Concept:
    tokens = (first.last, second.last)
    readings = (Reading(tokens, 1.0, is_word=True), Reading(tokens, APART))
    return Concept(readings, max(first.weight, second.weight))


def says_something(text: str, thesaurus: Thesaurus) -> bool:
    """Whether a text holds more than words that weigh next to nothing."""
    return any(concept.weight > FILLER for concept in understand(text, thesaurus).concepts)


def folded_key(text: str) -> str:
    """Return the words of a query without what people vary: accents, capitals, spaces, raw keys."""
    return " ".join(_meant(token).folded for token in tokenize(text[:MAX_LENGTH])[:MAX_TOKENS])
