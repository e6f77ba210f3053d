"""Why a procedure answers a query: the words found in its name, and where the others stand.

Reads the stored snapshot of the procedures that one page of a list shows, asks no question of the
database, and gives plain runs of text: whoever draws them escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from catalogue.choices import Audience
from catalogue.selectors.words import choose, reader_language
from catalogue.text_search import Excerpt, Match, Run, Shown
from cms.core.vietnamese import ELLIPSIS, cut_at_word
from search.analysis import code_parts
from search.asked import phrases_for
from search.engines.candidates import importance
from search.keystrokes import is_syllable
from search.marking import WHOLE, Span, Text, find, may_say, merge
from search.ranking import Rarity
from search.understanding import Concept, Query

VIETNAMESE = settings.LANGUAGE_CODE
NAME_LENGTH = 300
# Letters of an excerpt around what was found, and how much of a procedure is read at most.
BEFORE, AROUND, READ = 45, 130, 8000
# What a name may leave unsaid of a query before a line says where the rest is.
UNSAID = 0.2

# A concept, what it is worth, and the share of it that the name says.
Unsaid = list[tuple[Concept, float, float]]


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a procedure beside its name; only the label of the best one is translated."""

    label: str
    text: str
    lang: str = ""


def explainer(query: Query, weigh: Rarity) -> Callable[[Shown], Match]:
    """Return a function that says of a procedure where the words of `query` stand."""
    wanted = [(concept, importance(concept, weigh)) for concept in query.needed]
    total = sum(worth for _concept, worth in wanted)

    def explain(shown: Shown) -> Match:
        text = Text(cut_at_word(shown.name, NAME_LENGTH))
        is_key = bool({shown.key, *code_parts(shown.key)} & set(query.codes))
        spans: list[Span] = []
        unsaid: Unsaid = []
        for concept, worth in wanted:
            if is_key and concept.typed[0].folded in query.codes:
                continue
            found = find(concept, text)
            spans += found.spans
            if found.worth < WHOLE:
                unsaid.append((concept, worth, found.worth))
        clear = [item for item in unsaid if len(wanted) == 1 or not _is_vague(item[0])]
        excerpt = None
        if _open(clear) > UNSAID * total:
            excerpt = _best_part(shown, clear)
        if excerpt is None and not spans:
            # The accents that were typed stand nowhere: those that the answer has are marked.
            for concept, _worth, _said in unsaid:
                spans += find(concept, text, same_accents=False).spans
        return Match(_runs(text.text, spans), is_key, excerpt)

    return explain


def _is_vague(concept: Concept) -> bool:
    """Whether it is one syllable without accents, which may be many words: "so" is sở, số, sổ."""
    typed = concept.typed[0]
    return (
        all(len(reading.tokens) == 1 for reading in concept.readings)
        and typed.exact == typed.folded
        and is_syllable(typed.folded)
    )


def _open(unsaid: Unsaid) -> float:
    """What the name leaves unsaid."""
    return sum(worth * (WHOLE - said) for _concept, worth, said in unsaid)


def _best_part(shown: Shown, unsaid: Unsaid) -> Excerpt | None:
    """The part that says most of what the name does not; of equals the first."""
    best: Excerpt | None = None
    best_gain, most, read = 0.0, _open(unsaid), 0
    for part in _parts(shown):
        text = Text(part.text[: READ - read])
        read += len(text.text)
        gain, spans = _gain(text, unsaid)
        if gain > best_gain:
            best_gain, best = gain, Excerpt(gettext(part.label), _cut(text.text, spans), part.lang)
        if gain >= most or read >= READ:
            break
    return best


def _gain(text: Text, unsaid: Unsaid) -> tuple[float, list[Span]]:
    """What a text says of that which the name does not; most are put aside at once."""
    gain = 0.0
    spans: list[Span] = []
    for concept, worth, said in unsaid:
        if not may_say(concept, text.folded):
            continue
        found = find(concept, text)
        if found.worth > said:
            gain += worth * (found.worth - said)
            spans += found.spans
    return gain, spans


def _parts(shown: Shown) -> Iterator[Part]:
    """The texts of a procedure in the order in which they matter; empty ones are left out."""
    snapshot, page = shown.snapshot, shown.snapshot["fields"]
    lang = "" if reader_language() == VIETNAMESE else VIETNAMESE
    for part in _all_parts(shown, snapshot, page, lang):
        if part.text:
            yield part


def _all_parts(
    shown: Shown, snapshot: dict[str, Any], page: dict[str, Any], lang: str
) -> Iterator[Part]:
    if page.get("official_name") != shown.name:
        yield Part(_("Name in Vietnamese"), page.get("official_name") or "", lang)
    title = page.get("title") or ""
    if not (page.get("official_name") or "").startswith(title.rstrip(ELLIPSIS)):
        yield Part(_("Also called"), title, lang)
    for phrase in phrases_for(shown.key):
        yield Part(_("People say"), phrase, lang)
    for label, terms in ((_("Sector"), "sectors"), (_("Life event"), "life_events")):
        for _slug, name, english in snapshot[terms]:
            yield Part(label, *choose(name, english))
    yield Part(_("Agency"), shown.agency, shown.agency_lang)
    yield Part(_("Carried out by"), page.get("authority") or "", lang)
    audiences = [str(Audience(code).label) for code in page.get("audiences") or []]
    yield Part(_("For whom"), ", ".join(audiences))
    yield Part(_("In the summary"), page.get("summary") or "", lang)
    for case in snapshot["cases"]:
        yield Part(_("Case"), case["name"], lang)
    for paper in snapshot["documents"]:
        yield Part(_("In the papers"), _sentence(paper["name"], paper["note"]), lang)
    for result in snapshot["results"]:
        yield Part(_("Result"), result["name"], lang)
    for step in snapshot["steps"]:
        yield Part(_("In the steps"), _sentence(step["name"], step["text"]), lang)
    yield Part(_("In the conditions"), strip_tags(page.get("conditions") or ""), lang)


def _sentence(name: str, more: str) -> str:
    return f"{name}. {more}" if name and more else name or more


def _cut(text: str, spans: list[Span]) -> list[Run]:
    """A piece of a text around the first words found, cut between words."""
    first = min(start for start, _end in spans)
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE + 1) + 1
    end = len(text)
    if end - start > AROUND:
        longest = max(AROUND, first - start)
        end = text.find(" ", start + longest)
        end = len(text) if end < 0 else end
    inside = [(a - start, min(b, end) - start) for a, b in spans if start <= a < end]
    runs = _runs(text[start:end].rstrip(" ,;:."), inside)
    head = [Run(ELLIPSIS)] if start else []
    return [*head, *runs, *([Run(ELLIPSIS)] if end < len(text) else [])]


def _runs(text: str, spans: list[Span]) -> list[Run]:
    runs: list[Run] = []
    place = 0
    for start, end in merge(text, spans):
        if start > place:
            runs.append(Run(text[place:start]))
        if end > start:
            runs.append(Run(text[start:end], is_match=True))
        place = end
    if place < len(text):
        runs.append(Run(text[place:]))
    return runs
