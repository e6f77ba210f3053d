"""What a query asks for: concepts, each of which may be said in several ways.

"mất cccd ở đâu làm lại" becomes the concepts *cấp lại* and *căn cước công dân*; question words stay
as concepts of little weight, so that they never decide. Pure: the thesaurus is an argument.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from search.analysis import Token, is_code, tokenize
from search.keystrokes import unconverted
from search.synonyms import Thesaurus

MAX_LENGTH = 300
MAX_TOKENS = 40
# An expansion counts a little less than the words themselves, a filler next to nothing.
EXPANSION, KEYSTROKES, FILLER = 0.9, 0.95, 0.08
# What goes with everything ("làm", "xin", a number, a relative) beside what it is about.
LIGHT = 0.4
# What follows "cho": "hộ chiếu cho con".
FOR_WHOM = 0.55
# Digits that make a number a code that somebody looks for, and not a quantity.
CODE_DIGITS = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
BEFORE_A_YEAR = {"nam", "tu", "truoc", "sau", "thang", "den", "luat"}
# How many words of little weight may stand within a known phrase.
GAP = 3


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
    """One thing asked for, in all its readings; the first is what was typed.

    `is_small` says that these are surely words like "của" and "cho"; "tu" may also be "tư".
    `is_outside` says that people mostly look for it elsewhere: what does not hold it is no answer.
    """

    readings: tuple[Reading, ...]
    weight: float = 1.0
    is_small: bool = False
    is_outside: bool = False

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
    """Return the concepts of a query, cut where the known phrases are longest together."""
    typed = tokenize(text[:MAX_LENGTH])[:MAX_TOKENS]
    meant = [_meant(token) for token in typed]
    codes = tuple(
        token.folded for place, token in enumerate(typed) if _is_wanted_code(typed, place)
    )
    concepts = [concept for _end, concept in _cut(typed, meant, thesaurus)]
    return Query(text, tuple(_less_for_whom(concepts)), codes, tuple(typed))


def _less_for_whom(concepts: list[Concept]) -> Iterator[Concept]:
    """What is asked for stands before "cho"; for whom it is decides less."""
    is_asked = is_for_whom = False
    for concept in concepts:
        is_for_whom |= is_asked and [token.folded for token in concept.typed] == ["cho"]
        is_asked |= concept.weight == 1.0
        is_less = is_for_whom and concept.weight > FILLER
        yield replace(concept, weight=FOR_WHOM * concept.weight) if is_less else concept


def _is_wanted_code(typed: list[Token], place: int) -> bool:
    folded = typed[place].folded
    if not is_code(folded) or sum(char.isdigit() for char in folded) < CODE_DIGITS:
        return False
    # "từ năm 2005" is a time.
    is_year = _YEAR.fullmatch(folded) is not None
    return not (is_year and place > 0 and typed[place - 1].folded in BEFORE_A_YEAR)


def _meant(token: Token) -> Token:
    """The word whose keys were typed, or the token itself."""
    letters = unconverted(token.folded)
    return token if letters is None else Token(letters, letters)


Piece = tuple[int, Concept]  # where the next one begins, and what stands before


def _cut(typed: list[Token], meant: list[Token], thesaurus: Thesaurus) -> list[Piece]:
    """The query in pieces: two words that are known together are worth more than apart."""
    best: list[tuple[float, list[Piece]]] = [(0.0, [])]  # of the last words, from none of them on
    size = len(typed)
    for start in range(size - 1, -1, -1):
        choices = []
        for end, words, concept in _pieces(typed, meant, start, thesaurus):
            worth, rest = best[size - end]
            skipped = end - start - words
            choices.append((words**2 + skipped / 2 + worth, end, concept, rest))
        worth, end, concept, rest = max(choices, key=lambda choice: choice[:2])
        best.append((worth, [(end, concept), *rest]))
    return best[size][1]


def _pieces(
    typed: list[Token], meant: list[Token], start: int, thesaurus: Thesaurus
) -> Iterator[tuple[int, int, Concept]]:
    """What may begin at `start`: where it ends, how many of its words say something, and it."""
    has_accents = any(token.exact != token.folded for token in typed)
    for length in range(1, min(thesaurus.longest, len(typed) - start) + 1):
        end = start + length
        for words in (typed, meant) if typed[start:end] != meant[start:end] else (typed,):
            window = words[start:end]
            if thesaurus.is_filler(window):
                is_small = has_accents and thesaurus.is_filler(window, exactly=True)
                yield end, length, Concept((Reading(tuple(window)),), FILLER, is_small)
                continue
            meanings = thesaurus.find(window, is_end=_is_end(typed, end, thesaurus))
            meanings = meanings or thesaurus.find_slip(window)
            if thesaurus.is_outside(window) and not meanings:
                yield end, length, Concept((Reading(tuple(window)),), is_outside=True)
            if meanings:
                yield end, length, _said(window, window, meanings, thesaurus)
    yield from _with_gaps(typed, start, thesaurus)
    yield start + 1, 1, _single(typed[start], meant[start], thesaurus)


def _with_gaps(
    typed: list[Token], start: int, thesaurus: Thesaurus
) -> Iterator[tuple[int, int, Concept]]:
    """Known phrases with words of little weight within: "bố tôi vừa mất", "mở một tiệm thuốc"."""
    words, skipped = [typed[start]], 0
    if thesaurus.is_filler(words):
        return
    for end in range(start + 1, len(typed)):
        if thesaurus.is_filler([typed[end]]):
            skipped += 1
        else:
            words.append(typed[end])
            if skipped:
                is_end = _is_end(typed, end + 1, thesaurus)
                if meanings := thesaurus.find(words, is_end=is_end):
                    window = typed[start : end + 1]
                    yield end + 1, len(words), _said(window, words, meanings, thesaurus)
        if skipped > GAP or len(words) >= thesaurus.longest:
            return


def _said(
    window: list[Token],
    words: list[Token],
    meanings: list[tuple[Token, ...]],
    thesaurus: Thesaurus,
) -> Concept:
    readings = [Reading(tuple(window)), *(Reading(m, EXPANSION) for m in meanings)]
    if len(words) < len(window):
        readings.insert(1, Reading(tuple(words)))
    weight = LIGHT if thesaurus.is_light(words) else 1.0
    return Concept(tuple(readings), weight)


def _is_end(typed: list[Token], end: int, thesaurus: Thesaurus) -> bool:
    """Whether nothing follows that a verb could be said of."""
    if end >= len(typed):
        return True
    last = min(end + thesaurus.longest, len(typed))
    return any(thesaurus.is_filler(typed[end:stop]) for stop in range(end + 1, last + 1))


def _single(token: Token, other: Token, thesaurus: Thesaurus) -> Concept:
    readings = [Reading((token,))]
    if other is not token:
        readings.append(Reading((other,), KEYSTROKES))
    is_number = token.folded.isdigit() and len(token.folded) < CODE_DIGITS
    return Concept(tuple(readings), LIGHT if is_number or thesaurus.is_light([token]) else 1.0)


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
    if first.is_small or second.is_small:
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
