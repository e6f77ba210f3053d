"""Suggestions while somebody types: titles that hold the words, the last of which may go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cms.core.addresses import localise
from cms.core.vietnamese import cut_at_word, fold
from search.analysis import pairs, tokenize
from search.curation import known_words
from search.engines import choice
from search.keystrokes import unconverted
from search.models import EntryKind, SearchEntry
from search.searches import Searcher, search

MOST, TITLE_LENGTH = 8, 120
SHORTEST, LONGEST = 2, 100
# How many letters of a known abbreviation must be typed, and how many letters of length a title may
# be ahead for each level that people come to more often.
ABBREVIATED, LEVEL = 3, 12
ANSWERS = 4


@dataclass(frozen=True)
class Suggestion:
    """A page to go to; `lang` is the language of its title if not the reader's.

    `kind` is said of pages that are no procedures.
    """

    text: str
    lang: str
    url: str
    kind: str


@choice.reader()
def suggest(text: str, language: str) -> list[Suggestion]:
    """Return at most eight pages that `text` may be the beginning of, the likeliest first."""
    if not SHORTEST <= len(text.strip()) <= LONGEST:
        return []
    words = [unconverted(token.folded) or token.folded for token in tokenize(text)]
    if not words:
        return []
    typed = " ".join(words)
    # Words side by side are one term of the index: "khai s" begins "khai_sinh".
    terms = pairs(words) or words
    rows = choice.find_titles(terms, language, goes_on=not text.endswith(" "))
    pinned = [hit.entry_id for hit in Searcher(language).pinned(text)]
    found = {row.pk: row for row in (*_in_order(pinned), *sorted(rows, key=_order(typed)))}
    if len(found) < MOST:
        for known in (*_meanings(typed), text):
            found.update((row.pk, row) for row in _answers(known, language) if row.pk not in found)
    return [_suggestion(row, language) for row in list(found.values())[:MOST]]


def _order(typed: str) -> Callable[[SearchEntry], tuple[bool, float, int]]:
    """Titles that begin with the words first, then the short ones that people come for."""

    def place(row: SearchEntry) -> tuple[bool, float, int]:
        title = fold(row.title)
        return (not title.startswith(typed), len(title) - LEVEL * row.prior, row.pk)

    return place


def _meanings(typed: str) -> list[str]:
    """What abbreviations mean that begin with the only word: "gpl" begins "GPLX"."""
    if " " in typed or len(typed) < ABBREVIATED:
        return []
    meanings = known_words().meanings
    known = sorted(key for key in meanings if len(key) == 1 and key[0].startswith(typed))
    phrases = [
        phrase for key in known[:2] for _said, means in meanings[key] for phrase in means[:1]
    ]
    return [" ".join(token.exact for token in phrase) for phrase in phrases]


def _answers(text: str, language: str) -> list[SearchEntry]:
    return _in_order([hit.entry_id for hit in search(text, language).hits[:ANSWERS]])


def _in_order(ids: list[int]) -> list[SearchEntry]:
    if not ids:
        return []
    rows = SearchEntry.objects.in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _suggestion(row: SearchEntry, language: str) -> Suggestion:
    return Suggestion(
        text=cut_at_word(row.title, TITLE_LENGTH),
        lang="" if row.title_language == language else row.title_language,
        url=localise(row.url),
        kind="" if row.kind == EntryKind.PROCEDURE else str(EntryKind(row.kind).label),
    )
