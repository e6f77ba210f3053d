"""What the admin shows because of agencies: members, the counter, choosers, files, menus."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, include, path, resolve, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.models import Page

from cms.core.ownership import choosable
from services.accounts.guard.rules import nobody
from services.accounts.guard.table import RULES
from services.accounts.permissions import user_can_fetch_document, user_can_serve_citizens
from services.accounts.views import desk
from services.accounts.viewsets import MemberViewSet

COUNTER = [
    path("", desk.find, name="find"),
    path("open/", desk.open_record, name="open"),
    path("complaints/", desk.disputes, name="disputes"),
    path("<int:pk>/", desk.record, name="record"),
    path("<int:pk>/verify/", desk.verify, name="verify"),
    path("<int:pk>/activate/", desk.activate, name="activate"),
    path("<int:pk>/decide/", desk.decide, name="decide"),
]


class CounterMenu(SubmenuMenuItem):
    """Shown to whoever serves citizens."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether its screens would open."""
        return user_can_serve_citizens(request.user)


@hooks.register("register_admin_urls")
def counter_urls() -> list[URLResolver]:
    """Addresses of the counter."""
    return [path("citizens/", include((COUNTER, "citizen_desk")))]


@hooks.register("register_admin_menu_item")
def counter_item() -> SubmenuMenuItem:
    """Lead to the screens of the counter."""
    items = [
        (_("Find a citizen"), "citizen_desk:find", "search"),
        (_("Complaints about enterprises"), "citizen_desk:disputes", "warning"),
    ]
    menu = Menu(
        items=[
            MenuItem(label, reverse(name), name=f"counter-{place}", icon_name=icon, order=place)
            for place, (label, name, icon) in enumerate(items)
        ]
    )
    return CounterMenu(_("Citizens"), menu, name="counter", icon_name="user", order=605)


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
