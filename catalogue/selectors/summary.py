"""Totals and names of the whole catalogue, read from one row."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings

from catalogue.choices import AgencyKind, Audience
from catalogue.models import CatalogueSummary, FacetKind
from catalogue.selectors.words import Link, Words, choose, reader_language
from cms.core.addresses import language_prefix, localise
from cms.core.stored_rows import fetch_texts
from cms.core.vietnamese import fold

# Where a stored agency names the one above it.
PARENT = 5


@dataclass(slots=True)
class AgencyTerm:
    """One live agency in the tree of names."""

    id: str
    name: Words
    url: str
    kind: str
    parent_id: str
    count: int


@dataclass(frozen=True, eq=False)
class Summary:
    """The stored totals, in the reader's language where a name is asked for.

    One object is for one language; it is itself, and no other with the same totals.
    """

    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    terms: dict[str, list[list[Any]]] = field(default_factory=dict)

    def count(self, kind: FacetKind, value: str) -> int:
        """Number of procedures with a value of a facet."""
        return self.counts.get(kind, {}).get(value, 0)

    def sectors(self, *, empty: bool = False) -> list[Link]:
        """Sectors that have procedures, in Vietnamese order."""
        return self._links(FacetKind.SECTOR, "/linh-vuc/", empty=empty)

    def life_events(self, *, empty: bool = True) -> list[Link]:
        """Life events in their own order."""
        return self._links(FacetKind.LIFE_EVENT, "/su-kien/", empty=empty)

    def names(self, kind: FacetKind) -> dict[str, Words]:
        """Names of all sectors or of all life events by their slugs, in their order."""
        language = reader_language()
        return {
            slug: choose(name, english, language)
            for slug, name, english, _icon in self.terms.get(kind, [])
        }

    def _links(self, kind: FacetKind, prefix: str, *, empty: bool) -> list[Link]:
        language, start = reader_language(), localise(prefix)
        counts = self.counts.get(kind, {})
        return [
            Link(
                choose(name, english, language), f"{start}{slug}/", counts.get(slug, 0), icon, slug
            )
            for slug, name, english, icon in self.terms.get(kind, [])
            if empty or slug in counts
        ]

    def audiences(self) -> list[Link]:
        """Audiences that have procedures."""
        return [
            Link(
                Words(str(audience.label)),
                localise(f"/doi-tuong/{audience.value.replace('_', '-')}/"),
                self.count(FacetKind.AUDIENCE, audience.value),
                value=audience.value,
            )
            for audience in Audience
            if self.count(FacetKind.AUDIENCE, audience.value)
        ]

    @cached_property
    def agencies(self) -> list[AgencyTerm]:
        """All live agencies and units, in Vietnamese order."""
        return self._agencies(self.terms.get(FacetKind.AGENCY, []))

    def _agencies(self, rows: list[list[Any]]) -> list[AgencyTerm]:
        language, prefix = reader_language(), language_prefix()
        counts = self.counts.get(FacetKind.AGENCY, {})
        return [
            AgencyTerm(
                pk, choose(name, english, language), prefix + url, kind, parent, counts.get(pk, 0)
            )
            for pk, name, english, url, kind, parent in rows
        ]

    @cached_property
    def agency_names(self) -> dict[str, Words]:
        """Names by id; the page that holds the rest is no agency and has none."""
        return {
            agency.id: agency.name for agency in self.agencies if agency.kind != AgencyKind.HOLDING
        }

    def top_agencies(self) -> list[AgencyTerm]:
        """Agencies that stand directly below the list of agencies; the holding one last."""
        rows = self.terms.get(FacetKind.AGENCY, [])
        return sorted(
            self._agencies([row for row in rows if not row[PARENT]]),
            key=lambda agency: (agency.kind == AgencyKind.HOLDING, _english_order(agency)),
        )


def _english_order(agency: AgencyTerm) -> str:
    """Names are stored in Vietnamese order; a foreign reader's names sort by themselves."""
    return "" if reader_language() == settings.LANGUAGE_CODE else fold(agency.name.text)


def get_summary() -> Summary:
    """Return the stored totals; an empty catalogue has none.

    One object serves all requests of a language that find the same totals: nobody may change it.
    """
    row = fetch_texts(CatalogueSummary, "total", "counts", "terms")
    return _read(reader_language(), *row) if row else Summary()


@lru_cache(maxsize=8)
def _read(language: str, total: int, counts: str, terms: str) -> Summary:
    return Summary(total, json.loads(counts), json.loads(terms))
