"""The records of the interchange format, field by field.

Everything that reads, writes, checks or describes the format goes by these tables. A field that
is empty is left out of a record; a field with a default is always written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalogue.choices import (
    AgencyKind,
    Audience,
    AuthorityLevel,
    FactsStatus,
    FeeKind,
    FilingMode,
    Method,
    ServiceLevel,
    TimeUnit,
)
from catalogue.interchange import richtext, values
from catalogue.interchange.problems import RefusedError

Report = Callable[[str, str], None]  # field, reason


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is read, whether it must be there, and what it is when left out."""

    name: str
    read: values.Reader
    required: bool = False
    default: Any = None
    is_list: bool = False
    demanded: bool = False  # must be named, though it may be empty: a column of a register


def _list(name: str, read_one: values.Reader) -> Field:
    return Field(name, values.listed(read_one), is_list=True)


KEY = values.code(60)
CASE_CODE = values.code(12)
NUMBER = values.line(120)
AGENCY = values.agency()

PROCEDURE_FIELDS = (
    Field("key", KEY, required=True),
    Field("uuid", values.uuid),
    Field("agency", AGENCY),
    Field("title", values.line(255)),
    Field("slug", values.slug(255)),
    Field("official_name", values.line(), required=True),
    Field("summary", values.text()),
    _list("sectors", values.line(255)),
    _list("life_events", values.line(255)),
    Field("audiences", values.codes(Audience), is_list=True),
    Field("authority_levels", values.codes(AuthorityLevel), is_list=True),
    Field("service_level", values.choice(ServiceLevel), default="information"),
    Field("filing_mode", values.choice(FilingMode), default="none"),
    Field("filing_url", values.url()),
    _list("handled_at", AGENCY),
    Field("authority", values.line(500)),
    Field("ministry", values.line(200)),
    Field("decision_number", values.line(120)),
    Field("effective_date", values.day),
    Field("is_repealed", values.boolean, default=False),
    Field("repealed_date", values.day),
    Field("repealed_note", values.text()),
    Field("successor", KEY),
    Field("dossier_sets", values.integer(), default=1),
    Field("documents_count", values.integer()),
    Field("conditions", richtext.read),
    _list("legal_bases", NUMBER),
    _list("related_procedures", KEY),
    _list("related_guides", values.slug(255)),
    Field("facts_status", values.choice(FactsStatus), default="unverified"),
    Field("facts_note", values.line(255)),
    Field("seo_title", values.line(255)),
    Field("search_description", values.text()),
)
ROW_TABLES: dict[str, tuple[Field, ...]] = {
    "cases": (
        Field("uuid", values.uuid),
        Field("code", CASE_CODE),
        Field("name", values.text(), required=True),
    ),
    "offers": (
        Field("uuid", values.uuid),
        Field("case", CASE_CODE),
        Field("method", values.choice(Method), required=True),
        Field("duration", values.decimal(6)),
        Field("unit", values.choice(TimeUnit)),
        Field("note", values.text()),
    ),
    "fees": (
        Field("uuid", values.uuid),
        Field("case", CASE_CODE),
        Field("method", values.choice(Method)),
        Field("kind", values.choice(FeeKind), required=True),
        Field("amount", values.decimal(15)),
        Field("per", values.line(255)),
        Field("text", values.text()),
    ),
    "documents": (
        Field("uuid", values.uuid),
        _list("cases", CASE_CODE),
        Field("name", values.text(), required=True),
        Field("note", values.text()),
        Field("originals", values.integer(), default=1),
        Field("copies", values.integer(), default=0),
        Field("is_required", values.boolean, default=True),
        Field("form", values.line(255)),
    ),
    "steps": (
        Field("uuid", values.uuid),
        Field("name", values.line(255)),
        Field("text", values.text(), required=True),
    ),
    "results": (
        Field("uuid", values.uuid),
        Field("name", values.text()),
        Field("code", values.line(60)),
    ),
}
# What a translation holds of a page; its rows are {uuid: {word field: text}}.
TRANSLATION_FIELDS = (
    Field("title", values.line(255)),
    Field("official_name", values.line(), required=True),
    Field("summary", values.text()),
    Field("conditions", richtext.read),
    Field("repealed_note", values.text()),
    Field("seo_title", values.line(255)),
    Field("search_description", values.text()),
)
SHARED_TABLES: dict[str, tuple[Field, ...]] = {
    "agency": (
        Field("path", values.path(), required=True),
        Field("name", values.line(255), required=True),
        Field("kind", values.choice(AgencyKind), default="department"),
        Field("official_identifier", values.line(35)),
        Field("other_names", values.text()),
    ),
    "sector": (
        Field("slug", values.slug(120), required=True),
        Field("name", values.line(255), required=True),
        Field("description", values.text()),
        Field("name_en", values.line(255)),
        Field("description_en", values.text()),
    ),
    "life_event": (
        Field("slug", values.slug(120), required=True),
        Field("name", values.line(255), required=True),
        Field("description", values.text()),
        Field("icon", values.line(30), default="file"),
        Field("position", values.integer(), default=0),
        Field("name_en", values.line(255)),
        Field("description_en", values.text()),
    ),
    "legal_document": (
        Field("number", NUMBER, required=True),
        Field("slug", values.slug(140)),
        Field("title", values.text()),
        Field("issuer", values.line(200)),
        Field("issued_date", values.day),
        Field("effective_date", values.day),
        Field("repealed_date", values.day),
        Field("replaced_by", NUMBER),
        Field("url", values.url()),
    ),
}
SHARED_KEYS = {
    "agency": "path",
    "sector": "slug",
    "life_event": "slug",
    "legal_document": "number",
}


def is_empty(value: Any) -> bool:
    """Whether a value counts as left out."""
    return value is None or value in ("", [], {})


def read_fields(fields: tuple[Field, ...], raw: dict[str, Any], report: Report) -> dict[str, Any]:
    """Return the normal form of the fields of one record, reporting each fault."""
    record: dict[str, Any] = {}
    for field in fields:
        value = raw.get(field.name)
        if is_empty(value):
            value = None
            if field.demanded and field.name not in raw:
                report(field.name, _("is missing"))
                continue
        else:
            try:
                value = field.read(value)
            except RefusedError as refusal:
                report(field.name, str(refusal))
                continue
        if is_empty(value) and field.required:
            report(field.name, _("must not be empty"))
        value = field.default if is_empty(value) else value
        if not is_empty(value):
            record[field.name] = value
    return record


def report_unknown(known: set[str], raw: dict[str, Any], report: Report) -> None:
    """Report fields that the format does not have: a misspelt one would be lost in silence."""
    for name, value in raw.items():
        if name not in known and not is_empty(value):
            report(str(name)[:60], _("is no field of this format"))
