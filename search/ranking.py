"""How well an entry answers a query: one measure for every engine.

An engine finds candidates; this room puts them in order. It is pure. A concept counts by how rare
its words are; it is looked for in the title first, then in the other names, the place (agency,
sector), and the rest of the text. Words side by side count more than words apart, and a title
that says little else counts more than a long one that happens to hold the words.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search.analysis import NEXT_PHRASE
from search.understanding import Query, Reading

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
# What a phrase that people say is worth beside a title, and how many of a page are measured.
ASKED, PHRASES = 0.95, 2

Rarity = Callable[[str], float]


class _Text:
    """A long text of terms, looked through only as far as it is asked."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = f" {text} "

    def __contains__(self, term: str) -> bool:
        return f" {term} " in self.text


Terms = frozenset[str] | _Text
# The fields of an entry with their worth, the worthiest first.
Places = tuple[tuple[float, Terms], ...]


@dataclass(frozen=True)
class Fields:
    """The terms of an entry by field, each a text of `index_terms` joined by spaces."""

    title: str
    names: str = ""
    place: str = ""
    body: str = ""
    asked: str = ""
    prior: float = 0.0

    @property
    def phrases(self) -> list[list[str]]:
        """The terms of each phrase that people say."""
        return [phrase.split() for phrase in self.asked.split(NEXT_PHRASE)] if self.asked else []


class _Weights(dict[str, float]):
    """How much a folded term counts by how rare it is; worked out when first asked for."""

    def __init__(self, numbers: Mapping[str, int], total: int) -> None:
        super().__init__()
        self._numbers, self._total = numbers, total

    def __missing__(self, term: str) -> float:
        number = min(self._numbers.get(term, 0), self._total)  # counted a moment apart
        weight = math.log(1 + (self._total - number + 0.5) / (number + 0.5))
        self[term] = weight
        return weight


def rarity(frequencies: Mapping[str, int], total: int) -> Rarity:
    """Return a function that gives the weight of a folded term by how rare it is."""
    return _Weights(frequencies, total).__getitem__


class _Said:
    """A reading, with all that does not depend on the entry worked out."""

    __slots__ = ("accents", "is_word", "loose", "pairs", "terms", "total", "weight")

    def __init__(self, reading: Reading, weigh: Rarity, *, is_typed: bool) -> None:
        tokens = reading.tokens
        self.weight, self.is_word = reading.weight, reading.is_word
        self.terms = [
            (t.folded, "" if t.exact == t.folded else f"={t.exact}", weigh(t.folded))
            for t in tokens
        ]
        self.total = sum(weight for _term, _accented, weight in self.terms)
        self.pairs = [f"{a.folded}_{b.folded}" for a, b in itertools.pairwise(tokens)]
        self.accents = [accented for _term, accented, _weight in self.terms if accented]
        self.loose = LOOSE_TYPED if is_typed else LOOSE

    def share(self, places: Places) -> float:
        """How much of the reading an entry holds."""
        if self.is_word:
            return self.weight * self._word(places)
        got = sum(weight * _place(term, accented, places) for term, accented, weight in self.terms)
        share = got / self.total if self.total else 0.0
        if share and self.pairs:
            # A phrase of which half is missing is mostly another thing.
            share *= share
            if not any(all(pair in terms for pair in self.pairs) for _worth, terms in places):
                share *= self.loose
        return self.weight * share

    def _word(self, places: Places) -> float:
        """Where the syllables stand side by side, and with the accents that were typed."""
        best, pair = 0.0, "_".join(term for term, _accented, _weight in self.terms)
        for worth, terms in places:
            if worth > best and pair in terms:
                same = all(accented in terms for accented in self.accents)
                best = max(best, worth if same else worth * OTHER_ACCENTS)
        return best


def _place(term: str, accented: str, places: Places) -> float:
    best = 0.0
    for worth, terms in places:
        if worth <= best or term not in terms:
            continue
        best = max(best, worth if not accented or accented in terms else worth * OTHER_ACCENTS)
    return best


class Measure:
    """One query, ready to measure any number of entries."""

    def __init__(self, query: Query, weigh: Rarity) -> None:
        self.weigh, self.said, self.codes = weigh, query.said, query.codes
        self.concepts: list[tuple[float, list[_Said]]] = []
        self.wanted = 0.0
        for concept in query.concepts:
            readings = concept.readings
            worth = concept.weight * max(
                sum(weigh(term) for term in r.needed) / len(r.needed) for r in readings
            )
            said = [_Said(r, weigh, is_typed=r is readings[0]) for r in readings]
            self.concepts.append((worth, said))
            self.wanted += worth
        self.neighbours = [
            (f"{a.folded}_{b.folded}", weigh(a.folded) + weigh(b.folded))
            for a, b in itertools.pairwise(query.tokens)
        ]
        self.neighbours_total = sum(weight for _pair, weight in self.neighbours)

    def score(self, fields: Fields) -> float:
        """Return the measure, about 0 to 2; a code that was typed whole outweighs all.

        What people say who need the page counts like its title, the phrase that fits best.
        """
        names = frozenset(fields.names.split())
        title = frozenset(fields.title.split())
        rest: Places = (
            (NAMES, names),
            (PLACE, frozenset(fields.place.split())),
            (BODY, _Text(fields.body)),
        )
        measure = self._measure(title, ((TITLE, title), *rest))
        for terms in self._nearest(fields.phrases):
            phrase = frozenset(terms)
            places = ((TITLE, title), (ASKED, phrase), *rest)
            measure = max(measure, ASKED * self._measure(phrase, places))
        measure += CODE * any(code in names for code in self.codes)
        return measure + PRIOR * fields.prior

    def _nearest(self, phrases: list[list[str]]) -> list[list[str]]:
        """The phrases that have most of the query's words."""
        said, weigh = self.said, self.weigh
        found = []
        for phrase in phrases:
            weight = sum(weigh(term) for term in phrase if term in said)
            if weight:
                found.append((weight, phrase))
        return [phrase for _weight, phrase in heapq.nlargest(PHRASES, found)]

    def _measure(self, heading: frozenset[str], places: Places) -> float:
        """How well the places answer; in the heading, neighbours and what else it says count."""
        if not self.wanted:
            return 0.0
        found = sum(
            worth * max(reading.share(places) for reading in said) for worth, said in self.concepts
        )
        measure = found / self.wanted
        if self.neighbours_total:
            got = sum(weight for pair, weight in self.neighbours if pair in heading)
            measure += PAIR * got / self.neighbours_total
        return measure + COVERAGE * measure * self._coverage(heading)

    def _coverage(self, heading: frozenset[str]) -> float:
        """The share of the heading that the query speaks of, in any reading."""
        weigh, said = self.weigh, self.said
        got = total = 0.0
        for term in heading:
            if "_" not in term and term[0] != "=":
                weight = weigh(term)
                total += weight
                if term in said:
                    got += weight
        return got / total if total else 0.0


def score(query: Query, fields: Fields, weigh: Rarity) -> float:
    """Return the measure of one entry."""
    return Measure(query, weigh).score(fields)
