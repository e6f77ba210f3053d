"""Differences, faults and reasons of an import in the reader's words. Decides nothing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.bulk.wording import REASONS, Said
from catalogue.choices import (
    Audience,
    AuthorityLevel,
    FactsStatus,
    FeeKind,
    FilingMode,
    Method,
    ServiceLevel,
    TimeUnit,
)
from catalogue.interchange.records import PROCEDURE_FIELDS, ROW_TABLES
from catalogue.models import ImportRow, ProcedurePage
from catalogue.transfers.differences import ORDER, TRANSLATIONS
from cms.core.formatting import format_date, format_number

EQUAL, AS_IMPORTED, EXISTS, STOPPED, UNLINKED = (
    "equal",
    "as_imported",
    "exists",
    "stopped",
    "unlinked",
)
SHOWN = 600  # characters of a text
OWN_REASONS = {
    EQUAL: gettext_lazy("The page says the same."),
    AS_IMPORTED: gettext_lazy("Equal to the last import; what was edited since stays."),
    EXISTS: gettext_lazy("A procedure with this code has been made since the preview."),
    STOPPED: gettext_lazy("Not written: the import was stopped."),
    UNLINKED: gettext_lazy("Written, but without its links: the import was stopped."),
}

NOTHING = "—"
_CODES: dict[str, Any] = {
    "audiences": Audience,
    "authority_levels": AuthorityLevel,
    "service_level": ServiceLevel,
    "filing_mode": FilingMode,
    "facts_status": FactsStatus,
    "method": Method,
    "kind": FeeKind,
    "unit": TimeUnit,
}
_DATES = {"effective_date", "repealed_date"}
_NUMBERS = {"amount", "duration"}
_COLUMNS = {"case": "case_code", "cases": "case_codes", "form": "form_file"}
_USUAL = {"originals": 1, "copies": 0, "is_required": True}
_PLAIN_NAMES = {field.name for field in PROCEDURE_FIELDS} - {"uuid", "agency"}
_INDEX = re.compile(r"\[(\d+)\]")


def label_of(place: str, field: str = "") -> str:
    """Return what editors call a field of a procedure, or of one of its rows."""
    if place == TRANSLATIONS:
        words = _("English")
        return f"{words}: {label_of(field)}" if field in _PLAIN_NAMES else str(words)
    if place in ROW_TABLES:
        return _label_row(place, field)
    if place in _PLAIN_NAMES:
        return _first_upper(str(ProcedurePage._meta.get_field(place).verbose_name))
    return _("Agency") if place == "agency" else ""


def _label_row(relation: str, field: str) -> str:
    model: Any = ProcedurePage._meta.get_field(relation).related_model
    name = _first_upper(str(model._meta.verbose_name))
    if field == ORDER:
        return _("%(rows)s: order") % {"rows": name}
    if field not in {one.name for one in ROW_TABLES[relation]} - {"uuid"}:
        return name
    return f"{name}: {model._meta.get_field(_COLUMNS.get(field, field)).verbose_name}"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def say_differences(row: ImportRow) -> list[Said]:
    """Return the differences of a row."""
    return [_say(difference) for difference in row.difference]


def _say(difference: dict[str, Any]) -> Said:
    place, field = difference["place"], difference["field"]
    name = field or place
    return Said(
        what=label_of(place, field),
        about=", ".join(_say_name(part) for part in difference["about"]),
        before=say_value(name, difference["before"]),
        after=say_value(name, difference["after"]),
    )


def _say_name(part: str) -> str:
    for choices in (Method, FeeKind):
        if part in choices.values:
            return str(choices(part).label)
    return part[:120]


def say_value(name: str, value: Any) -> str:
    """Return a value of a record as a reader knows it."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, dict):
        return _say_row(name, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _cut(", ".join(say_value(name, item) for item in value))
    return _cut(_say_plain(name, value))


def _say_plain(name: str, value: Any) -> str:
    if name in _CODES and value in _CODES[name].values:
        return str(_CODES[name](value).label)
    if name in _DATES:
        return format_date(date.fromisoformat(value))
    if name in _NUMBERS:
        return format_number(Decimal(value))
    if name == "conditions":
        return strip_tags(re.sub(r"</(?:p|li|h3)>", " ", value)).strip()
    return str(value)


def _say_row(place: str, row: dict[str, Any]) -> str:
    """Return a row that comes or goes: its fields, without those that are as usual."""
    parts = [
        f"{label_of(place, name).partition(': ')[2]}: {say_value(name, value)}"
        for name, value in row.items()
        if name not in _USUAL or value != _USUAL[name]
    ]
    return _cut("; ".join(parts))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"


def say_reason(row: ImportRow) -> str:
    """Return why a row was or will be left alone, or only saved as a draft."""
    known: dict[str, Any] = REASONS | OWN_REASONS
    words = str(known.get(row.reason, ""))
    return f"{words} {row.detail}".strip()


def say_column(problem: dict[str, Any]) -> str:
    """Return the column of a table in which a fault stands."""
    path = _INDEX.sub("", problem["field"])
    return path.rpartition(".")[2] if problem["sheet"] else path.partition(".")[0]


def say_field(problem: dict[str, Any]) -> str:
    """Return what editors call the field of a fault, and of which row it is."""
    place, _dot, field = problem["field"].partition(".")
    number = _INDEX.search(place)
    place = _INDEX.sub("", place)
    label = label_of(place, field.partition(".")[2] if place == TRANSLATIONS else field)
    if number and label and not problem["sheet"]:
        return _("%(label)s (row %(number)d of it)") % {
            "label": label,
            "number": int(number[1]) + 1,
        }
    return label


def say_hint(problem: dict[str, Any]) -> str:
    """Return what the codes of a faulty column mean."""
    column = say_column(problem)
    if column not in _CODES:
        return ""
    return "; ".join(f"{code} = {label}" for code, label in _CODES[column].choices)
