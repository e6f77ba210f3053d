"""The list of a provincial health department: fees, times and papers, partly confirmed."""

from __future__ import annotations

import re
from typing import Any

from catalogue.choices import FactsStatus, FeeKind, Method, TimeUnit
from catalogue.importers.columns import column, ordered, word
from catalogue.interchange import values
from catalogue.interchange.records import KEY, Report, is_empty, read_fields, report_unknown
from cms.core.vietnamese import cut_at_word

# Who owns the list: its rows name no agency, because all of it is one department's.
OWNER = "Sở Y tế"
LEVELS = {
    "trung uong": "ministry",
    "tinh": "province",
    "tinh/xa": "province commune",
    "xa": "commune",
    "co so kcb": "other",
}
NOTE_LENGTH = 255
_SUBJECTS = {
    "code": "mã",
    "name": "tên",
    "docs": "giấy tờ",
    "single document": "giấy tờ",
    "forms": "mẫu đơn",
    "fee": "mức thu",
    "duration": "thời hạn",
    "rest": "phần còn lại",
}
_HEADINGS = {
    "verified": "Đã đối chiếu",
    "partly verified": "Đối chiếu một phần",
    "unverified": "Chưa đối chiếu",
}
_CLAUSE = re.compile(r"(?P<what>.*?)\s*\b(?P<state>partly verified|verified|unverified)")
_REMARK = re.compile(r"\(([^)]*)\)")
_REMARKS = {
    "now under Bộ Y tế": "nay thuộc Bộ Y tế",
    "fee depends on facility type": "mức thu tuỳ loại cơ sở",
}

FIELDS = (
    column("key", KEY, required=True),
    column("code", KEY),
    column("code_status", values.line(40)),
    column("name", values.line(), required=True),
    column("field", values.line(255), required=True),
    column("level", word(LEVELS)),
    column("duration", values.decimal(6)),
    column("unit", values.choice(TimeUnit)),
    column("fee_vnd", values.decimal(15)),
    column("facts_status", values.line(500)),
    column("documents", ordered(values.line())),
)


def fits(raw: dict[str, Any]) -> bool:
    """Whether a record has the shape of this list."""
    return "official_name" not in raw and len({"fee_vnd", "facts_status", "level"} & raw.keys()) > 1


def adapt(raw: dict[str, Any], report: Report) -> dict[str, Any]:
    """Return the interchange form of a row, reporting each fault."""
    report_unknown({field.name for field in FIELDS}, raw, report)
    row = read_fields(FIELDS, raw, report)
    status, note = read_status(row.get("facts_status", ""), row.get("code_status", ""))
    record = {
        "key": row.get("code") or row.get("key"),
        "official_name": row.get("name"),
        "sectors": [row.get("field", "")],
        "authority_levels": row.get("level", "").split(),
        "offers": [_offer(row)],
        "fees": _fees(row.get("fee_vnd")),
        "documents": [{"name": name} for name in row.get("documents", [])],
        "facts_status": status,
        "facts_note": note,
    }
    return {name: value for name, value in record.items() if not is_empty(value)}


def _offer(row: dict[str, Any]) -> dict[str, Any]:
    """The counter, which receives every dossier; the list names no other way."""
    offer = {"method": Method.IN_PERSON.value}
    if row.get("unit") and row.get("duration", "0") != "0":
        offer |= {"duration": row["duration"], "unit": row["unit"]}
    return offer


def _fees(amount: str | None) -> list[dict[str, Any]]:
    if amount is None:
        return []
    if amount == "0":
        return [{"kind": FeeKind.FREE.value}]
    return [{"kind": FeeKind.AMOUNT.value, "amount": amount}]


def read_status(published: str, code_status: str) -> tuple[str, str]:
    """Return how far a row was confirmed, as our code and as a note for readers.

    Only a row that says "verified" of itself as a whole is verified.
    """
    found: dict[str, list[str]] = {state: [] for state in _HEADINGS}
    remarks = [_REMARKS.get(remark, remark) for remark in _REMARK.findall(published)]
    clauses = [clause.strip() for clause in _REMARK.sub("", published).split(";")]
    for clause in clauses:
        if match := _CLAUSE.fullmatch(clause):
            subjects = re.split(r"[/+,]", match["what"])
            names = [_SUBJECTS[s.strip()] for s in subjects if s.strip() in _SUBJECTS]
            found[match["state"]] += names
        elif clause in _REMARKS:
            remarks.append(_REMARKS[clause])
    if code_status in {"verified", "unverified"} and "mã" not in found["verified"]:
        found[code_status].insert(0, "mã")
    if clauses == ["verified"]:
        return FactsStatus.VERIFIED.value, ""
    if clauses == ["unverified"]:
        found["unverified"] = []  # nothing is confirmed: naming one thing would hide the rest
    confirmed = found["verified"] or found["partly verified"]
    status = FactsStatus.PARTLY if confirmed else FactsStatus.UNVERIFIED
    parts = [f"{_HEADINGS[s]}: {', '.join(names)}." for s, names in found.items() if names]
    note = " ".join([*parts, *(f"({remark})" for remark in remarks)])
    return status.value, cut_at_word(note, NOTE_LENGTH) if note else ""
