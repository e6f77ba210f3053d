"""Middleware of the portal's frame; decides nothing about content."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from cms.core.publishing import PublishRefusedError, in_admin

ADMIN_PREFIXES = ("/admin/", "/_admin/")
NOT_FOUND = 404
# The page editor of Wagtail writes two inline scripts and inline styles.
ADMIN_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}


class MovedMiddleware(RedirectMiddleware):
    """Lead from an address that a page had to the one it has.

    A page without a translation is shown under the foreign address too, so that what is known
    of its own address holds there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Look for the address as it is, then for the Vietnamese one behind it."""
        answer: HttpResponse = super().process_response(request, response)
        path = request.path_info
        language = get_language_from_path(path)
        if answer.status_code != NOT_FOUND or language in {None, settings.LANGUAGE_CODE}:
            return answer
        own = get_redirect(request, Redirect.normalise_path(path.removeprefix(f"/{language}")))
        if own is None or own.link is None:
            return answer
        place = urlsplit(own.link)
        if place.netloc not in {"", request.get_host()}:
            return redirect(own.link, permanent=own.is_permanent)
        return redirect(f"/{language}{place.path}", permanent=own.is_permanent)


class NulCharacterMiddleware:
    """Refuse an address with a NUL character: no text has one, and PostgreSQL takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL character in the address")
        return self.get_response(request)


class AdminContentSecurityPolicyMiddleware:
    """Give the admin the looser policy that Wagtail's editor needs; public pages stay strict."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIXES):
            response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]
        return response


class PublishRefusedMiddleware:
    """Tell an editor why a page was not published, and lead back to it; its draft is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADMIN_PREFIXES):
            return self.get_response(request)
        with in_admin():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into a message and a way back."""
        if not isinstance(exception, PublishRefusedError):
            return None
        messages.error(request, refusal_message(exception))
        match = request.resolver_match
        back = request.POST.get("next") or request.GET.get("next") or ""
        is_bulk = match is not None and match.view_name == "wagtail_bulk_action"
        is_own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        if not (is_bulk and is_own):
            back = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The dialog of an approval follows this address.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)


def refusal_message(refusal: PublishRefusedError) -> SafeString:
    """What kept a page from being published, as a list."""
    items = format_html_join("", "<li>{}</li>", ((line,) for line in refusal.complaints))
    title = refusal.page.get_admin_display_title()
    head = _("“%(title)s” has been kept as a draft. Mend this first:") % {"title": title}
    return format_html("{}<ul>{}</ul>", head, items)
