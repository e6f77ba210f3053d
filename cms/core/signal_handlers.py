"""What follows a change: the frame's row, and translations their source; decides nothing."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from cms.core import following
from cms.core.frame_state import refresh_frame_state
from cms.core.models import CalendarOverride, FrameState, PortalSettings
from cms.core.publishing import register_gate

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
    post_migrate.connect(forget, sender=app_config, dispatch_uid="frame-migrate")
    connect_following()


def connect_following() -> None:
    """Let translations follow their source."""
    page_slug_changed.connect(following.follow_slug, dispatch_uid="translations-slug")
    post_page_move.connect(following.follow_move, dispatch_uid="translations-move")
    page_unpublished.connect(following.follow_unpublishing, dispatch_uid="translations-withdrawn")
    page_published.connect(following.follow_publishing, dispatch_uid="translations-published")
    copy_for_translation_done.connect(
        following.restrict_translation, dispatch_uid="translations-restricted"
    )
    for signal, handler in (
        (post_save, following.follow_restriction),
        (post_delete, following.follow_release),
        (m2m_changed, following.follow_groups),
    ):
        sender = (
            PageViewRestriction.groups.through if signal is m2m_changed else PageViewRestriction
        )
        signal.connect(handler, sender=sender, dispatch_uid="translations-restriction")
    register_gate(following.find_unpublished_source)
