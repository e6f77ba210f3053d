"""Asks the table's rule before any view of the admin runs. What has no rule is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from wagtail.admin.auth import reject_request
from wagtail.log_actions import LogContext

from services.accounts.guard.rules import anonymous
from services.accounts.guard.table import RULES
from services.accounts.selectors import has_second_step, needs_second_step, took_second_step

# What somebody with a temporary password may open.
BEFORE_NEW_PASSWORD = frozenset({"wagtailadmin_account"})


class AdminGuardMiddleware:
    """Refuses, with 404, what a person's agency does not own; first asks for the second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; whoever asks is known until the last template is drawn, not in the view alone.

        What a page may tell of its draft depends on it (`BasePage.get_admin_display_title`).
        """
        if not _is_admin(request) or not request.user.is_authenticated:
            return self.get_response(request)
        with LogContext(user=request.user):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run, send away a stranger, or answer that nothing is there."""
        match = request.resolver_match
        if match is None or not _is_admin(request):
            return None
        rule = RULES.get(match.view_name)
        user: Any = request.user
        if rule is anonymous:
            return None
        if not user.has_perm("wagtailadmin.access_admin"):
            answer: HttpResponse = reject_request(request)
        elif step := _missing_step(request):
            answer = redirect(f"{reverse(step)}?{urlencode({'next': _way_back(request)})}")
        elif user.has_temporary_password and match.view_name not in BEFORE_NEW_PASSWORD:
            messages.warning(request, _("Please choose a password of your own first."))
            answer = redirect("wagtailadmin_account")
        elif user.is_superuser or (rule is not None and rule(request, match.kwargs)):
            return None
        else:
            answer = page_not_found(request, Http404(), template_name="wagtailadmin/404.html")
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal of the admin in a line: its scripts show it beside the form."""
        if not isinstance(error, PermissionDenied) or not _is_admin(request):
            return None
        text = _("You may not use this, or it belongs to another agency.")
        return HttpResponseForbidden(text, content_type="text/plain; charset=utf-8")


def _missing_step(request: HttpRequest) -> str:
    """Name the page of the second step that must come before, "" if none must.

    A temporary password is changed first: whoever gave it away is not to set up the app.
    """
    user: Any = request.user
    if not needs_second_step(user):
        return ""
    if has_second_step(user):
        return "" if took_second_step(request) else "mfa_reauthenticate"
    return "" if user.has_temporary_password else "mfa_activate_totp"


def _way_back(request: HttpRequest) -> str:
    is_page = request.method == "GET" and not request.headers.get("X-Requested-With")
    return request.get_full_path() if is_page else reverse("wagtailadmin_home")


def _is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith(reverse("wagtailadmin_home"))
