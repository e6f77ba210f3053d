"""What the admin shows of the search: one entry of the menu, its screens and the right to them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from search import views_desk
from search.permissions import may_manage_search
from search.viewsets import PinViewSet, SynonymViewSet

DESK = [
    path("", views_desk.queries, name="queries"),
    path("score/", views_desk.score, name="score"),
    path("score/start/", views_desk.start_score, name="start_score"),
    path("try/", views_desk.try_query, name="try"),
]


class DeskItem(MenuItem):
    """Shown to whoever looks after the search."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the screen would open."""
        return may_manage_search(request.user)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    """Addresses of the desk's own screens."""
    return [path("search/", include((DESK, "search_desk")))]


@hooks.register("register_admin_viewset")
def curated_screens() -> list[Any]:
    """Offer the screens of synonyms and pins."""
    return [SynonymViewSet(), PinViewSet()]


@hooks.register("register_admin_menu_item")
def desk_item() -> SubmenuMenuItem:
    """Lead to the screens of the search."""
    items = [
        (_("What people look for"), "search_desk:queries", "history"),
        (_("Synonyms"), "search_synonyms:index", "draft"),
        (_("Pinned results"), "search_pins:index", "pick"),
        (_("Try a query"), "search_desk:try", "view"),
        (_("Judged set"), "search_desk:score", "check"),
    ]
    menu = Menu(
        items=[
            DeskItem(label, reverse(name), name=f"search-{place}", icon_name=icon, order=place)
            for place, (label, name, icon) in enumerate(items)
        ]
    )
    return SubmenuMenuItem(_("Search"), menu, name="search-desk", icon_name="search", order=270)


@hooks.register("register_permissions")
def desk_permission() -> Any:
    """Let a group of Wagtail give the right to the desk."""
    return Permission.objects.filter(content_type__app_label="search", codename="manage_search")
