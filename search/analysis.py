"""From Vietnamese text to what both engines index and ask for. Pure: strings in, tokens out.

A token is kept twice: exact (NFC, lower case, one spelling of tone placement) and folded (no
marks, đ as d). Vietnamese writes a word as several syllables, so neighbouring syllables are also
indexed as pairs: "khai_sinh".
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from cms.core.vietnamese import fold

# Codes ("1.004222", "96/2023/NĐ-CP") stay whole; words part at everything else.
_TOKEN = re.compile(
    r"\d+(?:\.\d+)+|\d+(?:/[\w\u0300-\u036f]+)+(?:-[^\W_]+)*|[^\W_](?:[^\W_]|[\u0300-\u036f])*"
)
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[^\W_]+")
_CODE_MARKS = re.compile(r"[./-]")
# No syllable is longer, nor almost any word.
SYLLABLE = 16
# Parts one phrase from the next among the terms of a field.
NEXT_PHRASE = " | "
# Parts the single words of a long text from its pairs, and those from its accented words.
APART = " | "
# Old and new tone placement of open oa, oe, uy: "hòa" and "hoà" are one word.
_MOVED = {
    f"{first}{second}": moved
    for pair, moved_marks in (
        (("o", "a"), "àáảãạ"), (("o", "e"), "èéẻẽẹ"), (("u", "y"), "ỳýỷỹỵ"),
    )
    for (first, second), moved in [
        ((marked, pair[1]), pair[0] + moved_marks[place])
        for place, marked in enumerate({"o": "òóỏõọ", "u": "ùúủũụ"}[pair[0]])
    ]
}  # fmt: skip
_MOVABLE = re.compile(rf"(?<!q)({'|'.join(_MOVED)})$")


class Token(NamedTuple):
    """One syllable, number or code."""

    exact: str
    folded: str


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text in order; punctuation and symbols vanish."""
    plain = unicodedata.normalize("NFC", text).lower()
    return [
        _syllable(word) if len(word) <= SYLLABLE else _token(word) for word in _TOKEN.findall(plain)
    ]


def locate(text: str) -> list[tuple[int, int]]:
    """Return where each token of a text in normal form (NFC) begins and ends."""
    return [found.span() for found in _TOKEN.finditer(text)]


def _token(word: str) -> Token:
    if word.isascii():
        return Token(word, word)
    exact = _MOVABLE.sub(lambda found: _MOVED[found[1]], word)
    return Token(exact, fold(word))


# Vietnamese has some 7,000 syllables, which come again and again.
_syllable = lru_cache(maxsize=20_000)(_token)


def is_code(folded: str) -> bool:
    """Whether a token is a number or code: never corrected, never folded away."""
    return not folded.isalpha() and any(char.isdigit() for char in folded)


def code_parts(folded: str) -> list[str]:
    """Return the ways in which people write a code: without its marks, and its parts.

    "1.004222" gives "1004222", "004222" and "4222"; a single number gives nothing.
    """
    bare = _CODE_MARKS.sub("", folded)
    if bare == folded:
        return []
    parts = _PARTS.findall(folded)
    if folded.count(".") > 1:
        # "1.012289.000.00.00.H13": the procedure's own code and what an office added.
        procedure = ".".join(parts[:2])
        return [bare, procedure, *code_parts(procedure)]
    short = [part.lstrip("0") for part in parts]
    found = [bare, *(part for part in (*parts, *short) if len(part) > 2)]
    return list(dict.fromkeys(found))


def pairs(tokens: list[str]) -> list[str]:
    """Return neighbouring tokens joined: ["khai", "sinh"] gives ["khai_sinh"]."""
    return [f"{first}_{second}" for first, second in itertools.pairwise(tokens)]


def index_terms(text: str) -> list[str]:
    """Return what an engine without an analysis of its own stores of a text.

    Folded tokens, codes in all their ways of writing, pairs of folded tokens of one line, and exact
    tokens with marks behind "=" so that they never meet folded ones.
    """
    terms: list[str] = []
    for line in text.splitlines():
        tokens = tokenize(line)
        folded = [token.folded for token in tokens]
        terms += folded
        if _DIGIT.search(line):
            terms += [part for token in folded if is_code(token) for part in code_parts(token)]
        terms += pairs(folded)
        terms += [f"={token.exact}" for token in tokens if token.exact != token.folded]
    return terms


def sort_terms(terms: list[str]) -> str:
    """Return the terms of a long text by what they are, so that each is found sooner."""
    accented = [term for term in terms if term[0] == "="]
    pairs = [term for term in terms if "_" in term and term[0] != "="]
    words = [term for term in terms if "_" not in term and term[0] != "="]
    return APART.join([" ".join(words), " ".join(pairs), " ".join(accented)])


def long_text(terms: str) -> tuple[str, str, str]:
    """Return the single words, pairs and accented words of sorted terms, with spaces around.

    Terms that were not sorted may stand anywhere: of those each is the whole.
    """
    words, _, rest = terms.partition(APART)
    pairs, mark, accented = rest.partition(APART)
    return (f" {words} ", f" {pairs} ", f" {accented} ") if mark else (f" {terms} ",) * 3


def single_words(phrase: str) -> list[str]:
    """Return the folded words of the terms of one line: they stand before its pairs."""
    end = phrase.find("_")
    return phrase.split() if end < 0 else phrase[: phrase.rfind(" ", 0, end) + 1].split()
