"""Public addresses of pages: the same path in each language, behind the language's prefix."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

# The language of the translations; all content is written in `LANGUAGE_CODE` first.
ENGLISH = "en"


def language_prefix(language: str | None = None) -> str:
    """Return "" for Vietnamese and "/en" for English; the active language by default."""
    code = language or get_language() or settings.LANGUAGE_CODE
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


def path_below_home(url_path: str) -> str:
    """Return the public path ("/co-quan/so-y-te/") of a page's `url_path`.

    The first part of `url_path` is the slug of the home page, which is not shown.
    """
    return "/" + url_path.split("/", 2)[2]


def localise(path: str, language: str | None = None) -> str:
    """Return `path` behind the prefix of `language`."""
    return language_prefix(language) + path


def page_url(page: Page, language: str | None = None) -> str:
    """Return the address of a page in `language`, without a query."""
    return localise(path_below_home(page.url_path), language)
