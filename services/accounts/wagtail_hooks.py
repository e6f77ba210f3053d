"""What the admin shows because of agencies: the members' screen, choosers, files, menus."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from wagtail import hooks
from wagtail.models import Page

from cms.core.ownership import choosable
from services.accounts.guard.rules import nobody
from services.accounts.guard.table import RULES
from services.accounts.permissions import user_can_fetch_document
from services.accounts.viewsets import MemberViewSet


@hooks.register("register_admin_viewset")
def members() -> MemberViewSet:
    """Offer the members' screen."""
    return MemberViewSet()


@hooks.register("construct_page_chooser_queryset")
def offer_choosable(pages: Any, request: HttpRequest) -> Any:
    """Offer live pages of everybody and drafts of one's own."""
    if request.user.is_superuser:
        return pages
    return pages.filter(pk__in=choosable(request.user, Page).values("pk"))


@hooks.register("before_serve_document", order=100)
def serve_published(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Serve an agency's file once a live page shows it; before, to its own staff alone."""
    if user_can_fetch_document(request.user, document):
        return None
    raise Http404


def _is_refused(item: Any, request: HttpRequest) -> bool:
    try:
        name = resolve(item.url.split("?")[0]).view_name
    except (AttributeError, Resolver404):
        return False
    return RULES.get(name, nobody) is nobody


@hooks.register("construct_main_menu", order=900)
@hooks.register("construct_reports_menu", order=900)
@hooks.register("construct_settings_menu", order=900)
def hide_refused(request: HttpRequest, menu_items: list[Any]) -> None:
    """Take out of the menus what the guard would refuse."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if not _is_refused(item, request)]
