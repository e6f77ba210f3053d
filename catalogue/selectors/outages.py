"""Interruptions that readers must know of now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from catalogue.models import OutageNotice
from catalogue.selectors.words import Words, choose


@dataclass(frozen=True, slots=True)
class OutageView:
    """A notice in the reader's language with its times."""

    headline: Words
    text: Words
    starts_at: datetime
    ends_at: datetime
    is_now: bool


def list_site_outages(now: datetime) -> list[OutageView]:
    """Return the announced interruptions of the whole portal."""
    return _views(_announced(now).filter(procedures=None), now)


def list_procedure_outages(page_id: int, now: datetime) -> list[OutageView]:
    """Return the announced interruptions of one Vietnamese procedure page."""
    return _views(_announced(now).filter(procedures=page_id), now)


def _announced(now: datetime) -> QuerySet[OutageNotice]:
    notices = OutageNotice.objects.alias(since=Coalesce("announced_at", "starts_at"))
    return notices.filter(Q(since__lte=now) & Q(ends_at__gt=now)).order_by("starts_at", "pk")


def _views(notices: Iterable[OutageNotice], now: datetime) -> list[OutageView]:
    return [
        OutageView(
            headline=choose(notice.headline, notice.headline_en),
            text=choose(notice.text, notice.text_en),
            starts_at=notice.starts_at,
            ends_at=notice.ends_at,
            is_now=notice.starts_at <= now,
        )
        for notice in notices
    ]
