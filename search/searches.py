"""Search: from what was typed to pages in order. The one entry for views, commands and benches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from catalogue.text_search import Found, OtherPage
from cms.core.addresses import localise
from search import spelling
from search.analysis import pairs, tokenize
from search.curation import Curation, get_curation
from search.engines import choice, database
from search.engines.candidates import Candidate
from search.excerpts import explainer
from search.models import EVERY_ENTRY, EntryKind, SearchEntry
from search.nearest import fewer_words
from search.ranking import Measure, Rarity, is_spoken_of, rarity
from search.synonyms import Thesaurus
from search.understanding import Query, join_words, understand

# Answers far below the best one are another subject; they would only lengthen the list.
SHARE_OF_BEST = 0.35
# An answer that says less than this of the query is none.
LEAST = 0.25
# A best answer so good is one in any case. Below `UNSURE` it is none if that much of the query is
# missing in it; nor is any below `SURE` if so much of the query is no word that anybody knows.
SURE, UNSURE, MISSING, UNHEARD_OF = 1.0, 0.6, 0.35, 0.4
# Below this even the best answer leaves much of the query open: spelling is then doubted.
DOUBTFUL = 0.9
# A corrected query must answer that much better to be believed.
BETTER = 1.15
LIMIT = 400
# How many other pages stand beside procedures, how good they must be beside the best answer, and
# how many titles lend their accents to a corrected query.
BESIDE, CLOSE, SPELLERS = 4, 0.7, 5
# How many of those that say too little are kept: they show where to look else.
NEAR = 30


@dataclass(frozen=True)
class Hit:
    """One answer."""

    kind: str
    page_id: int
    entry_id: int
    score: float
    is_pinned: bool = False


@dataclass(frozen=True)
class Answers:
    """The answers to a query, best first, and how it was understood.

    `meant` is the query as it was corrected, "" when it was taken as typed; `weak` are those that
    say too little of it to be answers.
    """

    query: Query
    hits: list[Hit] = field(default_factory=list)
    meant: str = ""
    weak: list[Hit] = field(default_factory=list)
    weigh: Rarity = field(default_factory=lambda: rarity({}, 0))

    def of_kind(self, kind: EntryKind) -> list[Hit]:
        """Return the answers of one kind."""
        return [hit for hit in self.hits if hit.kind == kind]

    @property
    def best(self) -> float:
        """The measure of the best answer that nobody pinned."""
        return next((hit.score for hit in self.hits if not hit.is_pinned), 0.0)


@dataclass(frozen=True)
class Searcher:
    """Search in one language, for answers of some kinds or of all, corrected or as typed."""

    language: str
    kinds: frozenset[str] | None = None
    as_typed: bool = False
    curation: Curation = field(default_factory=get_curation)

    @property
    def thesaurus(self) -> Thesaurus:
        """What words may mean."""
        return self.curation.thesaurus

    def search(self, text: str) -> Answers:
        """Return the answers to `text`, pinned ones first; nothing for a text without words."""
        answers = self._find(text)
        pinned = self.pinned(text) or self.pinned(answers.meant)
        if not pinned:
            return answers
        above = {hit.entry_id for hit in pinned}
        rest = [hit for hit in answers.hits if hit.entry_id not in above]
        return replace(answers, hits=[*pinned, *rest])

    def pinned(self, text: str) -> list[Hit]:
        """Return the pages that editors pinned for `text`; only public ones have an entry."""
        ids = self.curation.pinned(text, self.language)
        if not ids:
            return []
        mine = Q(language=self.language) | Q(is_only=True)
        rows = SearchEntry.objects.filter(mine, page_id__in=ids).only("kind", "page_id")
        hits = [Hit(row.kind, row.page_id, row.pk, 0.0, is_pinned=True) for row in rows]
        wanted = [hit for hit in hits if self.kinds is None or hit.kind in self.kinds]
        return sorted(wanted, key=lambda hit: ids.index(hit.page_id))

    def _find(self, text: str) -> Answers:
        query = understand(text, self.thesaurus)
        if not query.concepts:
            return Answers(query)
        answers = self._answer(query)
        if self.as_typed or answers.best >= DOUBTFUL:
            return answers
        corrected = self._corrected(query)
        if corrected is not None and corrected.best > BETTER * answers.best:
            return corrected
        return answers

    def _answer(self, query: Query) -> Answers:
        numbers = self._count({*_terms(query), EVERY_ENTRY})
        # An index that was made before they were counted has no such row.
        total = numbers.pop(EVERY_ENTRY, 0) or SearchEntry.objects.count()
        query = join_words(query, numbers)
        weigh = rarity(numbers, total)
        return self._ranked(query, choice.find_candidates(query, self.language, weigh), weigh)

    def _corrected(self, query: Query) -> Answers | None:
        """The answers to what was probably meant, when the vocabulary supports a correction."""
        count = self._count
        joined = dict(spelling.split_joined(query, count))
        if joined:
            words = [
                " ".join(joined[place]) if place in joined else token.exact
                for place, token in enumerate(query.tokens)
            ]
            meant = " ".join(words)
            return replace(self._answer(understand(meant, self.thesaurus)), meant=meant)
        found = spelling.corrections(query, count, self.thesaurus)
        if not found:
            return None
        meant = spelling.best_spelling(query, found)
        again = self._answer(understand(meant, self.thesaurus))
        if again.best < DOUBTFUL:
            wide = self._answer(spelling.correct(query, found))
            again = max(again, wide, key=lambda answers: answers.best)
        return replace(again, meant=meant)

    def _count(self, terms: set[str]) -> dict[str, int]:
        return database.count_words(terms)

    def _ranked(self, query: Query, candidates: Iterable[Candidate], weigh: Rarity) -> Answers:
        measure = Measure(query, weigh)
        items = {
            item.entry_id: item
            for item in candidates
            if self.kinds is None or item.kind in self.kinds
        }
        found = [
            Hit(item.kind, item.page_id, item.entry_id, measure.score(item.fields))
            for item in items.values()
        ]
        ordered = sorted(found, key=_place)[:LIMIT]
        if not ordered or not _is_answered(measure, ordered[0], items[ordered[0].entry_id]):
            return Answers(query, weak=ordered[:NEAR], weigh=weigh)
        least = max(LEAST, ordered[0].score * SHARE_OF_BEST)
        hits = [
            hit
            for hit in ordered
            if hit.score >= least and is_spoken_of(query, items[hit.entry_id].fields)
        ]
        weak = ordered[len(hits) :] if hits else ordered
        return Answers(query, hits, weak=weak[:NEAR], weigh=weigh)


def _is_answered(measure: Measure, best: Hit, item: Candidate) -> bool:
    """Whether the best answer is one: a query of another world shares some words with anything."""
    if best.score >= SURE or item.kind != EntryKind.PROCEDURE:
        return True
    if measure.unheard_of >= UNHEARD_OF:
        return False
    return best.score >= UNSURE or measure.missing(item.fields) < MISSING


def _place(hit: Hit) -> tuple[float, int]:
    """Best first; sums of the same weights in another order, as each process has, are equal."""
    return -round(hit.score, 9), hit.entry_id


def _terms(query: Query) -> set[str]:
    """All folded words and pairs of a query, of every reading."""
    words = {t.folded for c in query.concepts for r in c.readings for t in r.tokens}
    meant = [c.last.folded for c in query.concepts]
    return words | set(pairs(meant)) | set(pairs([t.folded for t in query.tokens]))


@choice.reader()
def search(
    text: str, language: str, *, kinds: frozenset[str] | None = None, as_typed: bool = False
) -> Answers:
    """Return the answers to `text` in `language`; `as_typed` ones are never corrected."""
    return Searcher(language, kinds, as_typed).search(text)


@choice.reader()
def find_for_list(text: str, as_typed: bool = False) -> Found | None:
    """Answer a list of procedures in the reader's language; other pages stand beside it.

    None while nothing has been indexed yet, as after an upgrade: the list then helps itself.
    """
    language = get_language() or settings.LANGUAGE_CODE
    answers = search(text, language, as_typed=as_typed)
    if not answers.hits and not SearchEntry.objects.exists():
        return None
    procedures = [hit.page_id for hit in answers.of_kind(EntryKind.PROCEDURE)]
    beside = [
        hit
        for hit in answers.hits
        if hit.kind != EntryKind.PROCEDURE and (hit.is_pinned or hit.score >= CLOSE * answers.best)
    ][:BESIDE]
    shown = {hit.entry_id for hit in (*answers.hits[:SPELLERS], *beside)}
    rows = SearchEntry.objects.in_bulk(list(shown))
    others = [_beside(rows[hit.entry_id], language) for hit in beside if hit.entry_id in rows]
    explain = explainer(answers.query, answers.weigh)
    found = Found(procedures, _spell(answers, rows), others, explain)
    return found if procedures else replace(found, **_instead(answers, language))


def _instead(answers: Answers, language: str) -> dict[str, Any]:
    """What to show in place of procedures: those that say a little, and parts that find some."""

    def count(part: str) -> int:
        return len(search(part, language).of_kind(EntryKind.PROCEDURE))

    near = [hit.page_id for hit in answers.weak if hit.kind == EntryKind.PROCEDURE]
    return {"near": near, "fewer": fewer_words(answers.query, answers.weigh, count)}


def _beside(row: SearchEntry, language: str) -> OtherPage:
    lang = "" if row.title_language == language else row.title_language
    return OtherPage(str(EntryKind(row.kind).label), row.title, lang, localise(row.url))


def _spell(answers: Answers, rows: dict[int, SearchEntry]) -> str:
    """What was probably meant, with the accents that the best answers have."""
    if not answers.meant:
        return ""
    titles = [rows[hit.entry_id].title for hit in answers.hits[:SPELLERS] if hit.entry_id in rows]
    spelling = {token.folded: token.exact for title in titles[::-1] for token in tokenize(title)}
    return " ".join(
        spelling.get(token.folded, token.exact) if token.exact == token.folded else token.exact
        for token in tokenize(answers.meant)
    )
