"""Where else to look when a list shows nothing: near procedures, sectors, fewer filters.

Asked only for an empty list, so that a list with answers never pays for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogue.models import FacetKind, ListingFacet
from catalogue.selectors.listings import ListQuery, ProcedureRow, count_procedures, draw_found
from catalogue.selectors.summary import Summary
from catalogue.selectors.words import Link, Words
from catalogue.text_search import Found
from cms.core.vietnamese import fold

# How many near procedures and sectors are shown, and how many procedures tell the sectors.
ROWS, SECTORS, TELLING = 3, 6, 12
# How fast the voice of a procedure fades with its place, and what a sector's own name weighs.
FADE, OWN_NAME = 4, 2.0


@dataclass(frozen=True)
class Elsewhere:
    """What an empty list offers instead.

    `unfiltered` is the number of procedures without the reader's filters, `everywhere` that of
    the whole catalogue where the list is a part of it; 0 where that would change nothing.
    """

    rows: list[ProcedureRow]
    sectors: list[Link]
    life_events: list[Link]
    unfiltered: int = 0
    everywhere: int = 0


def look_elsewhere(
    query: ListQuery,
    found: Found | None,
    summary: Summary,
    *,
    fixed: Iterable[str] = (),
    agency_names: Mapping[str, Words] | None = None,
) -> Elsewhere:
    """Return what to offer for a query without answers; `fixed` facets belong to the page."""
    kept = {kind: values for kind, values in query.facets.items() if kind in fixed}
    unfiltered = everywhere = 0
    if len(kept) < len(query.facets):
        unfiltered = count_procedures(ListQuery(text=query.text, facets=kept), found)
    if kept and not unfiltered:
        everywhere = count_procedures(ListQuery(text=query.text), found)
    near = (found.ids or found.near)[:TELLING] if found else []
    return Elsewhere(
        draw_found(near[:ROWS], found, agency_names),
        _near_sectors(query.text, near, summary),
        summary.life_events(empty=False),
        unfiltered,
        everywhere,
    )


def _near_sectors(text: str, near: list[int], summary: Summary) -> list[Link]:
    """Sectors of near procedures and those named alike; the largest ones where there are none."""
    sectors = {link.value: link for link in summary.sectors()}
    weights: defaultdict[str, float] = defaultdict(float)
    said = f" {fold(text)} "
    for slug, name, *_rest in summary.terms.get(FacetKind.SECTOR, []):
        own = f" {fold(name)} "
        if text and (said in own or own in said):
            weights[slug] += OWN_NAME
    if near:
        facets = ListingFacet.objects.filter(kind=FacetKind.SECTOR, listing_id__in=near)
        place = {pk: number for number, pk in enumerate(near)}
        for pk, slug in facets.order_by().values_list("listing_id", "value"):
            weights[slug] += FADE / (FADE + place[pk])
    ordered = sorted(weights.keys() & sectors.keys(), key=lambda slug: (-weights[slug], slug))
    if not ordered:
        ordered = sorted(sectors, key=lambda slug: -(sectors[slug].count or 0))
    return [sectors[slug] for slug in ordered[:SECTORS]]
