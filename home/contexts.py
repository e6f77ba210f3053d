"""What the home page shows, from the catalogue and from the registry of boxes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from catalogue.selectors.listings import rows_of
from catalogue.selectors.pages import list_guides, list_news
from catalogue.selectors.summary import get_summary
from cms.core.entry_points import Place, list_entry_points
from cms.core.page_context import register_context
from home.models import FeaturedProcedure, HomePage

NEWS = 3


def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Totals, frequent procedures, life events, agencies, news, guides, boxes."""
    summary = get_summary()
    featured = FeaturedProcedure.objects.filter(
        page__translation_key=page.translation_key,
        page__locale__language_code=settings.LANGUAGE_CODE,
    ).order_by("sort_order")
    return {
        "total": summary.total,
        "featured": rows_of(list(featured.values_list("procedure_id", flat=True))),
        "agency_names": summary.agency_names(),
        "life_events": summary.life_events(empty=False),
        "agencies": summary.top_agencies(),
        "audiences": summary.audiences(),
        "news": list_news(limit=NEWS),
        "guides": list_guides(limit=1),
        "examples": [line for line in page.search_examples.splitlines() if line.strip()],
        "boxes": list_entry_points(Place.HOME_BOX, request),
    }


def register() -> None:
    """Give the home page its provider; called once when the app is ready."""
    register_context(HomePage, home_context)
