"""Where in a text the words of a query stand: to be marked for the reader. Pure.

A word that was typed without accents marks the accented one; an everyday word or an abbreviation
marks what it stands for. A phrase is marked where its words stand side by side, and only else
where they stand apart.
"""

from __future__ import annotations

import itertools
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cms.core.vietnamese import fold
from search.analysis import Token, locate, tokenize
from search.understanding import Concept

Span = tuple[int, int]
# What a text says of a concept: all of it, its words apart from each other, a part of it.
WHOLE, APART, PART = 1.0, 0.7, 0.5
# Fewer words of a phrase say nothing of it.
LEAST_PART = 2


def _one_to_one() -> dict[int, str]:
    """Every letter whose folded form is one letter, so that places in a text stay the same."""
    table = {}
    for code in range(min(0x2000, sys.maxunicode)):
        letter = chr(code)
        if letter.isalpha() and len(bare := fold(letter)) == 1 and bare != letter:
            table[code] = bare
    return table


_PLAIN = str.maketrans(_one_to_one())


class Found(NamedTuple):
    """How much of a concept a text says, and where."""

    worth: float
    spans: list[Span]


NOTHING = Found(0.0, [])


class Text:
    """A text in normal form whose words can be looked for; `folded` has the same length."""

    __slots__ = ("_places", "_words", "folded", "spans", "text")

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.folded = self.text.translate(_PLAIN)
        self.spans: list[Span] = []
        self._words: list[str] = []
        self._places: dict[str, list[int]] | None = None

    def places(self) -> dict[str, list[int]]:
        """Where each folded word stands, as numbers of words."""
        if self._places is None:
            self.spans = locate(self.text)
            self._words = [self.folded[start:end] for start, end in self.spans]
            self._places = {}
            for place, word in enumerate(self._words):
                self._places.setdefault(word, []).append(place)
        return self._places

    def phrase(self, tokens: tuple[Token, ...], *, same_accents: bool) -> Iterator[Span]:
        """Yield where these tokens stand side by side."""
        if tokens[0].folded not in self.folded:
            return
        wanted, length = [token.folded for token in tokens], len(tokens)
        for place in self.places().get(wanted[0], ()):
            if self._words[place : place + length] != wanted:
                continue
            if not same_accents or self._agrees(tokens, place):
                yield self.spans[place][0], self.spans[place + length - 1][1]

    def _agrees(self, tokens: tuple[Token, ...], place: int) -> bool:
        for token, (start, end) in zip(tokens, self.spans[place:], strict=False):
            if token.exact not in (token.folded, _exact(self.text[start:end])):
                return False
        return True


@lru_cache(maxsize=4096)
def _exact(word: str) -> str:
    """The word as accents are compared; few words are asked for again and again."""
    return " ".join(token.exact for token in tokenize(word))


def find(concept: Concept, text: Text, *, same_accents: bool = True) -> Found:
    """Return how much of a concept a text says, and where; the fullest way to say it counts."""
    whole = [
        span
        for reading in concept.readings
        for span in text.phrase(reading.tokens, same_accents=same_accents)
    ]
    if whole:
        return Found(WHOLE, whole)
    best = NOTHING
    known = text.places()
    for reading in concept.readings:
        if len(reading.tokens) < LEAST_PART or reading.is_word:
            continue
        if all(token.folded in known for token in reading.tokens):
            single = [
                list(text.phrase((token,), same_accents=same_accents)) for token in reading.tokens
            ]
            if all(single):
                return Found(APART, [span for spans in single for span in spans])
        if best is NOTHING:
            best = _part(reading.tokens, text, same_accents=same_accents)
    return best


def may_say(concept: Concept, folded: str) -> bool:
    """Whether it is worth looking: a text that lacks the words, or two side by side, is known."""
    for reading in concept.readings:
        words = [token.folded for token in reading.tokens]
        if all(word in folded for word in words):
            return True
        if any(f"{one} {other}" in folded for one, other in itertools.pairwise(words)):
            return True
    return False


def _part(tokens: tuple[Token, ...], text: Text, *, same_accents: bool) -> Found:
    """The longest run of neighbouring words of a phrase, at least two."""
    known = text.places()
    lacks = [token.folded not in known for token in tokens]
    for length in range(len(tokens) - 1, LEAST_PART - 1, -1):
        for start in range(len(tokens) - length + 1):
            if any(lacks[start : start + length]):
                continue
            window = tokens[start : start + length]
            spans = list(text.phrase(window, same_accents=same_accents))
            if spans:
                return Found(PART * length / len(tokens), spans)
    return NOTHING


def merge(text: str, spans: list[Span]) -> list[Span]:
    """Return spans in order, without overlaps; those parted by a space alone become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start].isspace()):
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
