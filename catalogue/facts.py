"""Facts of a procedure as plain values, taken from its rows. Pure: no query of its own.

A *snapshot* is a JSON-ready dict of everything that the page of a procedure shows of its own
rows and links. It is stored when the page is published, and built from the page itself for a
preview, so both are drawn by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.choices import FeeKind, Method, TimeUnit

# Raise it when the form of snapshots, summaries or cards changes: stored ones are then outdated.
READ_TABLES_VERSION = 2

HOURS_IN_A_UNIT = {
    TimeUnit.HOUR: Decimal(1),
    TimeUnit.WORKING_DAY: Decimal(24) * 7 / 5,
    TimeUnit.DAY: Decimal(24),
    TimeUnit.MONTH: Decimal(24) * 30,
}

ROW_FIELDS: dict[str, tuple[str, ...]] = {
    "cases": ("name", "code"),
    "offers": ("case_code", "method", "duration", "unit", "note"),
    "fees": ("case_code", "method", "kind", "amount", "per", "text"),
    "documents": (
        "case_codes",
        "name",
        "note",
        "originals",
        "copies",
        "is_required",
        "form_file_id",
    ),
    "steps": ("name", "text"),
    "results": ("name", "code"),
}
WORD_FIELDS: dict[str, tuple[str, ...]] = {
    "cases": ("name",),
    "offers": ("note",),
    "fees": ("per", "text"),
    "documents": ("name", "note"),
    "steps": ("name", "text"),
    "results": ("name",),
}
TERM_FIELDS = ("sectors", "life_events")
LINK_FIELDS = (
    "legal_bases",
    "handled_at",
    "related_procedures",
    "related_guides",
)


PAGE_FIELDS = (
    "title",
    "seo_title",
    "search_description",
    "official_name",
    "summary",
    "key",
    "audiences",
    "service_level",
    "filing_mode",
    "filing_url",
    "dossier_sets",
    "documents_count",
    "conditions",
    "decision_number",
    "effective_date",
    "authority",
    "ministry",
    "is_repealed",
    "repealed_date",
    "repealed_note",
    "successor_id",
    "facts_status",
    "facts_note",
    "last_published_at",
)
PAGE_WORDS = (
    "title",
    "seo_title",
    "search_description",
    "official_name",
    "summary",
    "conditions",
    "repealed_note",
)


def build_snapshot(
    page: Any, *, owner_id: int | None, english_terms: dict[Any, str] | None = None
) -> dict[str, Any]:
    """Return the fields and rows of `page` with their UUIDs, and what it links to.

    `owner_id` is the agency right above it; `english_terms` gives the English names of sectors
    and life events by translation key. Links are ids, terms are [slug, name, English name].
    """
    names = english_terms or {}
    snapshot: dict[str, Any] = {
        relation: [_row(row, fields) for row in getattr(page, relation).all()]
        for relation, fields in ROW_FIELDS.items()
    }
    for name in TERM_FIELDS:
        snapshot[name] = [
            [term.slug, term.name, names.get(term.translation_key, "")]
            for term in getattr(page, name).all()
        ]
    for name in LINK_FIELDS:
        snapshot[name] = [item.pk for item in getattr(page, name).all()]
    snapshot["fields"] = {name: _plain(getattr(page, name)) for name in PAGE_FIELDS}
    snapshot["page_id"] = page.pk
    snapshot["owner_id"] = owner_id
    snapshot["uuid"] = str(page.translation_key)
    return snapshot


def _row(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    values = {name: _plain(getattr(row, name)) for name in fields}
    values["uuid"] = str(row.translation_key)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format_decimal(value)
    return value.isoformat() if isinstance(value, date) else value


def format_decimal(value: Decimal) -> str:
    """Return a decimal without an exponent or trailing zeros: "1.5", "430000"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def summarise_fees(fees: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """Return {kind, minimum, maximum} over all fee rows; None when no fee is published.

    Words, or kinds that cannot be compared, give {kind, text} and perhaps may_be_free instead.
    Amounts are strings of đồng; free rows beside amounts make the minimum "0".
    """
    rows = list(fees)
    if not rows:
        return None
    kinds = {row["kind"] for row in rows}
    if kinds == {FeeKind.FREE}:
        return {"kind": FeeKind.FREE.value}
    if FeeKind.TEXT in kinds or len(kinds - {FeeKind.FREE}) > 1:
        texts = {row["text"] for row in rows}
        only = texts.pop() if len(texts) == 1 and kinds == {FeeKind.TEXT} else ""
        in_words: dict[str, Any] = {
            "kind": FeeKind.TEXT.value,
            "text": only if len(only) <= 40 else "",
        }
        return in_words | ({"may_be_free": True} if FeeKind.FREE in kinds else {})
    kind = (kinds - {FeeKind.FREE}).pop()
    amounts = [Decimal(row["amount"]) for row in rows if row["amount"] is not None]
    if FeeKind.FREE in kinds:
        amounts.append(Decimal(0))
    return {
        "kind": str(kind),
        "minimum": format_decimal(min(amounts)),
        "maximum": format_decimal(max(amounts)),
    }


def summarise_times(offers: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the shortest and longest time as {minimum: [n, unit], maximum: [n, unit]}."""
    times = [(row["duration"], row["unit"]) for row in offers if row["duration"] is not None]
    if not times:
        return None
    ordered = sorted(times, key=lambda time: Decimal(time[0]) * HOURS_IN_A_UNIT[time[1]])
    return {"minimum": list(ordered[0]), "maximum": list(ordered[-1])}


def list_methods(offers: Iterable[dict[str, Any]]) -> list[str]:
    """Return the ways of filing that occur, in the usual order."""
    present = {row["method"] for row in offers}
    return [method.value for method in Method if method in present]


def summarise(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return what a list shows of a snapshot."""
    return {
        "fee": summarise_fees(snapshot["fees"]),
        "time": summarise_times(snapshot["offers"]),
        "methods": list_methods(snapshot["offers"]),
    }
