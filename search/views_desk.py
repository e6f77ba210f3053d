"""Screens of the search desk: how a query is understood and answered. Admin only; a wall guards."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from search.explaining import explain
from search.forms import TryForm
from search.permissions import may_manage_search


def _draw(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """Draw a screen below the breadcrumbs of the search; refuse whoever has no right to it."""
    if not may_manage_search(request.user):
        raise PermissionDenied
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    trail = [home, {"url": "", "label": title}]
    context.update(page_title=title, header_title=title, header_icon="search")
    context.setdefault("media", Media())
    return render(request, name, {**context, "breadcrumbs_items": trail})


@require_GET
def try_query(request: HttpRequest) -> HttpResponse:
    """Show how a query is understood, and its first answers."""
    form = TryForm(request.GET or None)
    explained = None
    if form.is_valid():
        explained = explain(form.cleaned_data["q"], form.cleaned_data["language"])
    title = _("Try a query")
    return _draw(request, "search/admin/try.html", title, form=form, explained=explained)
