"""Rebuild the listing rows and facets of procedures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from catalogue.actions.agencies import refresh_agencies
from catalogue.actions.summary import lock_summary, mark_current, refresh_summary
from catalogue.choices import AgencyKind, FactsStatus
from catalogue.facts import LINK_FIELDS, ROW_FIELDS, TERM_FIELDS, build_snapshot, summarise
from catalogue.models import (
    AgencyPage,
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


def refresh_listings(page_ids: Iterable[int]) -> int:
    """Rebuild the listing rows of Vietnamese pages; return how many are listed now.

    Ids of pages that are gone, not live, not public or not Vietnamese lose their row. Totals are
    counted again once at the end.
    """
    ids = sorted(set(page_ids))
    listed = 0
    with transaction.atomic():
        lock_summary()
        for start in range(0, len(ids), BATCH):
            listed += _refresh_batch(ids[start : start + BATCH])
        refresh_summary()
        procedures_changed.send(sender=None, page_ids=set(ids))
    return listed


@transaction.atomic
def refresh_all_listings() -> int:
    """Rebuild the whole read tables; return how many procedures are listed."""
    refresh_agencies()
    ids = set(ProcedurePage.objects.values_list("pk", flat=True))
    ids |= set(ProcedureListing.objects.values_list("pk", flat=True))
    listed = refresh_listings(ids)
    mark_current()
    return listed


def pages_with_term(term: Sector | LifeEvent) -> list[int]:
    """Ids of the Vietnamese pages that show a sector or life event, or its translation."""
    relation = "sectors" if isinstance(term, Sector) else "life_events"
    pages = ProcedurePage.objects.filter(**{f"{relation}__translation_key": term.translation_key})
    return list(pages.values_list("pk", flat=True))


def _refresh_batch(ids: list[int]) -> int:
    pages = list(
        ProcedurePage.objects.filter(
            pk__in=ids, live=True, locale__language_code=settings.LANGUAGE_CODE
        )
        .public()
        .exclude(key=None)
        .prefetch_related(*ROW_FIELDS, *TERM_FIELDS, *LINK_FIELDS)
        .order_by("pk")
    )
    agencies = AgencyPaths(pages)
    names = _english_names(pages)
    terms = english_terms()
    _remember_former_keys(ids, pages)
    ProcedureListing.objects.filter(pk__in=ids).delete()
    rows, facets = [], []
    for page in pages:
        owner = agencies.owner_of(page)
        if owner is None:
            continue
        row = _listing(page, owner, names.get(page.translation_key, ""), terms)
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


def english_terms() -> dict[Any, str]:
    """English names of sectors and life events by translation key."""
    names: dict[Any, str] = {}
    for model in (Sector, LifeEvent):
        terms = model.objects.exclude(locale__language_code=settings.LANGUAGE_CODE)
        names.update(terms.values_list("translation_key", "name"))
    return names


def _listing(
    page: ProcedurePage, owner: AgencyPage, name_en: str, terms: dict[Any, str]
) -> ProcedureListing:
    snapshot = build_snapshot(page, owner_id=owner.pk, english_terms=terms)
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
        facts={**summarise(snapshot), "authority": _other_authority(page, owner)},
        snapshot=snapshot,
        changed_at=page.last_published_at or page.latest_revision_created_at,
    )


def _other_authority(page: ProcedurePage, owner: AgencyPage) -> str:
    """Who carries it out, where the owner is only the place that holds the rest."""
    return page.authority if owner.kind == AgencyKind.HOLDING else ""


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


def _remember_former_keys(ids: list[int], pages: list[ProcedurePage]) -> None:
    """Keep the address of a code that a listed procedure had until now.

    A page that is taken away may come back under another code, so its code is kept too.
    """
    listed = dict(ProcedureListing.objects.filter(pk__in=ids).values_list("pk", "key"))
    now = {page.pk: page.key for page in pages}
    former = {pk: key for pk, key in listed.items() if now.get(pk) != key}
    if not former:
        return
    owners = ProcedurePage.objects.filter(pk__in=former).values_list("pk", "translation_key")
    for pk, translation_key in owners:
        FormerKey.objects.update_or_create(key=former[pk], defaults={"page_key": translation_key})
