"""What is indexed: one flat entry a published page and language, read from the catalogue.

Both engines index the same entries. Only what the catalogue's read tables and selectors give is
read, and these hold live, public pages alone; nothing private can get in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from catalogue.choices import Audience, AuthorityLevel
from catalogue.models import AgencyCard, FacetKind, ProcedureListing
from catalogue.selectors.articles import (
    Article,
    english_texts,
    list_guide_articles,
    list_news_articles,
    other_agency_names,
)
from cms.core.addresses import ENGLISH
from cms.core.vietnamese import cut_at_word
from search.analysis import NEXT_PHRASE, index_terms, sort_terms
from search.asked import essential_keys, phrases_for
from search.models import EntryKind, SearchEntry

VIETNAMESE = settings.LANGUAGE_CODE
LANGUAGES = (VIETNAMESE, ENGLISH)
# A page says most in its first words; a whole book would only slow the ranking down.
BODY_TERMS = 1500
SUMMARY = 240
BATCH = 200
REPEALED = -13.0
# Beside the level: what most people come for.
MUCH_NEEDED = 2.4
LEVELS: dict[str, float] = {
    AuthorityLevel.COMMUNE: 1.0,
    AuthorityLevel.PROVINCE: 0.5,
    AuthorityLevel.MINISTRY: -1.0,
}


@dataclass(frozen=True)
class Entry:
    """The words of one page in one language, by what they are worth."""

    kind: str
    page_id: int
    language: str
    is_only: bool
    url: str
    title: str
    title_language: str
    summary: str
    names: str
    place: str
    body: str
    asked: tuple[str, ...]
    prior: float
    sort_key: str

    def as_row(self) -> SearchEntry:
        """Return the row of the built-in index."""
        plain = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in {"names", "place", "body", "asked"}
        }
        return SearchEntry(
            **plain,
            title_terms=_join(self.title),
            names_terms=_join(self.names),
            place_terms=_join(self.place),
            body_terms=sort_terms(_terms(self.body)[:BODY_TERMS]),
            asked_terms=NEXT_PHRASE.join(_join(phrase) for phrase in self.asked),
        )


def _terms(text: str) -> list[str]:
    """Terms once each, in order."""
    return list(dict.fromkeys(index_terms(text)))


def _join(text: str) -> str:
    return " ".join(_terms(text))


def procedure_entries(page_ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Yield the entries of listed procedures, of all or of some Vietnamese pages."""
    rows = ProcedureListing.objects.order_by("pk").prefetch_related("facets")
    if page_ids is not None:
        rows = rows.filter(pk__in=list(page_ids))
    agencies = dict(AgencyCard.objects.values_list("pk", "name"))
    for batch in batched(rows.iterator(chunk_size=BATCH), BATCH):
        english = english_texts([row.pk for row in batch])
        for row in batch:
            agency = agencies.get(row.agency_id, "")
            own = english.get(row.pk)
            yield _procedure(row, VIETNAMESE, agency, None, is_only=not row.name_en and own is None)
            if row.name_en or own:
                yield _procedure(row, ENGLISH, agency, own)


def batched(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield lists of at most `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _procedure(
    row: ProcedureListing,
    language: str,
    agency: str,
    english: tuple[str, str] | None,
    *,
    is_only: bool = False,
) -> Entry:
    snapshot, page = row.snapshot, row.snapshot["fields"]
    has_own = language == VIETNAMESE or bool(row.name_en)
    own_summary, own_text = english or ("", "")
    return Entry(
        kind=EntryKind.PROCEDURE,
        page_id=row.pk,
        language=language,
        is_only=is_only,
        url=row.url,
        title=row.name_en if language == ENGLISH and row.name_en else row.name,
        title_language=language if has_own else VIETNAMESE,
        summary=cut_at_word(own_summary or page.get("summary") or "", SUMMARY),
        names=_lines(row.key, page.get("title"), row.name if language == ENGLISH else ""),
        place=_lines(*_places(row, page, agency)),
        body=_lines(own_summary, own_text, *_texts(snapshot, page)),
        asked=phrases_for(row.key),
        prior=REPEALED if row.is_repealed else _prior(row),
        sort_key=row.sort_key,
    )


def _prior(row: ProcedureListing) -> float:
    """What people come for more often: the commune's counter, then the province's."""
    levels = [facet.value for facet in row.facets.all() if facet.kind == FacetKind.AUTHORITY]
    nearest = max((LEVELS.get(level, 0.0) for level in levels), default=0.0)
    return nearest + MUCH_NEEDED * (row.key in essential_keys())


def _places(row: ProcedureListing, page: dict[str, Any], agency: str) -> list[Any]:
    """Where a procedure belongs: sectors, life events, agency."""
    terms = [*row.snapshot["sectors"], *row.snapshot["life_events"]]
    names = [name for _slug, *names in terms for name in names]
    return [*names, agency, page.get("authority")]


def _texts(snapshot: dict[str, Any], page: dict[str, Any]) -> list[Any]:
    """All that a procedure's page says of papers, cases, results and steps."""
    conditions = strip_tags(page.get("conditions") or "")
    # For whom it is, and whose it is, is said of thousands: in a place of honour it says nothing.
    audiences = [str(Audience(code).label) for code in page.get("audiences") or []]
    return [
        page.get("ministry"),
        *audiences,
        page.get("summary"),
        conditions,
        *(f"{paper['name']}. {paper['note']}" for paper in snapshot["documents"]),
        *(case["name"] for case in snapshot["cases"]),
        *(result["name"] for result in snapshot["results"]),
        *(f"{step['name']}. {step['text']}" for step in snapshot["steps"]),
    ]


def agency_entries() -> Iterator[Entry]:
    """Yield the entries of all public agencies and units."""
    others = other_agency_names()
    for card in AgencyCard.objects.order_by("pk"):
        address = card.details.get("address") or ""
        for language in LANGUAGES if card.name_en else (VIETNAMESE,):
            yield Entry(
                kind=EntryKind.AGENCY,
                page_id=card.pk,
                language=language,
                is_only=not card.name_en,
                url=card.url,
                title=card.name_en if language == ENGLISH else card.name,
                title_language=language,
                summary=address,
                names=_lines(card.name, others.get(card.pk), card.details.get("counter_name")),
                place="",
                body=address,
                asked=(),
                prior=0.0,
                sort_key=card.sort_key,
            )


ARTICLES = {EntryKind.GUIDE: list_guide_articles, EntryKind.NEWS: list_news_articles}


def article_entries(kind: EntryKind) -> Iterator[Entry]:
    """Yield the entries of guides or of news."""
    for article in ARTICLES[kind]():
        for language in article.words:
            yield _article(kind, article, language)


def _article(kind: EntryKind, article: Article, language: str) -> Entry:
    own = article.words[language]
    return Entry(
        kind=kind,
        page_id=article.page_id,
        language=language,
        is_only=len(article.words) == 1,
        url=article.url,
        title=own.title,
        title_language=language,
        summary=cut_at_word(own.introduction, SUMMARY),
        names=article.words[VIETNAMESE].title if language == ENGLISH else "",
        place="",
        body=_lines(own.introduction, own.text),
        asked=(),
        prior=0.0,
        sort_key=article.sort_key,
    )


def _lines(*texts: Any) -> str:
    """Texts apart from each other, so that no pair is made across them."""
    return " \n ".join(str(text) for text in texts if text)
