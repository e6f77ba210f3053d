"""What the page types of the catalogue show: each provider asks one selector."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import (
    AgencyIndexPage,
    AgencyPage,
    GuideIndexPage,
    GuidePage,
    NewsIndexPage,
    NewsPage,
    ProcedurePage,
    StandardPage,
)
from catalogue.selectors import agencies, guides, pages
from catalogue.selectors.loading import Loaded, load
from catalogue.selectors.procedures import show_procedure
from catalogue.selectors.summary import get_summary
from catalogue.selectors.words import Words
from catalogue.structured_data import government_service
from cms.core.addresses import localise
from cms.core.entry_points import Place, list_entry_points
from cms.core.frame_state import frame_of
from cms.core.page_context import register_context

Crumbs = list[dict[str, str]]
NEWS_PER_PAGE = 20


def crumbs(*links: tuple[str | Words, str], here: str | Words) -> Crumbs:
    """The way from the home page to a page; `here` is the page itself, without an address."""
    trail: list[tuple[str | Words, str]] = [(_("Home"), localise("/")), *links, (here, "")]
    return [
        {"label": str(label), "url": url, "lang": getattr(label, "lang", "")}
        for label, url in trail
    ]


def procedure_context(page: ProcedurePage, request: HttpRequest) -> dict[str, Any]:
    """The facts of a procedure, and what other apps offer to do with it."""
    return shown_procedure(load(page), request)


def shown_procedure(loaded: Loaded, request: HttpRequest) -> dict[str, Any]:
    """The context of a procedure's page, whether it is read from the page or its listing."""
    now = timezone.localtime()
    request.nav_path = localise("/thu-tuc/")  # type: ignore[attr-defined]
    procedure = show_procedure(
        loaded, now=now, frame=frame_of(request), counter_id=request.GET.get("noi", "")
    )
    trail: list[tuple[str | Words, str]] = [(_("Procedures"), localise("/thu-tuc/"))]
    if procedure.sectors:
        trail.append((procedure.sectors[0].name, procedure.sectors[0].url))
    base = request.build_absolute_uri("/").rstrip("/")
    return {
        "procedure": procedure,
        "actions": list_entry_points(Place.PROCEDURE_ACTION, request, procedure=procedure),
        "breadcrumbs": crumbs(*trail, here=procedure.name),
        "structured_data": government_service(procedure, base=base),
        "now": now,
    }


def agency_context(page: AgencyPage, request: HttpRequest) -> dict[str, Any]:
    """An agency with its counter, units and procedures."""
    agency = pages.get_agency(page, now=timezone.localtime(), frame=frame_of(request))
    trail = [(parent.name, parent.url) for parent in agency.parents]
    return {
        "agency": agency,
        "breadcrumbs": crumbs(
            (_("Agencies"), localise("/co-quan/")), *trail, here=agency.counter.name
        ),
    }


def agency_index_context(page: AgencyIndexPage, request: HttpRequest) -> dict[str, Any]:
    """All agencies as a tree of names with their numbers of procedures."""
    groups = agencies.group_agencies(get_summary())
    return {"agency_groups": groups, "breadcrumbs": crumbs(here=page.title)}


def guide_context(page: GuidePage, request: HttpRequest) -> dict[str, Any]:
    """A guide with the real accounts of its bank blocks."""
    return {
        "guide": guides.get_guide(page),
        "breadcrumbs": crumbs((_("Guides"), localise("/huong-dan/")), here=page.title),
    }


def guide_index_context(page: GuideIndexPage, request: HttpRequest) -> dict[str, Any]:
    """All guides."""
    return {"guides": pages.list_guides(), "breadcrumbs": crumbs(here=page.title)}


def news_context(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """An item of news."""
    return {"breadcrumbs": crumbs((_("News"), localise("/tin-tuc/")), here=page.title)}


def news_index_context(page: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the news."""
    number = request.GET.get("trang", "1")
    current = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    news = pages.list_news(limit=NEWS_PER_PAGE + 1, offset=(current - 1) * NEWS_PER_PAGE)
    return {
        "news": news[:NEWS_PER_PAGE],
        "previous_page": current - 1,
        "next_page": current + 1 if len(news) > NEWS_PER_PAGE else 0,
        "breadcrumbs": crumbs(here=page.title),
    }


def standard_context(page: StandardPage, request: HttpRequest) -> dict[str, Any]:
    """A plain page."""
    return {"breadcrumbs": crumbs(here=page.title)}


def register() -> None:
    """Give every page type its provider; called once when the app is ready."""
    register_context(ProcedurePage, procedure_context)
    register_context(AgencyPage, agency_context)
    register_context(AgencyIndexPage, agency_index_context)
    register_context(GuidePage, guide_context)
    register_context(GuideIndexPage, guide_index_context)
    register_context(NewsPage, news_context)
    register_context(NewsIndexPage, news_index_context)
    register_context(StandardPage, standard_context)
