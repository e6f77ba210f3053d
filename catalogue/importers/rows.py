"""From a record to model instances: the fields of the page, its rows, and what it links to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wagtail.models import Locale

from catalogue.importers.directory import Directory
from catalogue.importers.placing import Placement
from catalogue.importers.shared import find_term
from catalogue.importers.sources import Candidate
from catalogue.interchange.records import ROW_TABLES
from catalogue.models import (
    ROW_RELATIONS,
    AgencyPage,
    LegalDocument,
    LifeEvent,
    ProcedureCase,
    ProcedureFee,
    ProcedureOffer,
    ProcedurePage,
    ProcedureResult,
    ProcedureStep,
    RequiredDocument,
    Sector,
)

ROW_MODELS: dict[str, Any] = {
    "cases": ProcedureCase,
    "offers": ProcedureOffer,
    "fees": ProcedureFee,
    "documents": RequiredDocument,
    "steps": ProcedureStep,
    "results": ProcedureResult,
}
_CENT = Decimal("0.01")  # as the database gives it back
_RENAMED = {"case": "case_code", "cases": "case_codes"}
_DATES = ("effective_date", "repealed_date")
_TEXTS = (
    "summary",
    "filing_url",
    "authority",
    "ministry",
    "decision_number",
    "repealed_note",
    "conditions",
    "facts_note",
    "seo_title",
    "search_description",
)
_LISTS = ("audiences", "authority_levels")
_DEFAULTED = (
    "official_name",
    "service_level",
    "filing_mode",
    "is_repealed",
    "dossier_sets",
    "facts_status",
)

assert set(ROW_MODELS) == set(ROW_RELATIONS) == set(ROW_TABLES)  # noqa: S101


def set_fields(page: ProcedurePage, record: dict[str, Any]) -> None:
    """Set every field of its own that a record has; what it leaves out becomes empty."""
    for name in _DEFAULTED:
        setattr(page, name, record[name])
    for name in _TEXTS:
        setattr(page, name, record.get(name, ""))
    for name in _LISTS:
        setattr(page, name, list(record.get(name, [])))
    for name in _DATES:
        setattr(page, name, date.fromisoformat(record[name]) if name in record else None)
    page.documents_count = record.get("documents_count")
    page.title = record.get("title", "")


def build_rows(
    record: dict[str, Any], locale: Locale, directory: Directory
) -> dict[str, list[Any]]:
    """Return new instances of every row of a record, by relation."""
    return {
        relation: [
            model(
                locale=locale,
                sort_order=number,
                translation_key=UUID(row["uuid"]),
                **_values(relation, row, directory),
            )
            for number, row in enumerate(record.get(relation, []))
        ]
        for relation, model in ROW_MODELS.items()
    }


def _values(relation: str, row: dict[str, Any], directory: Directory) -> dict[str, Any]:
    values = {_RENAMED.get(name, name): value for name, value in row.items() if name != "uuid"}
    for name in ("duration", "amount"):
        if name in values:
            values[name] = Decimal(values[name]).quantize(_CENT)
    if relation == "documents":
        values.setdefault("case_codes", [])
        form = values.pop("form", None)
        values["form_file_id"] = directory.forms[form] if form else None
    return values


def build_links(
    candidate: Candidate, directory: Directory, placement: Placement, owner: str
) -> dict[str, list[Any]]:
    """Return the sectors, life events, legal documents, counters and guides of a record."""
    record = candidate.record
    sectors: list[Sector | None] = [
        find_term(directory.sectors, name) for name in record.get("sectors", [])
    ]
    events: list[LifeEvent | None] = [
        find_term(directory.life_events, name) for name in record.get("life_events", [])
    ]
    documents: list[LegalDocument] = [
        directory.documents[number] for number in record.get("legal_bases", [])
    ]
    counters: list[AgencyPage] = [
        directory.agencies[path] for path in placement.counter_paths(candidate, owner)
    ]
    return {
        "sectors": _once(sectors),
        "life_events": _once(events),
        "legal_bases": documents,
        "handled_at": counters,
    }


def guide_ids(record: dict[str, Any], directory: Directory) -> list[int]:
    """Return the ids of the guides that a record names."""
    return [directory.guides[slug] for slug in record.get("related_guides", [])]


def _once(items: list[Any]) -> list[Any]:
    """Two names of one term are one term."""
    return list({item.pk: item for item in items if item is not None}.values())


def set_rows(page: ProcedurePage, rows: dict[str, list[Any]]) -> None:
    """Put rows on a page that is not saved yet."""
    for relation, items in rows.items():
        setattr(page, relation, items)
