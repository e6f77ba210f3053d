"""Changes of the catalogue's read tables. Publishing itself is Wagtail's business.

`refresh_listings` must run in the transaction that changed the pages: lists are then right in
the next request. Both functions lock the row of totals first, so that two publications at once
count one after the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from wagtail.models import Page

from catalogue.choices import FactsStatus
from catalogue.facts import LINK_FIELDS, ROW_FIELDS, TERM_FIELDS, build_snapshot, summarise
from catalogue.models import (
    AgencyPage,
    CatalogueSummary,
    FacetKind,
    FormerKey,
    LifeEvent,
    ListingFacet,
    ProcedureListing,
    ProcedurePage,
    Sector,
)
from catalogue.signals import procedures_changed
from cms.core.addresses import path_below_home
from cms.core.vietnamese import fold

BATCH = 200
SUMMARY_ID = 1


def refresh_listings(page_ids: Iterable[int]) -> int:
    """Rebuild the listing rows of Vietnamese pages; return how many are listed now.

    Ids of pages that are gone, not live or not Vietnamese lose their row. Totals are counted
    again once at the end.
    """
    ids = sorted(set(page_ids))
    listed = 0
    with transaction.atomic():
        _lock_summary()
        for start in range(0, len(ids), BATCH):
            listed += _refresh_batch(ids[start : start + BATCH])
        refresh_summary()
    procedures_changed.send(sender=None, page_ids=set(ids))
    return listed


def refresh_all_listings() -> int:
    """Rebuild the whole read tables; return how many procedures are listed."""
    ids = set(ProcedurePage.objects.values_list("pk", flat=True))
    ids |= set(ProcedureListing.objects.values_list("pk", flat=True))
    return refresh_listings(ids)


def _refresh_batch(ids: list[int]) -> int:
    pages = list(
        ProcedurePage.objects.filter(
            pk__in=ids, live=True, locale__language_code=settings.LANGUAGE_CODE
        )
        .exclude(key=None)
        .prefetch_related(*ROW_FIELDS, *TERM_FIELDS, *LINK_FIELDS)
        .order_by("pk")
    )
    agencies = AgencyPaths(pages)
    names = _english_names(pages)
    _remember_renamed_keys(ids, pages)
    ProcedureListing.objects.filter(pk__in=ids).delete()
    rows, facets = [], []
    for page in pages:
        owner = agencies.owner_of(page)
        if owner is None:
            continue
        row = _listing(page, owner, names.get(page.translation_key, ""))
        rows.append(row)
        facets.extend(_facets(page, row, agencies))
    ProcedureListing.objects.bulk_create(rows, batch_size=BATCH)
    ListingFacet.objects.bulk_create(facets, batch_size=BATCH)
    return len(rows)


def _english_names(pages: list[ProcedurePage]) -> dict[Any, str]:
    """Official names of live English translations, by translation key."""
    found = ProcedurePage.objects.filter(
        translation_key__in=[page.translation_key for page in pages],
        live=True,
        alias_of=None,
    ).exclude(locale__language_code=settings.LANGUAGE_CODE)
    return dict(found.values_list("translation_key", "official_name"))


def _listing(page: ProcedurePage, owner: AgencyPage, name_en: str) -> ProcedureListing:
    snapshot = build_snapshot(page)
    sectors = " ".join(sector.name for sector in page.sectors.all())
    text = " ".join([page.official_name, page.title, page.key or "", name_en, sectors])
    return ProcedureListing(
        page_id=page.pk,
        key=page.key or "",
        name=page.official_name,
        name_en=name_en,
        url=path_below_home(page.url_path),
        agency_id=owner.pk,
        sort_key=page.sort_key,
        folded=fold(text),
        service_level=page.service_level,
        is_repealed=page.is_repealed,
        is_unverified=page.facts_status != FactsStatus.VERIFIED,
        facts=summarise(snapshot),
        snapshot=snapshot,
        changed_at=page.last_published_at or page.latest_revision_created_at,
    )


def _facets(
    page: ProcedurePage, row: ProcedureListing, agencies: AgencyPaths
) -> list[ListingFacet]:
    values: dict[str, set[str]] = defaultdict(set)
    values[FacetKind.AGENCY] = agencies.ids_for(page)
    values[FacetKind.SECTOR] = {sector.slug for sector in page.sectors.all()}
    values[FacetKind.LIFE_EVENT] = {event.slug for event in page.life_events.all()}
    values[FacetKind.AUDIENCE] = set(page.audiences)
    values[FacetKind.LEVEL] = {page.service_level}
    values[FacetKind.METHOD] = set(row.facts["methods"])
    values[FacetKind.AUTHORITY] = set(page.authority_levels)
    return [
        ListingFacet(listing_id=row.pk, kind=kind, value=value)
        for kind, group in values.items()
        for value in sorted(group)
    ]


class AgencyPaths:
    """The agencies above some procedures, and above the counters that receive them."""

    def __init__(self, pages: list[ProcedurePage]) -> None:
        paths: set[str] = set()
        for page in pages:
            paths |= set(_ancestor_paths(page.path))
            for counter in page.handled_at.all():
                paths |= {counter.path, *_ancestor_paths(counter.path)}
        self.by_path = {agency.path: agency for agency in AgencyPage.objects.filter(path__in=paths)}

    def owner_of(self, page: ProcedurePage) -> AgencyPage | None:
        """The agency right above a procedure."""
        return self.by_path.get(page.path[: -Page.steplen])

    def ids_for(self, page: ProcedurePage) -> set[str]:
        """Ids of the owner, the counters, and every agency above them."""
        paths = set(_ancestor_paths(page.path))
        for counter in page.handled_at.all():
            paths |= {counter.path, *_ancestor_paths(counter.path)}
        return {str(self.by_path[path].pk) for path in paths if path in self.by_path}


def _ancestor_paths(path: str) -> list[str]:
    step = Page.steplen
    return [path[:end] for end in range(step, len(path), step)]


def _lock_summary() -> None:
    CatalogueSummary.objects.get_or_create(pk=SUMMARY_ID)
    CatalogueSummary.objects.select_for_update().get(pk=SUMMARY_ID)


def refresh_summary() -> None:
    """Count the catalogue again and store the names of agencies, sectors and life events."""
    with transaction.atomic():
        _lock_summary()
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
    """Rows [id, name, English name, address, kind, parent id] of live agencies, sorted."""
    translated = AgencyPage.objects.filter(live=True, alias_of=None)
    english = dict(
        translated.exclude(locale__language_code=settings.LANGUAGE_CODE).values_list(
            "translation_key", "title"
        )
    )
    agencies = list(
        AgencyPage.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
        .order_by("sort_key", "pk")
        .only("title", "url_path", "kind", "path", "translation_key")
    )
    ids = {agency.path: agency.pk for agency in agencies}
    return [
        [
            str(agency.pk),
            agency.title,
            english.get(agency.translation_key, ""),
            path_below_home(agency.url_path),
            agency.kind,
            str(ids.get(agency.path[: -Page.steplen], "")),
        ]
        for agency in agencies
    ]


def _remember_renamed_keys(ids: list[int], pages: list[ProcedurePage]) -> None:
    """Keep the address of a code that a listed procedure had until now."""
    old = dict(ProcedureListing.objects.filter(pk__in=ids).values_list("pk", "key"))
    for page in pages:
        if old.get(page.pk, page.key) != page.key:
            FormerKey.objects.update_or_create(
                key=old[page.pk], defaults={"page_key": page.translation_key}
            )
