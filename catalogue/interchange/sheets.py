"""How records lie in a workbook: one sheet for procedures and one for each child table."""

from __future__ import annotations

from typing import Any

from catalogue.interchange import tables
from catalogue.interchange.json_lines import PROCEDURE
from catalogue.interchange.records import (
    PROCEDURE_FIELDS,
    ROW_TABLES,
    SHARED_TABLES,
    TRANSLATION_FIELDS,
)

PROCEDURES = "procedures"
TRANSLATIONS = "translations"
ROW_TRANSLATIONS = "row_translations"
SHARED_SHEETS = {
    "agencies": "agency",
    "sectors": "sector",
    "life_events": "life_event",
    "legal_documents": "legal_document",
}
WORDS = ("name", "note", "per", "text")
# Every sheet with its columns, in the order of the workbook.
SHEETS: dict[str, list[str]] = {
    PROCEDURES: [field.name for field in PROCEDURE_FIELDS],
    **{
        relation: ["key", *(field.name for field in fields)]
        for relation, fields in ROW_TABLES.items()
    },
    TRANSLATIONS: ["key", "language", *(field.name for field in TRANSLATION_FIELDS)],
    ROW_TRANSLATIONS: ["key", "language", "uuid", *WORDS],
    **{
        sheet: [field.name for field in SHARED_TABLES[kind]]
        for sheet, kind in SHARED_SHEETS.items()
    },
}
LISTS = {
    (sheet, field.name)
    for sheet, fields in {PROCEDURES: PROCEDURE_FIELDS, **ROW_TABLES}.items()
    for field in fields
    if field.is_list
}

SheetRow = tuple[str, dict[str, Any]]


def spread(kind: str, record: dict[str, Any]) -> list[SheetRow]:
    """Return the rows of a record, each with the name of its sheet."""
    if kind != PROCEDURE:
        sheet = next(name for name, other in SHARED_SHEETS.items() if other == kind)
        return [(sheet, record)]
    key = record["key"]
    rows: list[SheetRow] = [(PROCEDURES, record)]
    for relation in ROW_TABLES:
        rows += [(relation, {"key": key, **row}) for row in record.get(relation, [])]
    for language, words in record.get("translations", {}).items():
        rows.append((TRANSLATIONS, {"key": key, "language": language, **words}))
        for uuid, texts in sorted(words.get("rows", {}).items()):
            row = {"key": key, "language": language, "uuid": uuid, **texts}
            rows.append((ROW_TRANSLATIONS, row))
    return rows


def cell_of(row: dict[str, Any], column: str) -> str | int | bool | None:
    """Return what stands in a cell: numbers and truths as such, all else as text."""
    value = row.get(column)
    if isinstance(value, list):
        return tables.write_list(value)
    return value if value is None or isinstance(value, int) else str(value)


def gather(sheet: str, row: dict[str, Any], procedure: dict[str, Any]) -> str:
    """Put a row of a child sheet into its procedure; return the name of its place there."""
    row = {name: value for name, value in row.items() if name != "key"}
    if sheet in ROW_TABLES:
        rows = procedure.setdefault(sheet, [])
        rows.append(row)
        return f"{sheet}[{len(rows) - 1}]"
    language = str(row.pop("language", None) or "")
    words = procedure.setdefault("translations", {}).setdefault(language, {})
    if sheet == TRANSLATIONS:
        words.update(row)
    else:
        uuid = str(row.pop("uuid", None) or "")
        texts = {name: value for name, value in row.items() if value not in {None, ""}}
        words.setdefault("rows", {})[uuid] = texts
    return "translations"
