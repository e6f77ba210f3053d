"""A form whose security mark no longer counts: nobody's work is lost over it.

So it happens to who leaves a form open and signs in again beside it. What was typed is kept for the
person whom the form was drawn for, as over a sign-in, and shown again; nothing is carried out.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.csrf import csrf_failure

from services.accounts.views import kept
from services.accounts.views.frames import PersonalPage


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Show the form of a personal page again with what was typed; else say that it has expired."""
    view = _page(request)
    if view is not None and view.own_form and kept.keep_expired(request, view.own_form):
        return redirect(request.get_full_path())
    return csrf_failure(request, reason)


def _page(request: HttpRequest) -> PersonalPage | None:
    """The personal page that was posted to."""
    match: Any = request.resolver_match
    page = getattr(match.func, "view_class", None) if match and request.method == "POST" else None
    if page is None or not issubclass(page, PersonalPage):
        return None
    view: Any = page(**match.func.view_initkwargs)
    view.setup(request, *match.args, **match.kwargs)
    return view if hasattr(view, "get") else None
