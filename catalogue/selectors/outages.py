"""Interruptions that readers must know of now, from the frame's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from catalogue.models import OutageNotice
from catalogue.selectors.words import Words, choose

PART = "outages"


@dataclass(frozen=True, slots=True)
class OutageView:
    """A notice in the reader's language with its times."""

    headline: Words
    text: Words
    starts_at: datetime
    ends_at: datetime
    is_now: bool


def build_outages() -> list[dict[str, Any]]:
    """Return all interruptions that have not ended, for the frame's row."""
    notices = OutageNotice.objects.filter(ends_at__gt=timezone.now())
    return [
        {
            "headline": notice.headline,
            "headline_en": notice.headline_en,
            "text": notice.text,
            "text_en": notice.text_en,
            "announced_at": (notice.announced_at or notice.starts_at).isoformat(),
            "starts_at": notice.starts_at.isoformat(),
            "ends_at": notice.ends_at.isoformat(),
            "procedures": [page.pk for page in notice.procedures.all()],
        }
        for notice in notices.order_by("starts_at", "pk")
    ]


def list_site_outages(rows: list[dict[str, Any]], now: datetime) -> list[OutageView]:
    """Return the announced interruptions of the whole portal."""
    return [_view(row, now) for row in rows if not row["procedures"] and _is_announced(row, now)]


def list_procedure_outages(
    rows: list[dict[str, Any]], page_id: int | None, now: datetime
) -> list[OutageView]:
    """Return the announced interruptions of one Vietnamese procedure page."""
    return [
        _view(row, now) for row in rows if page_id in row["procedures"] and _is_announced(row, now)
    ]


def _is_announced(row: dict[str, Any], now: datetime) -> bool:
    announced = datetime.fromisoformat(row["announced_at"])
    return announced <= now < datetime.fromisoformat(row["ends_at"])


def _view(row: dict[str, Any], now: datetime) -> OutageView:
    starts_at = datetime.fromisoformat(row["starts_at"])
    return OutageView(
        headline=choose(row["headline"], row["headline_en"]),
        text=choose(row["text"], row["text_en"]),
        starts_at=starts_at,
        ends_at=datetime.fromisoformat(row["ends_at"]),
        is_now=starts_at <= now,
    )
