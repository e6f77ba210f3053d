"""Screens of the search desk: what people look for, and what they get. A wall guards them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cms.core.frame_state import portal_settings
from search import tasks
from search.explaining import explain
from search.forms import PeriodForm, TryForm
from search.log.figures import Listing, list_asked, list_opened, read_asked, read_opened
from search.models import SearchScore
from search.permissions import may_manage_search
from search.scoring import STYLES, begin_score, is_lost

ROWS = 50


def _draw(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """Draw a screen below the breadcrumbs of the search."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    trail = [home, {"url": "", "label": title}]
    context.update(page_title=title, header_title=title, header_icon="search")
    context.setdefault("media", Media())
    return render(request, name, {**context, "breadcrumbs_items": trail})


def _refuse_strangers(request: HttpRequest) -> None:
    if not may_manage_search(request.user):
        raise PermissionDenied


@require_GET
def queries(request: HttpRequest) -> HttpResponse:
    """List what people look for, by one of four questions."""
    _refuse_strangers(request)
    form = PeriodForm(request.GET)
    listing, days, language = form.choices()
    is_opened = listing is Listing.OPENED
    found = list_opened(days, language) if is_opened else list_asked(listing, days, language)
    page = Paginator(found, ROWS).get_page(request.GET.get("p"))
    rows = list(page)
    labels = {
        Listing.POPULAR: _("Most asked"),
        Listing.EMPTY: _("Without an answer"),
        Listing.UNOPENED: _("Answers that nobody opens"),
        Listing.OPENED: _("What is opened"),
    }
    return _draw(
        request,
        "search/admin/queries.html",
        _("What people look for"),
        form=form,
        listing=listing.value,
        listings=[(code.value, label, code is listing) for code, label in labels.items()],
        listing_label=labels[listing],
        days=days,
        language=language,
        asked=[] if is_opened else read_asked(rows, days),
        opened=read_opened(rows) if is_opened else [],
        items=page,
        query=f"list={listing.value}&days={days}&language={language}&",
        is_recorded=portal_settings().tells_of_searches(),
    )


@require_GET
def try_query(request: HttpRequest) -> HttpResponse:
    """Show how a query is understood, and its first answers."""
    _refuse_strangers(request)
    form = TryForm(request.GET or None)
    explained = None
    if form.is_valid():
        explained = explain(form.cleaned_data["q"], form.cleaned_data["language"])
    title = _("Try a query")
    return _draw(request, "search/admin/try.html", title, form=form, explained=explained)


@require_GET
def score(request: HttpRequest) -> HttpResponse:
    """Show what the judged set has given, and let the worker ask it again."""
    _refuse_strangers(request)
    runs = list(SearchScore.objects.select_related("started_by")[:10])
    latest = next((run for run in runs if run.finished_at), None)
    waiting = bool(runs) and runs[0].finished_at is None and not is_lost(runs[0])
    return _draw(
        request,
        "search/admin/score.html",
        _("Judged set"),
        runs=[(run, is_lost(run)) for run in runs],
        latest=latest,
        figures=_figures(latest),
        misses=[
            (STYLES.get(style, style), query)
            for style, query in (latest.figures["misses"] if latest else [])
        ],
        left_out=latest.figures["left_out"] if latest else 0,
        is_waiting=waiting,
    )


@require_POST
def start_score(request: HttpRequest) -> HttpResponse:
    """Let the worker ask the judged set."""
    _refuse_strangers(request)
    run = begin_score(request.user)
    tasks.measure_search.enqueue(run.pk)
    return redirect("search_desk:score")


def _figures(run: SearchScore | None) -> list[tuple[str, list[str]]]:
    """Rows of the table: all queries, then each style."""
    if run is None:
        return []
    rows = [(_("All"), run.figures["all"]), *run.figures["styles"].items()]
    return [(str(STYLES.get(name, name)), _cells(figures)) for name, figures in rows]


def _cells(figures: dict[str, float]) -> list[str]:
    shares = [f"{figures[name] * 100:.0f} %" for name in ("hit@1", "hit@5", "hit@10")]
    ranks = [f"{figures[name]:.2f}".replace(".", ",") for name in ("MRR@10", "nDCG@10")]
    times = [f"{figures[name]:.0f} ms" for name in ("p50 ms", "p95 ms")]
    return [str(figures["queries"]), *shares, *ranks, *times]
