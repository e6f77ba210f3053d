"""
Where an upper room leaves what a page type shows, so that a page model never reads by itself.

A page model may not import selectors. The room that owns the view registers a provider for the
page class when its app is ready; the base page asks `build_context`. Providers only read.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

ContextProvider = Callable[[Any, HttpRequest], dict[str, Any]]

_providers: dict[type, list[ContextProvider]] = {}


def register_context(page_class: type[Page], provider: ContextProvider) -> None:
    """
    This function will make `provider(page, request)` add to the context of `page_class`.

    It holds for the subclasses too. Registering the same provider again changes nothing.
    """
    providers = _providers.setdefault(page_class, [])
    if provider not in providers:
        providers.append(provider)


def build_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """
    This function will return what the providers of the page's class and its bases give.

    The bases are asked first, so that the more exact class has the last word on a name.
    """
    context: dict[str, Any] = {}
    for page_class in reversed(type(page).__mro__):
        for provider in _providers.get(page_class, ()):
            context.update(provider(page, request))
    return context
