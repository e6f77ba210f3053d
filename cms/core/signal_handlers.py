"""Rebuild the frame's row when one of its sources changes; decides nothing."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move

from cms.core.following import follow_move, follow_slug
from cms.core.frame_state import refresh_frame_state
from cms.core.models import CalendarOverride, FrameState, PortalSettings

SOURCES = (CalendarOverride, Locale, PageViewRestriction, PortalSettings, Site)


def refresh(raw: bool = False, **kwargs: Any) -> None:
    """Rebuild, unless a fixture is being loaded."""
    if not raw:
        refresh_frame_state()


def forget(using: str, **kwargs: Any) -> None:
    """Drop the row after a migration: the next request builds it in the new form."""
    if FrameState._meta.db_table in connections[using].introspection.table_names():
        FrameState.objects.using(using).all().delete()


def connect(app_config: Any) -> None:
    """Connect the handlers; called once when the app is ready."""
    for source in SOURCES:
        post_save.connect(refresh, sender=source, dispatch_uid=f"frame-save-{source.__name__}")
        post_delete.connect(refresh, sender=source, dispatch_uid=f"frame-del-{source.__name__}")
    page_slug_changed.connect(refresh, dispatch_uid="frame-slug")
    post_page_move.connect(refresh, dispatch_uid="frame-move")
    page_slug_changed.connect(follow_slug, dispatch_uid="translations-slug")
    post_page_move.connect(follow_move, dispatch_uid="translations-move")
    post_migrate.connect(forget, sender=app_config, dispatch_uid="frame-migrate")
