"""What the home page shows, from the catalogue and from the registry of boxes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from wagtail.signals import page_published, page_unpublished

from catalogue.selectors.listings import rows_of
from catalogue.selectors.pages import first_guide, list_headlines
from catalogue.selectors.summary import get_summary
from cms.core.entry_points import Place, list_entry_points
from cms.core.frame_state import frame_of, refresh_frame_state, register_part
from cms.core.page_context import register_context
from home.models import FeaturedProcedure, HomePage


def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Totals, frequent procedures, life events, agencies, news, guide, boxes."""
    summary, frame = get_summary(), frame_of(request)
    return {
        "total": summary.total,
        "featured": rows_of(frame["featured"]),
        "life_events": summary.life_events(empty=False),
        "agencies": summary.top_agencies(),
        "audiences": summary.audiences(),
        "news": list_headlines(frame),
        "guide": first_guide(frame),
        "examples": [line for line in page.search_examples.splitlines() if line.strip()],
        "boxes": list_entry_points(Place.HOME_BOX, request),
    }


def build_featured() -> list[int]:
    """Ids of the frequent procedures of the Vietnamese home page, for the frame's row."""
    chosen = FeaturedProcedure.objects.filter(
        page__locale__language_code=settings.LANGUAGE_CODE, page__live=True
    )
    return list(chosen.order_by("sort_order").values_list("procedure_id", flat=True))


def refresh_frame(**kwargs: Any) -> None:
    """Rebuild the frame's row when a home page has changed."""
    refresh_frame_state()


def register() -> None:
    """Give the home page its provider and its part; called once when the app is ready."""
    register_context(HomePage, home_context)
    register_part("featured", build_featured)
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(refresh_frame, sender=HomePage, dispatch_uid="home-frame")
    for signal in (post_save, post_delete):
        signal.connect(refresh_frame, sender=FeaturedProcedure, dispatch_uid="featured-frame")
