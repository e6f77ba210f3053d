"""What the search makes of a query, in words: for editors who wonder why it answers as it does."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.core.addresses import localise
from search.analysis import Token
from search.models import EntryKind, SearchEntry
from search.searches import Hit, search
from search.understanding import EXPANSION, FILLER, KEYSTROKES, Concept, Reading

SHOWN = 10


@dataclass(frozen=True)
class Part:
    """One part of a query: what was typed, how it counts, and what it may also mean."""

    typed: str
    role: str
    others: list[str]


@dataclass(frozen=True)
class Answer:
    """One answer in its place."""

    place: int
    title: str
    kind: str
    url: str
    score: str
    is_pinned: bool


@dataclass(frozen=True)
class Explained:
    """How a query was understood, and its first answers."""

    text: str
    language: str
    meant: str
    parts: list[Part]
    answers: list[Answer]
    total: int


def explain(text: str, language: str) -> Explained:
    """Return what the search makes of `text`."""
    answers = search(text, language)
    parts = [_part(concept) for concept in answers.query.concepts]
    shown = _answers(answers.hits[:SHOWN], language)
    return Explained(text, language, answers.meant, parts, shown, len(answers.hits))


def _part(concept: Concept) -> Part:
    first, *rest = concept.readings
    others = [_words(reading.tokens) for reading in rest if reading.tokens != first.tokens]
    return Part(_words(first.tokens), _role(concept, first, rest), others)


def _role(concept: Concept, first: Reading, rest: list[Reading]) -> str:
    if concept.weight <= FILLER:
        return _("Question word, hardly counts")
    if first.is_word:
        return _("Syllables of one word")
    weights = {reading.weight for reading in rest}
    if EXPANSION in weights:
        return _("Known words, also searched as")
    if KEYSTROKES in weights:
        return _("Unconverted keys, read as")
    return pgettext("part of a query", "Word")


def _words(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.exact for token in tokens)


def _answers(hits: list[Hit], language: str) -> list[Answer]:
    rows = SearchEntry.objects.defer("body_terms").in_bulk([hit.entry_id for hit in hits])
    shown = []
    for place, hit in enumerate(hits, start=1):
        row = rows.get(hit.entry_id)
        if row is None:
            continue
        kind = str(EntryKind(row.kind).label)
        score = "" if hit.is_pinned else f"{hit.score:.2f}".replace(".", ",")
        url = localise(row.url, language)
        shown.append(Answer(place, row.title, kind, url, score, hit.is_pinned))
    return shown
