"""The totals of the catalogue: numbers and names in one row.

Every refresh locks that row first, so that two publications at once count one after the other.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from catalogue.facts import READ_TABLES_VERSION
from catalogue.models import (
    AgencyCard,
    CatalogueSummary,
    FacetKind,
    LifeEvent,
    ListingFacet,
    ProcedureListing,
    Sector,
)

SUMMARY_ID = 1


def lock_summary() -> None:
    """Wait for other refreshes; must run inside a transaction."""
    CatalogueSummary.objects.get_or_create(pk=SUMMARY_ID)
    CatalogueSummary.objects.select_for_update().get(pk=SUMMARY_ID)


def refresh_summary() -> None:
    """Count the catalogue again and store the names of agencies, sectors and life events."""
    with transaction.atomic():
        lock_summary()
        counts: dict[str, dict[str, int]] = {kind.value: {} for kind in FacetKind}
        groups = ListingFacet.objects.order_by().values("kind", "value")
        for group in groups.annotate(number=Count("pk")):
            counts[group["kind"]][group["value"]] = group["number"]
        terms = {
            FacetKind.SECTOR.value: _terms(Sector),
            FacetKind.LIFE_EVENT.value: _terms(LifeEvent),
            FacetKind.AGENCY.value: _agency_terms(),
        }
        CatalogueSummary.objects.filter(pk=SUMMARY_ID).update(
            total=ProcedureListing.objects.count(), counts=counts, terms=terms
        )


def mark_current() -> None:
    """Say that all read tables have the form of this release."""
    CatalogueSummary.objects.filter(pk=SUMMARY_ID).update(version=READ_TABLES_VERSION)


def is_current() -> bool:
    """Say whether all read tables were built in the form of this release."""
    return CatalogueSummary.objects.filter(pk=SUMMARY_ID, version=READ_TABLES_VERSION).exists()


def _terms(model: type[Sector | LifeEvent]) -> list[list[Any]]:
    """Rows [slug, name, English name, icon] of the Vietnamese terms in their order."""
    default = settings.LANGUAGE_CODE
    others = model.objects.exclude(locale__language_code=default)
    english = dict(others.values_list("translation_key", "name"))
    return [
        [term.slug, term.name, english.get(term.translation_key, ""), getattr(term, "icon", "")]
        for term in model.objects.filter(locale__language_code=default)
    ]


def _agency_terms() -> list[list[Any]]:
    """Rows [id, name, English name, address, kind, parent id] of listed agencies, sorted."""
    rows = AgencyCard.objects.values_list("pk", "name", "name_en", "url", "kind", "parent_id")
    return [
        [str(pk), name, name_en, url, kind, str(parent or "")]
        for pk, name, name_en, url, kind, parent in rows
    ]
