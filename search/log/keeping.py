"""Which queries may be written down. Pure but for the count of words that it is given.

A number as long as those of people, an e-mail address or a long text is never kept. Names cannot
be recognised, so a query is kept at once only when each word of it belongs to a phrase that people
are known to say, or stands beside a neighbour as in many published pages; any other one has to
come again on several days first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from search.analysis import is_code, pairs, tokenize
from search.synonyms import Thesaurus
from search.understanding import EXPANSION, FILLER, Concept, folded_key, understand

Count = Callable[[set[str]], dict[str, int]]
LONGEST, MOST_WORDS = 100, 20
# Neighbours prove something when they stand together in one entry of so many, and twice at least;
# beside a word that is a family name too, so many times as often. Of 8,000 invented names, 2 then
# look like words of the catalogue (of 2,849 procedures).
ONE_IN, LEAST, NAME_TIMES = 500, 2, 3
FAMILY_NAMES = {
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho",
    "ngo", "duong", "ly", "dinh", "truong", "lam", "mai", "cao", "doan", "trinh",
}  # fmt: skip
# Six digits and more, however they are parted: dates of birth, telephones, identity numbers.
_LONG_NUMBER = re.compile(r"\d(?:[\s./()+-]{0,2}\d){5,}")
# The only numbers of that length that are about no person: codes of procedures.
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2})?|\d{6,7}")
_ADDRESS = re.compile(r"@|://|\bwww\.")


class Verdict(Enum):
    """What may become of a query."""

    NEVER = "never"
    WHEN_REPEATED = "when repeated"
    NOW = "now"


def judge(text: str, thesaurus: Thesaurus, count: Count, total: int) -> Verdict:
    """Return what may become of a query; `total` is the number of entries that `count` knows."""
    tokens = tokenize(text)
    if not tokens or len(tokens) > MOST_WORDS or len(text) > LONGEST or _ADDRESS.search(text):
        return Verdict.NEVER
    words = folded_key(text).split()
    known = count({*words, *pairs(words)})
    numbers = [found[0] for found in _LONG_NUMBER.finditer(text)]
    if any(not _PROCEDURE_CODE.fullmatch(number) or number not in known for number in numbers):
        return Verdict.NEVER
    concepts = understand(text, thesaurus).concepts
    unknown = _unknown_places(words, concepts, known, max(LEAST, total // ONE_IN))
    return Verdict.WHEN_REPEATED if unknown else Verdict.NOW


def spelling_of(text: str) -> str:
    """Return a query as it was written, without capitals and punctuation."""
    return " ".join(token.exact for token in tokenize(text))


def _unknown_places(
    words: list[str], concepts: tuple[Concept, ...], known: dict[str, int], least: int
) -> list[int]:
    """The places of words that neither the thesaurus nor a pair of the vocabulary covers."""
    covered = _in_thesaurus(concepts)
    return [
        place
        for place in range(len(words))
        if place not in covered and not _is_known(place, words, known, least)
    ]


def _is_known(place: int, words: list[str], known: dict[str, int], least: int) -> bool:
    word = words[place]
    if len(words) == 1 or is_code(word):
        return known.get(word, 0) >= least
    proof = least * NAME_TIMES if word in FAMILY_NAMES else least
    beside = pairs(words[max(0, place - 1) : place + 2])
    return any(known.get(pair, 0) >= proof for pair in beside)


def _in_thesaurus(concepts: tuple[Concept, ...]) -> set[int]:
    """The places of words that people are known to say, or that say nothing."""
    covered: set[int] = set()
    place = 0
    for concept in concepts:
        length = len(concept.typed)
        is_said = any(reading.weight == EXPANSION for reading in concept.readings)
        if is_said or concept.weight <= FILLER:
            covered.update(range(place, place + length))
        place += length
    return covered
