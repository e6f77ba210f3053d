"""What the database holds that a file may name: agencies, terms, documents, forms, pages.

Everything is read once, so that a file of thousands of rows costs a handful of queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Locale

from catalogue.choices import AgencyKind
from catalogue.models import (
    AgencyIndexPage,
    AgencyPage,
    FormerKey,
    GuidePage,
    LegalDocument,
    LifeEvent,
    ProcedurePage,
    Sector,
)
from cms.core.models import PortalDocument
from cms.core.vietnamese import fold

Term = TypeVar("Term", Sector, LifeEvent)


def _by_slug_and_name(terms: Iterable[Term]) -> dict[str, Term]:
    """Terms by their slug, and by their folded name where no slug is like it."""
    found = {term.slug: term for term in terms}
    return {fold(term.name): term for term in found.values()} | found


@dataclass(slots=True)
class Known:
    """A procedure page that exists."""

    pk: int
    key: str
    uuid: UUID
    live: bool
    parent_path: str
    slug: str


@dataclass(slots=True)
class Directory:
    """Look-ups by what a file says; all of the Vietnamese tree."""

    locale: Locale
    agencies: dict[str, AgencyPage] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, Sector] = field(default_factory=dict)
    life_events: dict[str, LifeEvent] = field(default_factory=dict)
    documents: dict[str, LegalDocument] = field(default_factory=dict)
    guides: dict[str, int] = field(default_factory=dict)
    forms: dict[str, int] = field(default_factory=dict)
    procedures: dict[str, Known] = field(default_factory=dict)
    by_uuid: dict[UUID, Known] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)  # codes that the importer must not learn

    @classmethod
    def load(cls) -> Directory:
        """Read the whole directory."""
        directory = cls(Locale.objects.get(language_code=settings.LANGUAGE_CODE))
        directory.load_agencies()
        directory.sectors = _by_slug_and_name(Sector.objects.filter(locale=directory.locale))
        events = LifeEvent.objects.filter(locale=directory.locale)
        directory.life_events = _by_slug_and_name(events)
        directory.documents = {item.number: item for item in LegalDocument.objects.all()}
        guides = GuidePage.objects.filter(locale=directory.locale)
        directory.guides = dict(guides.values_list("slug", "pk"))
        directory.load_forms()
        directory.load_procedures()
        return directory

    def load_agencies(self) -> None:
        """Read the tree of agencies: by path, by identifier, and by every name."""
        self.agencies, self.identifiers, self.names = {}, {}, {}
        roots = AgencyIndexPage.objects.filter(locale=self.locale).values_list(
            "url_path", flat=True
        )
        root = next(iter(roots.order_by("path")), "")
        for agency in AgencyPage.objects.filter(locale=self.locale).order_by("path"):
            path = agency.url_path.removeprefix(root).strip("/")
            self.agencies[path] = agency
            if agency.official_identifier:
                self.identifiers.setdefault(agency.official_identifier.upper(), path)
            if agency.kind != AgencyKind.HOLDING:
                for name in (agency.title, *agency.other_names.splitlines()):
                    if name.strip():
                        self.names.setdefault(fold(name), path)

    def find_agency(self, name: str) -> str | None:
        """Return the path of the agency of a path or an official identifier."""
        return name if name in self.agencies else self.identifiers.get(name.upper())

    def match_agency(self, published: str) -> str | None:
        """Return the path of the agency that a published name or identifier means."""
        found = self.find_agency(published) or self.names.get(fold(published))
        return found if published else None

    def holding(self) -> str | None:
        """Return the path of the page that stands for all agencies without one."""
        pages = self.agencies.items()
        return next((path for path, page in pages if page.kind == AgencyKind.HOLDING), None)

    def commune_counters(self) -> str | None:
        """Return the path of the page that stands for all commune counters.

        That is the group with the most communes below it: other groups (the police of the
        communes) receive only what they own.
        """
        communes = Counter(
            path.rpartition("/")[0]
            for path, agency in self.agencies.items()
            if agency.kind == AgencyKind.COMMUNE
        )
        groups = [path for path, a in self.agencies.items() if a.kind == AgencyKind.GROUP]
        return max(sorted(groups), key=lambda path: communes[path], default=None)

    def name_of(self, key: str) -> str:
        """Return a code as a problem may tell it."""
        return _("another agency's procedure") if key in self.unnamed else key

    def load_forms(self, documents: QuerySet[PortalDocument] | None = None) -> None:
        """Read the blank forms, all or these: by file name, else by title."""
        self.forms = {}
        found = PortalDocument.objects.all() if documents is None else documents
        for pk, title, file in found.order_by("pk").values_list("pk", "title", "file"):
            self.forms.setdefault(PurePosixPath(file).name, pk)
            self.forms.setdefault(title, pk)

    def load_procedures(self) -> None:
        """Read which procedures exist, also under codes that they once had."""
        rows = ProcedurePage.objects.filter(locale=self.locale).exclude(key=None)
        for pk, key, uuid, live, path, slug in rows.values_list(
            "pk", "key", "translation_key", "live", "path", "slug"
        ):
            known = Known(pk, str(key), uuid, live, path[: -ProcedurePage.steplen], slug)
            self.procedures[known.key] = self.by_uuid[uuid] = known
        for old, uuid in FormerKey.objects.values_list("key", "page_key"):
            if uuid in self.by_uuid:
                self.procedures.setdefault(old, self.by_uuid[uuid])
