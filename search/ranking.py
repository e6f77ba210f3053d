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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from search.analysis import NEXT_PHRASE, is_code, long_text, single_words
from search.keystrokes import is_syllable
from search.understanding import EXPANSION, Concept, Query, Reading

# What a word is worth by where it stands.
TITLE, NAMES, PLACE, BODY = 1.0, 0.9, 0.5, 0.35
# A word found only without the accents that were typed.
OTHER_ACCENTS = 0.55
PAIR = 0.8
# A known phrase whose words stand apart: as it was typed, and as it is officially called.
LOOSE_TYPED, LOOSE = 0.65, 0.8
COVERAGE = 0.8
CODE = 10.0
PRIOR = 0.05
# What a phrase that people say is worth beside a title, and how many of a page are measured.
ASKED, PHRASES = 0.95, 2

# A reading of which an entry holds less than that is not said.
LITTLE = 0.2

Rarity = Callable[[str], float]


@dataclass(frozen=True)
class _Places:
    """The terms of an entry: those of its title, and its other fields, the worthiest first.

    Of each text: what it is worth, and its single words, pairs and accented words, each with a
    space at both ends; they are looked through only as far as they are asked.
    """

    title: frozenset[str]
    texts: Sequence[tuple[float, str, str, str]] = ()
    worth: float = TITLE


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
    def phrases(self) -> list[str]:
        """The terms of each phrase that people say."""
        return self.asked.split(NEXT_PHRASE) if self.asked else []


class _Weights(dict[str, float]):
    """How much a folded term counts by how rare it is; worked out when first asked for."""

    def __init__(self, numbers: Mapping[str, int], total: int) -> None:
        super().__init__()
        self._numbers, self._total = numbers, total
        self._most = self._weight(0)

    def __missing__(self, term: str) -> float:
        number = self._numbers.get(term, 0)
        self[term] = weight = self._weight(number) if number else self._most
        return weight

    def _weight(self, number: int) -> float:
        number = min(number, self._total)  # counted a moment apart
        return math.log(1 + (self._total - number + 0.5) / (number + 0.5))


def rarity(frequencies: Mapping[str, int], total: int) -> Rarity:
    """Return a function that gives the weight of a folded term by how rare it is."""
    return _Weights(frequencies, total).__getitem__


class _Said:
    """A reading, with all that does not depend on the entry worked out.

    `values` says what each looked-for word is worth in an entry; `terms` names them by place.
    """

    __slots__ = ("accents", "is_word", "loose", "pairs", "terms", "total", "weight")

    def __init__(
        self, reading: Reading, weigh: Rarity, wanted: dict[_Word, int], *, is_typed: bool
    ) -> None:
        tokens = reading.tokens
        self.weight, self.is_word = reading.weight, reading.is_word
        self.accents = [_sought(f"={t.exact}") for t in tokens if t.exact != t.folded]
        self.pairs = [_sought(f"{a.folded}_{b.folded}") for a, b in itertools.pairwise(tokens)]
        self.loose = LOOSE_TYPED if is_typed else LOOSE
        self.terms: list[tuple[int, float]] = []
        if not self.is_word:
            for token in tokens:
                accented = "" if token.exact == token.folded else f"={token.exact}"
                word = (*_sought(token.folded), *_sought(accented))
                place = wanted.setdefault(word, len(wanted))
                self.terms.append((place, weigh(token.folded)))
        self.total = sum(weight for _place, weight in self.terms)

    def together(self, places: _Places) -> float:
        """What it is worth that the syllables stand side by side: a word is nothing without it."""
        if self.is_word:
            return self._word(places)
        title = places.title
        for pair, _within in self.pairs:
            if pair not in title:
                break
        else:
            return 1.0
        for _worth, _words, pairs, _accented in places.texts:
            for _pair, within in self.pairs:
                if within not in pairs:
                    break
            else:
                return 1.0
        return 0.0

    def share(self, values: list[float], together: float) -> float:
        """How much of several syllables an entry holds."""
        if self.is_word:
            return self.weight * together
        got = 0.0
        for place, weight in self.terms:
            got += weight * values[place]
        # A phrase of which half is missing is mostly another thing.
        share = (got / self.total) ** 2 if got else 0.0
        return self.weight * (share if together else share * self.loose)

    def _word(self, places: _Places) -> float:
        """Where the syllables stand side by side, and with the accents that were typed."""
        best, (pair, within) = 0.0, self.pairs[0]
        if pair in places.title:
            same = all(accented in places.title for accented, _within in self.accents)
            best = places.worth if same else places.worth * OTHER_ACCENTS
        for worth, _words, pairs, marked in places.texts:
            if worth <= best:
                break
            if within in pairs:
                same = all(accented in marked for _accented, accented in self.accents)
                best = max(best, worth if same else worth * OTHER_ACCENTS)
        return best


def _sought(term: str) -> tuple[str, str]:
    """A term, and as it stands between others in a text."""
    return term, f" {term} "


# A folded term, alone and in a text, and the same with accents, "" where it has none.
_Word = tuple[str, str, str, str]


def _value(word: _Word, places: _Places) -> float:
    """What a word is worth by where it stands, with the accents that were typed or with others."""
    term, within, accented, accented_within = word
    best = 0.0
    if term in places.title:
        same = not accented or accented in places.title
        best = places.worth if same else places.worth * OTHER_ACCENTS
    for worth, words, _pairs, marked in places.texts:
        if worth <= best:
            break
        if within in words:
            same = not accented or accented_within in marked
            best = max(best, worth if same else worth * OTHER_ACCENTS)
    return best


class _Run:
    """The words of a concept side by side, as they were typed or as they are officially called."""

    __slots__ = ("others", "pairs", "total")

    def __init__(self, concept: Concept, weigh: Rarity) -> None:
        self.pairs = [
            (f"{a.folded}_{b.folded}", concept.weight * (weigh(a.folded) + weigh(b.folded)))
            for a, b in itertools.pairwise(concept.typed)
        ]
        self.total = sum(weight for _pair, weight in self.pairs)
        self.others = [
            (reading.weight, _side_by_side(reading))
            for reading in concept.readings[1:]
            if self.pairs and not reading.is_word and reading.weight >= EXPANSION
        ]

    def found(self, heading: frozenset[str]) -> float:
        """How much of the run stands in a heading."""
        got = sum(weight for pair, weight in self.pairs if pair in heading)
        for weight, terms in self.others:
            if got < weight * self.total and heading.issuperset(terms):
                got = weight * self.total
        return got


def _side_by_side(reading: Reading) -> list[str]:
    words = [token.folded for token in reading.tokens]
    return [f"{a}_{b}" for a, b in itertools.pairwise(words)] or words


def _link(first: Concept, second: Concept, weigh: Rarity) -> tuple[frozenset[str], float]:
    """Where one concept follows another: all pairs that would say so, and what one is worth."""
    ends = {reading.tokens[-1].folded for reading in first.readings}
    begins = {reading.tokens[0].folded for reading in second.readings}
    weight = first.weight * weigh(first.typed[-1].folded)
    weight += second.weight * weigh(second.typed[0].folded)
    return frozenset(f"{one}_{other}" for one in ends for other in begins), weight


class Measure:
    """One query, ready to measure any number of entries.

    Each word and each reading of several syllables is looked for once in an entry; concepts know
    them by their places.
    """

    def __init__(self, query: Query, weigh: Rarity) -> None:
        self.query, self.weigh = query, weigh
        self.said, self.codes = query.said, query.codes
        self.concepts: list[tuple[float, list[tuple[int, float]], list[tuple[int, _Said]]]] = []
        self.readings: list[_Said] = []
        wanted: dict[_Word, int] = {}
        self.wanted = 0.0
        for concept in query.concepts:
            readings = concept.readings
            worth = concept.weight * max(
                sum(weigh(term) for term in r.needed) / len(r.needed) for r in readings
            )
            said = [_Said(r, weigh, wanted, is_typed=r is readings[0]) for r in readings]
            single = [(one.terms[0][0], one.weight) for one in said if not one.pairs]
            several = [one for one in said if one.pairs]
            self.concepts.append((worth, single, list(enumerate(several, len(self.readings)))))
            self.readings += several
            self.wanted += worth
        self.words = list(wanted)
        self.runs = [_Run(concept, weigh) for concept in query.concepts]
        self.links = [_link(a, b, weigh) for a, b in itertools.pairwise(query.concepts)]
        self.neighbours = sum(run.total for run in self.runs) + sum(w for _any, w in self.links)

    def score(self, fields: Fields) -> float:
        """Return the measure, about 0 to 2; a code that was typed whole outweighs all.

        What people say who need the page counts like its title, the phrase that fits best.
        """
        title, names = frozenset(fields.title.split()), f" {fields.names} "
        place = f" {fields.place} "
        texts = (
            (NAMES, names, names, names),
            (PLACE, place, place, place),
            (BODY, *long_text(fields.body)),
        )
        values, together = self._look(_Places(title, texts))
        measure = self._measure(values, together, self._heading(title))
        for phrase in self._nearest(fields.phrases):
            heading = self._heading(phrase)
            # Most phrases cannot say more, whatever they hold.
            if ASKED * (1 + heading[0]) * heading[1] > measure:
                best, closest = self._better(values, together, phrase)
                measure = max(measure, ASKED * self._measure(best, closest, heading))
        if self.codes:
            measure += CODE * any(f" {code} " in names for code in self.codes)
        return measure + PRIOR * fields.prior

    @property
    def unheard_of(self) -> float:
        """How much of the query is neither a word of the catalogue nor a Vietnamese syllable."""
        nowhere = self.weigh("")
        parts = zip(self.query.concepts, self.concepts, strict=True)
        strange = sum(
            part[0] for concept, part in parts if _is_strange(concept, self.weigh, nowhere)
        )
        return strange / self.wanted if self.wanted else 0.0

    def missing(self, fields: Fields) -> float:
        """Return how much of the query an entry says nowhere."""
        names = f" {fields.names} {fields.place} {fields.asked} "
        texts = ((NAMES, names, names, names), (BODY, *long_text(fields.body)))
        places = _Places(frozenset(fields.title.split()), texts)
        values, together = self._look(places)
        said = sum(
            worth
            for worth, single, several in self.concepts
            if any(values[place] for place, _weight in single)
            or any(reading.share(values, together[place]) > LITTLE for place, reading in several)
        )
        return 1 - said / self.wanted if self.wanted else 0.0

    def _look(self, places: _Places) -> tuple[list[float], list[float]]:
        """What each word is worth, and each reading for its syllables side by side."""
        title, whole = places.title, "".join([words for _worth, words, *_ in places.texts])
        values = [
            _value(word, places) if word[0] in title or word[1] in whole else 0.0
            for word in self.words
        ]
        # Syllables of which one is missing stand nowhere side by side.
        together = [
            reading.together(places)
            if reading.is_word or all(values[place] for place, _weight in reading.terms)
            else 0.0
            for reading in self.readings
        ]
        return values, together

    def _better(
        self, values: list[float], together: list[float], phrase: frozenset[str]
    ) -> tuple[list[float], list[float]]:
        """The same where a phrase says more than the entry does."""
        values, places = values.copy(), _Places(phrase, worth=ASKED)
        for place, word in enumerate(self.words):
            if word[0] in phrase and values[place] < ASKED:
                values[place] = max(values[place], _value(word, places))
        closer = [reading.together(places) for reading in self.readings]
        return values, list(map(max, together, closer))

    def _nearest(self, phrases: list[str]) -> list[frozenset[str]]:
        """The phrases that have most of the query's words."""
        is_said, weigh = self.said.__contains__, self.weigh
        found = []
        for phrase in phrases:
            weight = sum(map(weigh, filter(is_said, single_words(phrase))))
            if weight:
                found.append((weight, phrase))
        return [frozenset(phrase.split()) for _weight, phrase in heapq.nlargest(PHRASES, found)]

    def _measure(
        self, values: list[float], together: list[float], heading: tuple[float, float]
    ) -> float:
        """How well an entry answers under a heading, by what its words and readings are worth."""
        if not self.wanted:
            return 0.0
        found = 0.0
        for worth, single, several in self.concepts:
            best = 0.0
            for place, weight in single:
                if (share := weight * values[place]) > best:
                    best = share
            for place, reading in several:
                if (
                    reading.weight > best
                    and (share := reading.share(values, together[place])) > best
                ):
                    best = share
            found += worth * best
        beside, factor = heading
        return (found / self.wanted + beside) * factor

    def _heading(self, heading: frozenset[str]) -> tuple[float, float]:
        """What neighbours in a heading add, and how much more it counts if it says little else."""
        beside = 0.0
        if self.neighbours:
            got = sum([run.found(heading) for run in self.runs if run.total])
            got += sum([weight for any_of, weight in self.links if not any_of.isdisjoint(heading)])
            beside = PAIR * got / self.neighbours
        return beside, 1 + COVERAGE * self._coverage(heading)

    def _coverage(self, heading: frozenset[str]) -> float:
        """The share of the heading that the query speaks of, in any reading."""
        words = [term for term in heading if "_" not in term and term[0] != "="]
        total = sum(map(self.weigh, words))
        return sum(map(self.weigh, self.said.intersection(words))) / total if total else 0.0


def score(query: Query, fields: Fields, weigh: Rarity) -> float:
    """Return the measure of one entry."""
    return Measure(query, weigh).score(fields)


def _is_strange(concept: Concept, weigh: Rarity, nowhere: float) -> bool:
    words = [reading.tokens[0].folded for reading in concept.readings]
    return len(concept.typed) == 1 and not any(
        is_code(word) or is_syllable(word) or weigh(word) < nowhere for word in words
    )


def is_spoken_of(query: Query, fields: Fields) -> bool:
    """Whether the names of an entry hold all that people mostly look for elsewhere."""
    for concept in query.concepts:
        if concept.is_outside:
            terms = frozenset(f"{fields.title} {fields.names} {fields.asked}".split())
            marks = [f"={token.exact}" for token in concept.typed if token.exact != token.folded]
            if not terms.issuperset([*_side_by_side(concept.readings[0]), *marks]):
                return False
    return True
