"""Pages of the catalogue that are not Wagtail pages: lists, terms, law, downloads.

Each view reads the request, asks a selector, and draws the answer.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import quote

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.bundles import forms_bundle
from catalogue.choices import Audience
from catalogue.contexts import crumbs, shown_procedure
from catalogue.filters import AGENCY_PREFIX, Filters
from catalogue.models import FacetKind
from catalogue.selectors.elsewhere import look_elsewhere
from catalogue.selectors.listings import ProcedureList, list_procedures
from catalogue.selectors.loading import Loaded, find_by_key, find_snapshot
from catalogue.selectors.pages import get_legal_document, list_procedures_citing
from catalogue.selectors.procedures import show_procedure
from catalogue.selectors.summary import Summary, get_summary
from catalogue.selectors.words import Link, Words
from catalogue.text_search import tell_asked
from cms.core.addresses import localise
from cms.core.entry_points import Place, list_entry_points
from cms.core.frame_state import frame_of
from cms.core.paging import build_paging

# An agency and the procedure: "co-quan/so-y-te/dang-ky/".
PROCEDURE_DEPTH = 3


def _list_context(
    request: HttpRequest, summary: Summary, fixed: dict[str, str] | None = None
) -> dict[str, Any]:
    filters = Filters(request.GET, summary, path=request.path, fixed=fixed)
    agency_names = summary.agency_names
    result = list_procedures(
        filters.query,
        summary_counts=(summary.total, summary.counts),
        agency_names=agency_names,
    )
    return {
        "elsewhere": None if result.total else _elsewhere(filters, result, summary, agency_names),
        "as_typed_url": filters.url(as_typed=True),
        "filters": filters,
        "groups": filters.groups(result.facet_counts),
        "chips": filters.chips(),
        "sorts": filters.sorts(),
        "result": result,
        "paging": build_paging(result.page, result.pages, lambda number: filters.url(page=number)),
        "agency_names": agency_names,
        "opened_url": "",
    }


def _elsewhere(
    filters: Filters, result: ProcedureList, summary: Summary, agency_names: dict[str, Words]
) -> dict[str, Any]:
    """What an empty list shows instead, with its addresses."""
    found = result.found
    offers = look_elsewhere(
        filters.query, found, summary, fixed=filters.fixed, agency_names=agency_names
    )
    everywhere = localise("/thu-tuc/")
    return {
        "offers": offers,
        "unfiltered_url": filters.url_without(),
        "everywhere_url": f"{everywhere}?q={quote(filters.text)}",
        "sectors_url": localise("/linh-vuc/"),
        "fewer": [
            Link(Words(text), filters.url_without(text), number)
            for text, number in (found.fewer if found else [])
        ],
    }


@require_safe
def procedure_list(request: HttpRequest) -> HttpResponse:
    """All procedures, filtered by what the address says."""
    context = _list_context(request, get_summary())
    heading = _("Procedures")
    context.update(heading=heading, breadcrumbs=crumbs(here=heading))
    filters, result = context["filters"], context["result"]
    if filters.is_new_text:
        others = len(result.found.others) if result.found else 0
        tell_asked(request, filters.text, result.total + others)
    if filters.text:
        entries = list_entry_points(Place.OPENED_RESULT, request)
        context["opened_url"] = next((entry.url for entry in entries), "")
    return render(request, "catalogue/procedure_list.html", context)


@require_safe
def procedure_by_key(request: HttpRequest, key: str) -> HttpResponse:
    """The short address of a procedure, for ever."""
    listing = find_by_key(key)
    if listing is None:
        raise Http404
    # A code may move to another page (a former code), so browsers must ask again.
    return redirect(localise(listing.url))


def procedure_page(request: HttpRequest, path: str) -> HttpResponse | None:
    """The page of a live Vietnamese procedure from its listing; None for another address."""
    if path.count("/") < PROCEDURE_DEPTH or not path.startswith(AGENCY_PREFIX.lstrip("/")):
        return None
    snapshot = find_snapshot(f"/{path}")
    if snapshot is None:
        return None
    context = shown_procedure(Loaded(snapshot), request)
    return render(request, "catalogue/procedure_page.html", context)


@require_safe
def procedure_forms(request: HttpRequest, key: str) -> HttpResponse:
    """All blank forms of a procedure in one file."""
    listing = find_by_key(key)
    if listing is None:
        raise Http404
    frame = frame_of(request)
    procedure = show_procedure(Loaded(listing.snapshot), now=timezone.localtime(), frame=frame)
    bundle = forms_bundle(procedure)
    if bundle is None:
        raise Http404
    response = HttpResponse(bundle.content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{bundle.filename}"'
    return response


@require_safe
def procedure_qr(request: HttpRequest, key: str) -> HttpResponse:
    """A QR code of the short address, as SVG."""
    listing = find_by_key(key)
    if listing is None:
        raise Http404
    address = request.build_absolute_uri(localise(f"/thu-tuc/{listing.key}/"))
    code = segno.make(address, error="m")
    picture = BytesIO()
    title = _("QR code of this procedure")
    code.save(picture, kind="svg", scale=4, border=2, xmldecl=False, title=title)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_safe
def term_index(request: HttpRequest, kind: FacetKind) -> HttpResponse:
    """All sectors, or all life events."""
    summary = get_summary()
    links = summary.sectors() if kind == FacetKind.SECTOR else summary.life_events()
    heading = _("Sectors") if kind == FacetKind.SECTOR else _("Life events")
    context = {
        "heading": heading,
        "links": links,
        "kind": kind.value,
        "breadcrumbs": crumbs(here=heading),
    }
    return render(request, "catalogue/term_index.html", context)


@require_safe
def term(request: HttpRequest, kind: FacetKind, slug: str) -> HttpResponse:
    """The procedures of one sector or life event."""
    summary = get_summary()
    is_sector = kind == FacetKind.SECTOR
    links = summary.sectors(empty=True) if is_sector else summary.life_events()
    link = next((link for link in links if link.value == slug), None)
    if link is None:
        raise Http404
    parent = (_("Sectors"), "/linh-vuc/") if is_sector else (_("Life events"), "/su-kien/")
    context = _list_context(request, summary, {kind.value: slug})
    return _term_page(request, link, parent, context)


@require_safe
def audience(request: HttpRequest, code: str) -> HttpResponse:
    """The procedures for one audience."""
    value = code.replace("-", "_")
    if value not in Audience.values or "_" in code:
        raise Http404
    link = Link(Words(str(Audience(value).label)), request.path)
    summary = get_summary()
    parent = (_("Procedures"), "/thu-tuc/")
    context = _list_context(request, summary, {FacetKind.AUDIENCE.value: value})
    return _term_page(request, link, parent, context)


def _term_page(
    request: HttpRequest, link: Link, parent: tuple[str, str], context: dict[str, Any]
) -> HttpResponse:
    trail = crumbs((parent[0], localise(parent[1])), here=link.name)
    context.update(heading=link.name, breadcrumbs=trail)
    return render(request, "catalogue/term.html", context)


@require_safe
def legal_document(request: HttpRequest, slug: str) -> HttpResponse:
    """A legal document and the procedures that cite it."""
    document = get_legal_document(slug)
    if document is None:
        raise Http404
    context = {
        "document": document,
        "procedures": list_procedures_citing(document),
        "breadcrumbs": crumbs((_("Procedures"), localise("/thu-tuc/")), here=document.number),
    }
    return render(request, "catalogue/legal_document.html", context)
