"""What procedures share, as records: agencies, sectors, life events and legal documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from catalogue.interchange.records import SHARED_TABLES, read_fields
from catalogue.models import AgencyIndexPage, AgencyPage, LegalDocument, LifeEvent, Sector

Records = list[tuple[str, dict[str, Any]]]


def list_agencies() -> dict[str, AgencyPage]:
    """Return the Vietnamese agencies by the path of their addresses."""
    default = settings.LANGUAGE_CODE
    roots = AgencyIndexPage.objects.filter(locale__language_code=default).order_by("path")
    root = roots.values_list("url_path", flat=True).first() or ""
    agencies = AgencyPage.objects.filter(locale__language_code=default).order_by("path")
    return {agency.url_path.removeprefix(root).strip("/"): agency for agency in agencies}


def shared_records(records: list[dict[str, Any]], agencies: dict[str, AgencyPage]) -> Records:
    """Return the records that these procedures need, so that they stand in an empty portal."""
    return [
        *_agencies(records, agencies),
        *_terms("sector", Sector, _named(records, "sectors")),
        *_terms("life_event", LifeEvent, _named(records, "life_events")),
        *_documents(_named(records, "legal_bases")),
    ]


def _named(records: Iterable[dict[str, Any]], name: str) -> set[str]:
    return {value for record in records for value in record.get(name, [])}


def _normal(kind: str, raw: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return kind, read_fields(SHARED_TABLES[kind], raw, lambda _name, _reason: None)


def _agencies(records: list[dict[str, Any]], agencies: dict[str, AgencyPage]) -> Records:
    wanted = _named(records, "handled_at") | {r["agency"] for r in records if "agency" in r}
    paths = set()
    for path in wanted:
        parts = path.split("/")
        paths |= {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return [
        _normal(
            "agency",
            {
                "path": path,
                "name": agencies[path].title,
                "kind": agencies[path].kind,
                "official_identifier": agencies[path].official_identifier,
                "other_names": agencies[path].other_names,
            },
        )
        for path in sorted(paths & agencies.keys())
    ]


def _terms(kind: str, model: type[Sector | LifeEvent], slugs: set[str]) -> Records:
    terms: Any = model.objects.select_related("locale").order_by("slug")
    found = [term for term in terms if term.slug in slugs]
    default = settings.LANGUAGE_CODE
    english = {t.translation_key: t for t in terms if t.locale.language_code != default}
    records = []
    for term in found:
        if term.locale.language_code != default:
            continue
        raw = {field.name: getattr(term, field.name, None) for field in SHARED_TABLES[kind]}
        if translated := english.get(term.translation_key):
            raw |= {"name_en": translated.name, "description_en": translated.description}
        records.append(_normal(kind, raw))
    return records


def _documents(numbers: set[str]) -> Records:
    """Cited documents, and those that replaced them."""
    known = {d.number: d for d in LegalDocument.objects.select_related("replaced_by")}
    wanted = set(numbers)
    for number in numbers:
        document: LegalDocument | None = known.get(number)
        while document and document.replaced_by and document.replaced_by.number not in wanted:
            wanted.add(document.replaced_by.number)
            document = known.get(document.replaced_by.number)
    records = []
    for number in sorted(wanted & known.keys()):
        document = known[number]
        raw = {f.name: getattr(document, f.name) for f in SHARED_TABLES["legal_document"]}
        raw["replaced_by"] = document.replaced_by.number if document.replaced_by else None
        records.append(_normal("legal_document", raw))
    return records
