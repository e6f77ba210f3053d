"""Which source a file comes from, and its records in the interchange format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.importers import health, national
from catalogue.interchange.canonical import digest
from catalogue.interchange.json_lines import PROCEDURE
from catalogue.interchange.procedures import read_procedure
from catalogue.interchange.raw import Raw, Reading
from catalogue.interchange.records import (
    SHARED_KEYS,
    SHARED_TABLES,
    Report,
    read_fields,
    report_unknown,
)

INTERCHANGE, NATIONAL, HEALTH = "interchange", "national", "health"
SOURCES = (INTERCHANGE, NATIONAL, HEALTH)
_ADAPTERS: dict[str, Callable[[dict[str, Any], Report], dict[str, Any]]] = {
    NATIONAL: national.adapt,
    HEALTH: health.adapt,
}


@dataclass(slots=True)
class Candidate:
    """A procedure of a file in its normal form.

    A register names no counters: `derives_counters` says that they follow from the level and
    the owner; `owner` is the name of the agency that owns the whole register, if one does.
    """

    raw: Raw
    record: dict[str, Any]
    derives_counters: bool = False
    owner: str = ""

    @property
    def key(self) -> str:
        """The code of the procedure."""
        return str(self.record["key"])

    @property
    def digest(self) -> str:
        """What tells whether the record was changed since the last import."""
        return digest({**self.record, "record": [self.derives_counters, self.owner]})


@dataclass(slots=True)
class Content:
    """What a file holds, in normal form: shared records by kind and key, and procedures."""

    source: str
    shared: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    lines: dict[tuple[str, str], Raw] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)


def detect(records: list[Raw]) -> str:
    """Return the source whose shape the first records have."""
    for raw in records[:20]:
        if raw.kind == PROCEDURE:
            if health.fits(raw.data):
                return HEALTH
            if national.fits(raw.data):
                return NATIONAL
    return INTERCHANGE


def understand(reading: Reading, source: str = "", agency: str = "") -> Content:
    """Bring every record into its normal form, reporting what is wrong with it.

    `agency` is the path of the agency that is to own all procedures, whatever the file says.
    """
    content = Content(source or detect(reading.records))
    for raw in reading.records:
        if raw.kind == PROCEDURE:
            _understand_procedure(raw, content, reading, agency)
        else:
            _understand_shared(raw, content, reading)
    return content


def _understand_shared(raw: Raw, content: Content, reading: Reading) -> None:
    def report(name: str, reason: str) -> None:
        reading.refuse_in(raw, name, reason)

    fields = SHARED_TABLES[raw.kind]
    report_unknown({field.name for field in fields}, raw.data, report)
    record = read_fields(fields, raw.data, report)
    name = SHARED_KEYS[raw.kind]
    key = record.get(name)
    if key is None:
        return
    if (raw.kind, key) in content.lines:
        report(name, _("stands twice in the file"))
        return
    content.lines[raw.kind, key] = raw
    content.shared.setdefault(raw.kind, {})[key] = record


def _understand_procedure(raw: Raw, content: Content, reading: Reading, agency: str) -> None:
    def report(name: str, reason: str) -> None:
        reading.refuse_in(raw, name, reason)

    faults = len(reading.bad_lines)
    adapter = _ADAPTERS.get(content.source)
    data = adapter(raw.data, report) if adapter else raw.data
    if adapter and len(reading.bad_lines) > faults:
        return  # the adapter has said what is wrong; its result would only say it again
    record = read_procedure(data, report)
    if agency:
        record["agency"] = agency
    key = record.get("key")
    if key is None:
        return
    if (PROCEDURE, key) in content.lines:
        other = content.lines[PROCEDURE, key]
        report("key", _("“%(key)s” stands on line %(line)d too") % {"key": key, "line": other.line})
        return
    content.lines[PROCEDURE, key] = raw
    owner = health.OWNER if content.source == HEALTH else ""
    content.candidates.append(Candidate(raw, record, adapter is not None, owner))
