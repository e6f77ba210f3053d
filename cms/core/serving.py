"""How an address finds its page, in both languages, with few queries.

The slugs of a page are the same in each language, so `/en/<path>` is the translation of
`/<path>`. Where that translation is missing, the Vietnamese page is shown under the English
address with English labels, and says so (`request.untranslated`). Anything unusual — a page
with a view restriction, a page type with routes of its own — takes Wagtail's own way.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.views import serve as wagtail_serve

# What a fallback page tells search engines.
NO_INDEX = "noindex"


def find_live_page(site_root: Page, path: str, language: str) -> Page | None:
    """Return the live specific page of `language` at `path` below `site_root`, or None."""
    root = site_root
    if language != settings.LANGUAGE_CODE:
        found = Page.objects.filter(
            translation_key=site_root.translation_key, locale__language_code=language
        ).first()
        if found is None:
            return None
        root = found
    page = (
        Page.objects.filter(url_path=root.url_path + path, live=True)
        .select_related("locale")
        .first()
    )
    return page.specific if page is not None else None


def is_untranslated(page: Page) -> bool:
    """Say whether a page under a foreign address still has its Vietnamese words."""
    return page.alias_of_id is not None or page.locale.language_code != get_language()


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a page request. Raises `Http404` when neither language has the page."""
    site = Site.find_for_request(request)
    if site is None or PageViewRestriction.objects.exists():
        return _serve_restricted(request, path)
    language = get_language() or settings.LANGUAGE_CODE
    page = find_live_page(site.root_page, path, language)
    if page is None and language != settings.LANGUAGE_CODE:
        page = find_live_page(site.root_page, path, settings.LANGUAGE_CODE)
    if page is None:
        return wagtail_serve(request, path)
    return respond(page, request)


def respond(page: Page, request: HttpRequest) -> HttpResponse:
    """Serve `page`; mark the answer when its words are not in the reader's language."""
    request.untranslated = is_untranslated(page)  # type: ignore[attr-defined]
    response: HttpResponse = page.serve(request)
    if request.untranslated:  # type: ignore[attr-defined]
        response["X-Robots-Tag"] = NO_INDEX
    return response


def _serve_restricted(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own way with all its hooks; a restricted page has no fallback."""
    try:
        return wagtail_serve(request, path)
    except Http404:
        site = Site.find_for_request(request)
        if site is None or get_language() == settings.LANGUAGE_CODE:
            raise
        page = find_live_page(site.root_page, path, settings.LANGUAGE_CODE)
        if page is None or page.get_view_restrictions().exists():
            raise
        return respond(page, request)
