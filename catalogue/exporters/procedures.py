"""Procedure pages as records in their normal form, with the English words they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from catalogue.facts import WORD_FIELDS
from catalogue.interchange.problems import Problem
from catalogue.interchange.procedures import LANGUAGES, read_procedure
from catalogue.interchange.records import PROCEDURE_FIELDS, ROW_TABLES, TRANSLATION_FIELDS
from catalogue.models import AgencyPage, ProcedurePage
from cms.core.models import PortalDocument

CHUNK = 100
_RELATIONS = (*ROW_TABLES, "sectors", "life_events", "legal_bases", "handled_at")
_LINKS = (*_RELATIONS, "related_procedures", "related_guides")
_COLUMNS = {"case": "case_code", "cases": "case_codes"}
_ELSEWHERE = {"uuid", "agency", "sectors", "life_events", "handled_at", "successor"}
_ELSEWHERE |= {"legal_bases", "related_procedures", "related_guides"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Selection:
    """Which procedures to export: below an agency, by code, and drafts too if asked for."""

    agency: AgencyPage | None = None
    keys: list[str] = field(default_factory=list)
    drafts: bool = False

    def ids(self) -> list[int]:
        """Return the ids of the Vietnamese pages, in the order of their codes."""
        pages = ProcedurePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        pages = pages.exclude(key=None)
        if self.agency is not None:
            pages = pages.filter(path__startswith=self.agency.path)
        if self.keys:
            pages = pages.filter(key__in=self.keys)
        if not self.drafts:
            pages = pages.filter(live=True)
        return [pk for pk, _key in sorted(pages.values_list("pk", "key"), key=lambda row: row[1])]


@dataclass(slots=True)
class ProcedureExporter:
    """Makes records of pages; `problems` are what an import would refuse.

    With `latest` a page that is edited is taken as its last draft has it, else as it is public.
    """

    agency_paths: dict[int, str]  # by the id of the agency
    tree_paths: dict[str, str]  # by its place in the tree
    problems: list[Problem] = field(default_factory=list)
    forms: dict[int, str] = field(default_factory=dict)
    latest: bool = False

    def __post_init__(self) -> None:
        files = PortalDocument.objects.values_list("pk", "file")
        self.forms = {pk: PurePosixPath(file).name for pk, file in files}

    def records(self, selection: Selection) -> Iterator[dict[str, Any]]:
        """Yield the records of the selected pages in the order of their codes."""
        yield from self.records_of(selection.ids(), drafts=selection.drafts)

    def records_of(self, ids: list[int], *, drafts: bool) -> Iterator[dict[str, Any]]:
        """Yield the records of these pages in this order."""
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            found = {page.pk: page for page in self._pages(chunk)}
            words = self._translations(found.values(), drafts=drafts)
            for pk in chunk:
                yield self._record(found[pk], words)

    def _pages(self, ids: list[int]) -> list[ProcedurePage]:
        """Return pages as they are to be told."""
        pages = ProcedurePage.objects.filter(pk__in=ids).select_related("successor")
        return [self._told(page) for page in pages.prefetch_related(*_LINKS).order_by("pk")]

    def _told(self, page: ProcedurePage) -> ProcedurePage:
        """Return a page as it is published; one that is not, as its last draft has it."""
        is_draft = not page.live or (self.latest and page.has_unpublished_changes)
        return page.get_latest_revision_as_object() if is_draft else page

    def _translations(
        self, pages: Iterable[ProcedurePage], *, drafts: bool
    ) -> dict[tuple[UUID, str], ProcedurePage]:
        keys = [page.translation_key for page in pages]
        shown = Q() if drafts else Q(live=True)
        found = (
            ProcedurePage.objects.filter(shown, translation_key__in=keys, alias_of=None)
            .filter(locale__language_code__in=LANGUAGES)
            .select_related("locale")
            .prefetch_related(*ROW_TABLES)
            .order_by("pk")
        )
        return {
            (page.translation_key, page.locale.language_code): self._told(page) for page in found
        }

    def _record(
        self, page: ProcedurePage, words: dict[tuple[UUID, str], ProcedurePage]
    ) -> dict[str, Any]:
        raw = {
            field.name: getattr(page, field.name)
            for field in PROCEDURE_FIELDS
            if field.name not in _ELSEWHERE
        }
        raw |= self._links(page)
        for relation, fields in ROW_TABLES.items():
            rows = getattr(page, relation).all()
            raw[relation] = [self._row(row, [f.name for f in fields]) for row in rows]
        raw["translations"] = {
            language: _words(words[page.translation_key, language])
            for language in LANGUAGES
            if (page.translation_key, language) in words
        }

        def report(name: str, reason: str) -> None:
            self.problems.append(Problem(0, str(page.key), name, reason))

        return read_procedure(_without_control(raw), report)

    def _links(self, page: ProcedurePage) -> dict[str, Any]:
        counters = (self.agency_paths.get(agency.pk) for agency in page.handled_at.all())
        related = (other.key for other in page.related_procedures.all())
        return {
            "uuid": str(page.translation_key),
            "agency": self.tree_paths.get(page.path[: -page.steplen]),
            "sectors": [sector.slug for sector in page.sectors.all()],
            "life_events": [event.slug for event in page.life_events.all()],
            "legal_bases": [document.number for document in page.legal_bases.all()],
            "handled_at": [path for path in counters if path],
            "related_procedures": [key for key in related if key],
            "related_guides": [guide.slug for guide in page.related_guides.all()],
            "successor": page.successor.key if page.successor else None,
        }

    def _row(self, row: Any, names: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in names:
            if name == "uuid":
                values[name] = str(row.translation_key)
            elif name == "form":
                values[name] = self.forms.get(row.form_file_id)
            else:
                values[name] = getattr(row, _COLUMNS.get(name, name))
        return values


def _words(page: ProcedurePage) -> dict[str, Any]:
    """Return the words of a translation; those of rows by UUID."""
    words = {field.name: getattr(page, field.name) for field in TRANSLATION_FIELDS}
    words["rows"] = {
        str(row.translation_key): {name: getattr(row, name) for name in names}
        for relation, names in WORD_FIELDS.items()
        for row in getattr(page, relation).all()
    }
    return words


def _without_control(value: Any) -> Any:
    """Return the same without characters that no file takes."""
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, list):
        return [_without_control(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_control(item) for name, item in value.items()}
    return value
