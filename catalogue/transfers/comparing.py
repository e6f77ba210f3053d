"""From a row of a file and a page to comparable records, and the difference between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catalogue.exporters.procedures import ProcedureExporter
from catalogue.importers.directory import Directory
from catalogue.importers.placing import Placement
from catalogue.importers.shared import find_term
from catalogue.importers.sources import Candidate
from catalogue.transfers.differences import Difference, Record, compare
from cms.core.models.pages import TITLE_LENGTH
from cms.core.vietnamese import cut_at_word

CHUNK = 100


@dataclass(slots=True)
class Comparer:
    """Compares rows of a file with the latest drafts of their pages."""

    directory: Directory
    exporter: ProcedureExporter = field(init=False)

    def __post_init__(self) -> None:
        agencies = self.directory.agencies.items()
        self.exporter = ProcedureExporter(
            {agency.pk: path for path, agency in agencies},
            {agency.path: path for path, agency in agencies},
            latest=True,
        )

    def differences(
        self, pairs: list[tuple[int, Candidate]]
    ) -> Iterator[tuple[Candidate, list[Difference]]]:
        """Yield what each row changes; `pairs` are ids of pages with their rows."""
        for start in range(0, len(pairs), CHUNK):
            part = pairs[start : start + CHUNK]
            records = self.exporter.records_of([pk for pk, _c in part], drafts=True)
            for (_pk, candidate), old in zip(part, records, strict=True):
                yield candidate, compare(self._told(old), self._resolved(candidate, old))

    def _told(self, old: Record) -> Record:
        """Return a page's record with its links in order, as a file has them."""
        told = dict(old)
        for name in ("sectors", "life_events", "handled_at", "legal_bases"):
            if name in told:
                told[name] = sorted(told[name])
        return told

    def _resolved(self, candidate: Candidate, old: Record) -> Record:
        """Return a file's record in the names that the portal uses."""
        record = dict(candidate.record)
        directory = self.directory
        for name, terms in (
            ("sectors", directory.sectors),
            ("life_events", directory.life_events),
        ):
            _set(record, name, [self._term(terms, text) for text in record.get(name, [])])
        related = record.get("related_procedures", [])
        _set(record, "related_procedures", [self._key(key) for key in related])
        if "successor" in record:
            record["successor"] = self._key(record["successor"])
        owner = directory.find_agency(old.get("agency", "")) or ""
        if owner:
            counters = Placement(directory).counter_paths(candidate, owner)
            _set(record, "handled_at", counters)
        if "title" not in record:
            record["title"] = cut_at_word(record["official_name"], TITLE_LENGTH)
        if "documents" in record:
            record["documents"] = [self._paper(row) for row in record["documents"]]
        return record

    def _term(self, terms: Any, name: str) -> str:
        term = find_term(terms, name)
        return term.slug if term else name

    def _key(self, key: str) -> str:
        known = self.directory.procedures.get(key)
        return known.key if known else key

    def _paper(self, row: Record) -> Record:
        """Return a paper whose form is named by its file, as pages tell it."""
        form = self.directory.forms.get(row.get("form", ""))
        return row | {"form": self.exporter.forms[form]} if form else row


def _set(record: Record, name: str, values: list[str]) -> None:
    """Put a list into a record, or leave it out when it is empty."""
    record.pop(name, None)
    if values:
        record[name] = sorted(set(values))
