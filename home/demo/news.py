"""News and interruptions of the demo, dated from the day on which they are loaded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from catalogue.models import NewsPage, OutageNotice, ProcedurePage
from home.actions import Words, ensure_page, ensure_translation, pick
from home.actions.portal import build_body
from home.demo.sources import read

SATURDAY = 5


def load_news(index: Page, now: datetime) -> list[NewsPage]:
    """Make the news that are missing below `index`, in both languages; return all of them.

    An item that has expired is there, though no longer live, and does not come back.
    """
    pages = []
    for record in read("news")["news"]:
        fields = pick(record)
        slug, expires_in = fields.pop("slug"), fields.pop("expires_in", None)
        fields["date"] = timezone.localdate(now) - timedelta(days=fields.pop("days_ago"))
        fields["body"] = build_body(slug, fields["body"])
        if expires_in:
            fields["expire_at"] = now + timedelta(days=expires_in)
        page = ensure_page(index, NewsPage, slug, **fields)
        ensure_translation(page, Words.of(record))
        pages.append(page)
    return pages


def load_outages(now: datetime) -> None:
    """Announce next Saturday's maintenance and one procedure's interruption of today."""
    data = read("news")
    local = timezone.localtime(now)
    saturday = local + timedelta(days=(SATURDAY - local.weekday()) % 7)
    night = saturday.replace(hour=22, minute=0, second=0, microsecond=0)
    _ensure_outage(data["portal_outage"], now, night, night + timedelta(hours=4))
    words = dict(data["procedure_outage"])
    procedure = ProcedurePage.objects.filter(key=words.pop("key")).first()
    if procedure is not None:
        since = local.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
        _ensure_outage(words, now, since, since + timedelta(days=2), [procedure])


def _ensure_outage(
    words: dict[str, Any],
    now: datetime,
    starts_at: datetime,
    ends_at: datetime,
    procedures: list[ProcedurePage] | None = None,
) -> None:
    """Make a notice, or give one that is over its next times."""
    times = {"announced_at": min(now, starts_at), "starts_at": starts_at, "ends_at": ends_at}
    notice = OutageNotice.objects.filter(headline=words["headline"]).first()
    if notice is None:
        notice = OutageNotice(**words, **times)
        notice.procedures = procedures or []
        notice.save()
    elif notice.ends_at < now:
        OutageNotice.objects.filter(pk=notice.pk).update(**times)
