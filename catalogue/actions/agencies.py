"""Rebuild what is shown of agencies. All cards at once: a unit may show what stands above it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from catalogue.actions.summary import lock_summary, refresh_summary
from catalogue.agency_facts import build_details
from catalogue.models import AgencyCard, AgencyPage
from catalogue.signals import agencies_changed
from cms.core.addresses import path_below_home

BATCH = 200


def refresh_agencies() -> int:
    """Rebuild the cards of public agencies and the names in the totals; return their number."""
    default = settings.LANGUAGE_CODE
    with transaction.atomic():
        lock_summary()
        pages = AgencyPage.objects.filter(live=True).public()
        pages = pages.prefetch_related("opening_periods", "bank_accounts")
        own = {page.path: page for page in pages.filter(locale__language_code=default)}
        translated = pages.filter(alias_of=None).exclude(locale__language_code=default)
        english = {page.translation_key: page for page in translated}
        AgencyCard.objects.all().delete()
        cards = [_card(page, own, english.get(page.translation_key)) for page in own.values()]
        AgencyCard.objects.bulk_create(cards, batch_size=BATCH)
        refresh_summary()
        agencies_changed.send(sender=None)
    return len(cards)


def _card(page: AgencyPage, pages: dict[str, AgencyPage], english: Any) -> AgencyCard:
    chain = chain_of(page, pages)
    return AgencyCard(
        page_id=page.pk,
        parent_id=chain[1].pk if len(chain) > 1 else None,
        kind=page.kind,
        name=page.title,
        name_en=english.title if english else "",
        url=path_below_home(page.url_path),
        sort_key=page.sort_key,
        details=build_details(chain, english),
    )


def chain_of(page: AgencyPage, pages: dict[str, AgencyPage]) -> list[AgencyPage]:
    """The agency and those above it, nearest first."""
    step = Page.steplen
    paths = [page.path[:end] for end in range(len(page.path) - step, step, -step)]
    return [page, *(pages[path] for path in paths if path in pages)]
