"""The words of guides, news and procedures in each language, for whoever indexes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from catalogue.models import AgencyPage, GuidePage, NewsPage, ProcedurePage
from cms.core.addresses import path_below_home

VIETNAMESE = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class ArticleWords:
    """What an article says in one language."""

    title: str
    introduction: str
    text: str


@dataclass(frozen=True)
class Article:
    """A live, public Vietnamese page and its words by language; the translation only if live."""

    page_id: int
    url: str
    sort_key: str
    words: dict[str, ArticleWords]


def list_guide_articles() -> list[Article]:
    """Return all public guides."""
    return _list_articles(GuidePage, "parts")


def list_news_articles() -> list[Article]:
    """Return all public news; expired ones are not live."""
    return _list_articles(NewsPage, "body")


def _list_articles(model: type[Any], stream: str) -> list[Article]:
    pages = model.objects.filter(live=True, locale__language_code=VIETNAMESE).public()
    others = model.objects.filter(live=True, alias_of=None).exclude(
        locale__language_code=VIETNAMESE
    )
    translated: dict[Any, dict[str, ArticleWords]] = {}
    for page in others.select_related("locale").order_by("pk"):
        words = translated.setdefault(page.translation_key, {})
        words[page.locale.language_code] = _words(page, stream)
    return [
        Article(
            page_id=page.pk,
            url=path_below_home(page.url_path),
            sort_key=page.sort_key,
            words={VIETNAMESE: _words(page, stream), **translated.get(page.translation_key, {})},
        )
        for page in pages.order_by("pk")
    ]


def _words(page: Any, stream: str) -> ArticleWords:
    value = getattr(page, stream)
    text = "\n".join(value.stream_block.get_searchable_content(value))
    return ArticleWords(page.title, page.introduction, text)


def english_texts(page_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return (summary, all other words) of live translations by Vietnamese procedure page."""
    sources = dict(
        ProcedurePage.objects.filter(pk__in=list(page_ids)).values_list("translation_key", "pk")
    )
    pages = ProcedurePage.objects.filter(
        translation_key__in=sources, live=True, alias_of=None
    ).exclude(locale__language_code=VIETNAMESE)
    pages = pages.prefetch_related("documents", "steps", "results", "cases").order_by("pk")
    return {sources[page.translation_key]: (page.summary, _row_words(page)) for page in pages}


def _row_words(page: ProcedurePage) -> str:
    rows = [
        *(f"{row.name}. {row.note}" for row in page.documents.all()),
        *(f"{row.name}. {row.text}" for row in page.steps.all()),
        *(row.name for row in page.results.all()),
        *(row.name for row in page.cases.all()),
    ]
    return "\n".join(rows)


def other_agency_names() -> dict[int, str]:
    """Return the other names that people know agencies by, by page."""
    pages = AgencyPage.objects.filter(live=True, locale__language_code=VIETNAMESE)
    return dict(pages.exclude(other_names="").values_list("pk", "other_names"))
