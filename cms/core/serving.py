"""How an address finds its page, in both languages, with few queries.

The slugs of a page are the same in each language, so `/en/<path>` is the translation of
`/<path>`. Where that translation is missing, the Vietnamese page is shown under the English
address with English labels, and says so (`request.untranslated`). Anything unusual — a site
with view restrictions, a page type with routes of its own — takes Wagtail's own way.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Locale, Page
from wagtail.views import serve as wagtail_serve

from cms.core.frame_state import State, frame_of

# What a fallback page tells search engines.
NO_INDEX = "noindex"

Shortcut = Callable[[HttpRequest, str], HttpResponse | None]
_shortcuts: list[Shortcut] = []


def register_shortcut(shortcut: Shortcut) -> None:
    """Let `shortcut(request, path)` answer Vietnamese addresses from a read table.

    It returns None for an address that is not its own, and is not asked on a site with view
    restrictions.
    """
    if shortcut not in _shortcuts:
        _shortcuts.append(shortcut)


def find_live_page(state: State, path: str, language: str) -> Page | None:
    """Return the live specific page of `language` at `path`, or None (two queries at most)."""
    root = state["site"]["roots"].get(language)
    if root is None:
        return None
    found = _find_place(root + path) if path else state["site"]["homes"][language]
    if found is None:
        return None
    pk, content_type_id, locale_id = found
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None:
        return None
    page: Page | None = next(iter(model._default_manager.filter(pk=pk, live=True)), None)
    if page is not None:
        page.locale = Locale(pk=locale_id, language_code=language)
    return page


def _find_place(url_path: str) -> tuple[int, int, int] | None:
    """Ids of the page, its type and its locale. The slug is asked for because it has an index."""
    slug = url_path.rstrip("/").rpartition("/")[2]
    places = Page.objects.filter(slug=slug, url_path=url_path, live=True)
    return places.values_list("pk", "content_type_id", "locale_id").first()


def is_untranslated(page: Page) -> bool:
    """Say whether a page under a foreign address still has its Vietnamese words."""
    return page.alias_of_id is not None or page.locale.language_code != get_language()


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a page request. Raises `Http404` when neither language has the page."""
    state = frame_of(request)
    if state["has_restrictions"] or not state["site"]["roots"]:
        return _serve_restricted(request, path)
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        for shortcut in _shortcuts:
            answer = shortcut(request, path)
            if answer is not None:
                return answer
    page = find_live_page(state, path, language)
    if page is None and language != settings.LANGUAGE_CODE:
        page = find_live_page(state, path, settings.LANGUAGE_CODE)
    if page is None:
        return wagtail_serve(request, path)
    return respond(page, request)


def respond(page: Page, request: HttpRequest) -> HttpResponse:
    """Serve `page`; mark the answer when its words are not in the reader's language."""
    request.untranslated = is_untranslated(page)  # type: ignore[attr-defined]
    return _mark(page.serve(request), request)


def _mark(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    if request.untranslated:  # type: ignore[attr-defined]
        response["X-Robots-Tag"] = NO_INDEX
    return response


def _serve_restricted(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own way with all its hooks; a restricted page has no fallback."""
    state = frame_of(request)
    language = get_language() or settings.LANGUAGE_CODE
    own = find_live_page(state, path, language)
    if own is None and language != settings.LANGUAGE_CODE:
        page = find_live_page(state, path, settings.LANGUAGE_CODE)
        if page is not None and not page.get_view_restrictions().exists():
            return respond(page, request)
    untranslated = own is not None and is_untranslated(own)
    request.untranslated = untranslated  # type: ignore[attr-defined]
    return _mark(wagtail_serve(request, path), request)
