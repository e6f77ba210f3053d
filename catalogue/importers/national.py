"""The register of national procedures: one JSON object a procedure, with bare official facts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalogue.choices import Method, TimeUnit
from catalogue.importers.columns import column, words
from catalogue.importers.methods import build_offers
from catalogue.interchange import values
from catalogue.interchange.problems import RefusedError
from catalogue.interchange.records import KEY, Report, is_empty, read_fields, report_unknown
from cms.core.vietnamese import fold

NATIONAL_PORTAL = "https://dichvucong.gov.vn"
UNKNOWN = "Không có thông tin"
SOURCE_NOTE = "Theo Cơ sở dữ liệu quốc gia về thủ tục hành chính."
LEVELS = {
    "cap bo": "ministry",
    "cap tinh": "province",
    "cap xa": "commune",
    "co quan khac": "other",
}
SUBJECTS = {
    "cong dan viet nam": "citizen",
    "nguoi viet nam dinh cu o nuoc ngoai": "overseas_vietnamese",
    "nguoi nuoc ngoai": "foreigner",
    "nguoi nuoc ngoai cu tru tai viet nam": "foreigner",
    "can bo, cong chuc, vien chuc": "civil_servant",
    "doanh nghiep": "enterprise",
    "doanh nghiep viet nam": "enterprise",
    "doanh nghiep co von dau tu nuoc ngoai": "foreign_invested",
    "to chuc (khong bao gom doanh nghiep, htx)": "organisation",
    "to chuc nuoc ngoai": "foreign_organisation",
    "hop tac xa": "cooperative",
    "dang vien": "party_member",
    "to chuc dang": "party_organisation",
}


def _methods(value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RefusedError(_("must be a list"))
    return value


FIELDS = (
    column("code", KEY, required=True),
    column("name", values.line(), required=True),
    column("field", values.line(255), required=True),
    column("levels", words(LEVELS)),
    column("ministry", values.line(200)),
    column("subjects", words(SUBJECTS)),
    column("agency", values.line(500)),
    column("decision", values.line(120)),
    column("methods", _methods),
    column("documents", values.integer()),
    column("legal_numbers", values.listed(values.line(120))),
    column("result_codes", values.listed(values.line(60))),
)
METHOD_FIELDS = (
    column("mode", values.choice(Method), required=True),
    column("duration", values.decimal(6)),
    column("unit", values.choice(TimeUnit)),
    column("fee", values.line(4000)),
)


def fits(raw: dict[str, Any]) -> bool:
    """Whether a record has the shape of this register."""
    return "official_name" not in raw and len({"code", "levels", "subjects"} & raw.keys()) > 1


def adapt(raw: dict[str, Any], report: Report) -> dict[str, Any]:
    """Return the interchange form of a row, reporting each fault."""
    report_unknown({field.name for field in FIELDS}, raw, report)
    row = read_fields(FIELDS, raw, report)
    methods = _read_methods(row.get("methods", []), report)
    authority = row.get("agency", "")
    record = {
        "key": row.get("code"),
        "official_name": row.get("name"),
        "sectors": [row.get("field", "")],
        "authority_levels": row.get("levels"),
        "audiences": row.get("subjects"),
        "ministry": row.get("ministry"),
        "authority": "" if fold(authority) == fold(UNKNOWN) else authority,
        "decision_number": row.get("decision"),
        "documents_count": row.get("documents"),
        "legal_bases": row.get("legal_numbers"),
        "results": [{"code": code} for code in row.get("result_codes", [])],
        "facts_status": "verified",
        "facts_note": SOURCE_NOTE,
        **build_offers(methods),
        **_filing(methods),
    }
    return {name: value for name, value in record.items() if not is_empty(value)}


def _read_methods(raw: list[Any], report: Report) -> list[dict[str, Any]]:
    methods = []
    known = {field.name for field in METHOD_FIELDS}
    for number, item in enumerate(raw):

        def tell(name: str, reason: str, number: int = number) -> None:
            report(f"methods[{number}].{name}", reason)

        report_unknown(known, item, tell)
        method = read_fields(METHOD_FIELDS, item, tell)
        if "mode" in method:
            methods.append(method)
    return methods


def _filing(methods: list[dict[str, Any]]) -> dict[str, Any]:
    """Say of online filing what the modes imply, and no more.

    The register tells no level. A procedure that can be filed online is at least a partial
    online service, so that is its level until somebody sets it higher.
    """
    if not any(method["mode"] == Method.ONLINE for method in methods):
        return {"service_level": "information", "filing_mode": "none"}
    return {"service_level": "partial", "filing_mode": "link", "filing_url": NATIONAL_PORTAL}
