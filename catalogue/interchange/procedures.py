"""One procedure in the interchange format: from what a file holds to its normal form."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalogue.choices import FeeKind, FilingMode
from catalogue.facts import WORD_FIELDS
from catalogue.interchange import canonical
from catalogue.interchange.problems import RefusedError
from catalogue.interchange.records import (
    PROCEDURE_FIELDS,
    ROW_TABLES,
    TRANSLATION_FIELDS,
    Field,
    Report,
    is_empty,
    read_fields,
    report_unknown,
)
from catalogue.interchange.values import uuid

LANGUAGES = ("en",)
MOST_ROWS = 2000
_NAMES = {
    "cases": ("name",),
    "offers": ("method",),
    "fees": ("method",),
    "documents": ("name",),
    "steps": ("name", "text"),
    "results": ("code", "name"),
}
_KNOWN = {field.name for field in PROCEDURE_FIELDS} | set(ROW_TABLES) | {"translations", "record"}
_WORDS = {
    relation: {field.name: field.read for field in fields if field.name in WORD_FIELDS[relation]}
    for relation, fields in ROW_TABLES.items()
}


def read_procedure(raw: dict[str, Any], report: Report) -> dict[str, Any]:
    """Return the normal form of a procedure, every row with its UUID, reporting each fault."""
    report_unknown(_KNOWN, raw, report)
    record = read_fields(PROCEDURE_FIELDS, raw, report)
    key = record.get("key", "")
    record.setdefault("uuid", canonical.page_uuid(key))
    names = canonical.RowNames(key)
    for relation, fields in ROW_TABLES.items():
        rows = _read_rows(relation, fields, raw.get(relation), report)
        _name_rows(relation, rows, names)
        if rows:
            record[relation] = rows
    _check_page(record, raw, report)
    _check_cases(record, report)
    _check_unique(record, report)
    translations = _read_translations(raw.get("translations"), record, report)
    if translations:
        record["translations"] = translations
    return record


def _read_rows(
    relation: str, fields: tuple[Field, ...], raw: Any, report: Report
) -> list[dict[str, Any]]:
    if is_empty(raw):
        return []
    if not isinstance(raw, list):
        report(relation, _("must be a list"))
        return []
    if len(raw) > MOST_ROWS:
        report(relation, _("has more than %(limit)d rows") % {"limit": MOST_ROWS})
        return []
    rows = []
    known = {field.name for field in fields}
    for number, item in enumerate(raw):
        place = f"{relation}[{number}]"
        if not isinstance(item, dict):
            report(place, _("must be a record with named fields"))
            continue

        def tell(name: str, reason: str, place: str = place) -> None:
            report(f"{place}.{name}", reason)

        report_unknown(known, item, tell)
        row = read_fields(fields, item, tell)
        _check_row(relation, row, item, tell)
        rows.append(row)
    return rows


def _check_row(relation: str, row: dict[str, Any], item: dict[str, Any], tell: Report) -> None:
    """Report what fields demand of one another, unless the other field has a fault of its own."""

    def lacks(name: str) -> bool:
        return name not in row and is_empty(item.get(name))

    if relation == "offers" and "duration" in row and lacks("unit"):
        tell("unit", _("is missing: a time needs its unit"))
    if relation == "fees":
        kind = row.get("kind")
        if kind in {FeeKind.AMOUNT, FeeKind.PERCENTAGE} and lacks("amount"):
            tell("amount", _("must not be empty"))
        if kind == FeeKind.AMOUNT and row.get("amount") == "0":
            tell("amount", _("is zero: a fee of nothing has the kind “free”"))
        if kind == FeeKind.TEXT and lacks("text"):
            tell("text", _("must not be empty"))
    if relation == "results" and lacks("name") and lacks("code"):
        tell("name", _("must not be empty"))


def _name_rows(relation: str, rows: list[dict[str, Any]], names: canonical.RowNames) -> None:
    for row in rows:
        natural = next((row[field] for field in _NAMES[relation] if field in row), "")
        derived = names.uuid_for(relation, natural)
        row.setdefault("uuid", derived)
        if relation == "cases":
            row.setdefault("code", row["uuid"].replace("-", "")[:6])


def _check_page(record: dict[str, Any], raw: dict[str, Any], report: Report) -> None:
    lacks_url = "filing_url" not in record and is_empty(raw.get("filing_url"))
    if record.get("filing_mode") == FilingMode.LINK and lacks_url:
        report("filing_url", _("must not be empty where filing is on another portal"))
    if record.get("successor") and record["successor"] == record.get("key"):
        report("successor", _("is the procedure itself"))


def _check_cases(record: dict[str, Any], report: Report) -> None:
    codes = [case["code"] for case in record.get("cases", [])]
    if len(set(codes)) < len(codes):
        report("cases", _("two cases have the same code"))
    for relation in ("offers", "fees", "documents"):
        for number, row in enumerate(record.get(relation, [])):
            used = row.get("cases", []) if relation == "documents" else [row.get("case", "")]
            for code in sorted(set(used) - {""} - set(codes)):
                report(
                    f"{relation}[{number}].case",
                    _("names the case “%(code)s”, which the procedure has not") % {"code": code},
                )


def _check_unique(record: dict[str, Any], report: Report) -> None:
    seen: set[str] = set()
    for relation in ROW_TABLES:
        for number, row in enumerate(record.get(relation, [])):
            if row["uuid"] in seen:
                report(f"{relation}[{number}].uuid", _("is the UUID of another row"))
            seen.add(row["uuid"])


def _read_translations(raw: Any, record: dict[str, Any], report: Report) -> dict[str, Any]:
    if is_empty(raw):
        return {}
    if not isinstance(raw, dict):
        report("translations", _("must be a record with named fields"))
        return {}
    found = {}
    for language, words in raw.items():
        place = f"translations.{str(language)[:20]}"
        if language not in LANGUAGES or not isinstance(words, dict):
            report(place, _("must be a record of words in a language of the portal"))
            continue

        def tell(name: str, reason: str, place: str = place) -> None:
            report(f"{place}.{name}", reason)

        report_unknown({f.name for f in TRANSLATION_FIELDS} | {"rows"}, words, tell)
        found[language] = read_fields(TRANSLATION_FIELDS, words, tell)
        rows = _read_words(words.get("rows"), record, tell)
        if rows:
            found[language]["rows"] = rows
    return found


def _read_words(raw: Any, record: dict[str, Any], tell: Report) -> dict[str, dict[str, str]]:
    """The translated words of rows; a word equal to the Vietnamese one is left out."""
    if is_empty(raw):
        return {}
    if not isinstance(raw, dict):
        tell("rows", _("must be a record with named fields"))
        return {}
    rows = {
        row["uuid"]: (row, _WORDS[relation])
        for relation in ROW_TABLES
        for row in record.get(relation, [])
    }
    found: dict[str, dict[str, str]] = {}
    for key, words in raw.items():
        try:
            name = uuid(key)
            source, allowed = rows[name]
            if not isinstance(words, dict) or not set(words) <= set(allowed):
                raise RefusedError(_("must hold the words of that row"))
            read = {f: allowed[f](word) for f, word in words.items() if not is_empty(word)}
        except KeyError:
            tell("rows", _("names a row that the procedure has not"))
        except RefusedError as refusal:
            tell(f"rows.{str(key)[:40]}", str(refusal))
        else:
            read = {field: word for field, word in read.items() if word != source.get(field)}
            if any(read.values()):
                found[name] = read
    return found
