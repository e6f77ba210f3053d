"""What agencies, guides, news and legal documents show, and their lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from catalogue.agency_facts import build_details
from catalogue.choices import AgencyKind
from catalogue.models import (
    AgencyPage,
    FacetKind,
    GuideIndexPage,
    GuidePage,
    LegalDocument,
    NewsPage,
    ProcedureListing,
    StandardPage,
)
from catalogue.selectors.agencies import CounterView, get_counter, show_details
from catalogue.selectors.listings import (
    ListQuery,
    ProcedureList,
    ProcedureRow,
    list_procedures,
    rows_of,
)
from catalogue.selectors.summary import AgencyTerm, get_summary
from catalogue.selectors.words import Link, Words, choose, reader_language
from cms.core.addresses import ENGLISH, localise, page_url, path_below_home
from cms.core.calendar import Closure, calendar_from
from cms.core.frame_state import State

# What a line of a list needs of its page.
LINE_FIELDS = ("title", "introduction", "url_path", "translation_key")

# How many sectors an agency page opens with their procedures.
AGENCY_PROCEDURES = 10

NEWS_ORDER = ("-date", "-pk")
# The portal's own guides stand less deep in the tree than those of agencies.
GUIDE_ORDER = ("depth", "position", "sort_key", "pk")

# How many news the home page names.
HEADLINES = 3


@dataclass(frozen=True)
class AgencyView:
    """An agency with its counter, its units and its procedures."""

    counter: CounterView
    source: AgencyPage
    kind: str
    identifier: str
    parents: list[AgencyTerm]
    units: list[AgencyTerm]
    guides: list[Link]
    procedures: ProcedureList
    procedures_url: str
    received_through: AgencyTerm | None
    description: Words
    responsibilities: Words
    sectors: list[Link]
    closure: Closure | None


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A line of the list of news."""

    title: Words
    url: str
    date: date
    introduction: Words


def get_agency(page: AgencyPage, *, now: datetime, frame: State) -> AgencyView:
    """Return what the page of an agency shows; facts come from the Vietnamese page."""
    source = _source(page)
    summary = get_summary()
    agencies = {agency.id: agency for agency in summary.agencies}
    me = agencies.get(str(source.pk))
    english = page if page is not source and not page.alias_of_id else None
    facet_id, through = _received_as(source, agencies)
    procedures = list_procedures(
        ListQuery(facets={FacetKind.AGENCY.value: (facet_id,)}, per_page=AGENCY_PROCEDURES)
    )
    counts = procedures.facet_counts.get(FacetKind.SECTOR.value, {})
    return AgencyView(
        counter=_counter(source),
        source=source,
        kind=source.kind,
        identifier=source.official_identifier,
        parents=_parents(me, agencies),
        guides=_list_guides_below(source, frame),
        units=[agency for agency in agencies.values() if agency.parent_id == str(source.pk)],
        procedures=procedures,
        procedures_url=_filter_of(facet_id, agencies),
        received_through=through,
        description=choose(source.description, english.description if english else ""),
        responsibilities=choose(
            source.responsibilities, english.responsibilities if english else ""
        ),
        sectors=[
            Link(link.name, link.url, counts[link.value], value=link.value)
            for link in summary.sectors()
            if link.value in counts
        ],
        closure=calendar_from(frame["corrections"]).next_closure(
            timezone.localdate(now), reader_language()
        ),
    )


def _source(page: AgencyPage) -> AgencyPage:
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    pages = AgencyPage.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    return pages.first() or page


def _counter(source: AgencyPage) -> CounterView:
    """The listed counter, or one made from the page itself for a preview."""
    if not getattr(source, "_cluster_related_objects", None):
        listed = get_counter(source.pk)
        if listed is not None:
            return listed
    details = build_details([source])
    return show_details(
        details, id=str(source.pk), name=choose(source.title, ""), url=page_url(source)
    )


def _received_as(
    source: AgencyPage, agencies: dict[str, AgencyTerm]
) -> tuple[str, AgencyTerm | None]:
    """The agency whose procedures are received here: for a commune counter, its group."""
    me = agencies.get(str(source.pk))
    parent = agencies.get(me.parent_id) if me else None
    if source.kind == AgencyKind.COMMUNE and parent and parent.kind == AgencyKind.GROUP:
        return parent.id, parent
    return str(source.pk), None


def _filter_of(facet_id: str, agencies: dict[str, AgencyTerm]) -> str:
    """The filter of the list of procedures: an agency is named by its path there."""
    agency = agencies.get(facet_id)
    path = agency.url.removeprefix(localise("/co-quan/")).strip("/") if agency else ""
    return f"?co-quan={path}"


def _parents(me: AgencyTerm | None, agencies: dict[str, AgencyTerm]) -> list[AgencyTerm]:
    chain: list[AgencyTerm] = []
    while me is not None and me.parent_id in agencies:
        me = agencies[me.parent_id]
        chain.insert(0, me)
    return chain


def _with_translations(
    model: type[Any],
    order: Sequence[str],
    window: slice = slice(None),
    *,
    language: str,
    some_are_restricted: bool = True,
    **filters: Any,
) -> list[tuple[Any, Any]]:
    """Pairs (public Vietnamese page, its live page in `language` or None), cut to `window`."""
    pages = model.objects.filter(
        live=True, locale__language_code=settings.LANGUAGE_CODE, **filters
    ).order_by(*order)
    if some_are_restricted:
        pages = pages.public()
    pages = pages.only(*LINE_FIELDS, *(name.lstrip("-") for name in order))
    found = list(pages[window])
    if language == settings.LANGUAGE_CODE or not found:
        return [(page, None) for page in found]
    translations = model.objects.filter(
        translation_key__in=[page.translation_key for page in found],
        locale__language_code=language,
        live=True,
        alias_of=None,
    ).only(*LINE_FIELDS)
    by_key = {page.translation_key: page for page in translations}
    return [(page, by_key.get(page.translation_key)) for page in found]


def list_guides() -> list[tuple[Link, Words]]:
    """Return links to the guides, with their introductions."""
    return [
        (
            Link(choose(page.title, own.title if own else ""), page_url(page)),
            choose(page.introduction, own.introduction if own else ""),
        )
        for page, own in _with_translations(GuidePage, GUIDE_ORDER, language=reader_language())
    ]


def list_related_guides(ids: Sequence[int], frame: State) -> list[Link]:
    """Return links to the live guides among `ids`."""
    return _guide_links(frame, pk__in=ids)


def _list_guides_below(agency: AgencyPage, frame: State) -> list[Link]:
    """Links to the agency's own guides; those of its units stand on their pages."""
    depth = agency.depth + 1
    return _guide_links(frame, path__startswith=agency.path, depth=depth) if agency.path else []


def _guide_links(frame: State, **filters: Any) -> list[Link]:
    found = _with_translations(
        GuidePage,
        GUIDE_ORDER,
        language=reader_language(),
        some_are_restricted=frame["has_restrictions"],
        **filters,
    )
    return [
        Link(choose(page.title, own.title if own else ""), page_url(page)) for page, own in found
    ]


def list_news(*, limit: int = 20, offset: int = 0) -> list[NewsItem]:
    """Return news, newest first; expired items are not live."""
    window = slice(offset, offset + limit)
    pairs = _with_translations(NewsPage, NEWS_ORDER, window, language=reader_language())
    return [
        NewsItem(
            title=choose(page.title, own.title if own else ""),
            url=page_url(page),
            date=page.date,
            introduction=choose(page.introduction, own.introduction if own else ""),
        )
        for page, own in pairs
    ]


def build_headlines() -> dict[str, Any]:
    """What the home page names, for the frame's row.

    `news` are rows [title, English title, path, date], newest first; `guide` is such a row of the
    portal's first guide without a date, or None.
    """
    news = _with_translations(NewsPage, NEWS_ORDER, slice(HEADLINES), language=ENGLISH)
    indexes = GuideIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    own = {"path__startswith": index.path} if (index := indexes.first()) else {"pk": None}
    guide = _with_translations(GuidePage, GUIDE_ORDER, slice(1), language=ENGLISH, **own)
    rows = [[*_headline(page, own), page.date.isoformat()] for page, own in news]
    return {"news": rows, "guide": _headline(*guide[0]) if guide else None}


def _headline(page: Any, english: Any) -> list[str]:
    return [page.title, english.title if english else "", path_below_home(page.url_path)]


def list_headlines(frame: State) -> list[NewsItem]:
    """Return the newest news, without introductions."""
    return [
        NewsItem(choose(title, english), localise(path), date.fromisoformat(day), Words(""))
        for title, english, path, day in frame["headlines"]["news"]
    ]


def first_guide(frame: State) -> Link | None:
    """Return the guide that stands first."""
    row = frame["headlines"]["guide"]
    return Link(choose(row[0], row[1]), localise(row[2])) if row else None


def build_footer() -> list[list[str]]:
    """Rows [title, English title, path] of plain pages in the footer, for the frame's row."""
    pages = StandardPage.objects.filter(live=True, in_footer=True)
    own = pages.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("sort_key", "pk")
    others = pages.filter(alias_of=None).exclude(locale__language_code=settings.LANGUAGE_CODE)
    english = dict(others.values_list("translation_key", "title"))
    return [
        [page.title, english.get(page.translation_key, ""), path_below_home(page.url_path)]
        for page in own
    ]


def list_footer_pages(rows: list[list[str]]) -> list[Link]:
    """Return the plain pages that editors put into the footer."""
    return [Link(choose(title, english), localise(path)) for title, english, path in rows]


def get_legal_document(slug: str) -> LegalDocument | None:
    """Return a legal document by its address."""
    return LegalDocument.objects.select_related("replaced_by").filter(slug=slug).first()


def list_procedures_citing(document: LegalDocument) -> list[ProcedureRow]:
    """Return the live procedures that cite a legal document."""
    ids = ProcedureListing.objects.filter(page__legal_bases=document).order_by("sort_key", "key")
    return rows_of(list(ids.values_list("pk", flat=True)))
