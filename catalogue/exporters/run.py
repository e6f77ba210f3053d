"""One export: the selected procedures and what they share, written to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalogue.exporters.procedures import ProcedureExporter, Selection
from catalogue.exporters.shared import list_agencies, shared_records
from catalogue.interchange.files import write_file
from catalogue.interchange.json_lines import PROCEDURE


@dataclass(frozen=True, slots=True)
class Exported:
    """How many procedures were written, and what an import of them would refuse."""

    procedures: int
    problems: list[str]


def export_file(path: Path, selection: Selection, file_format: str = "") -> Exported:
    """Write the selected procedures; the same pages give the same bytes."""
    agencies = list_agencies()
    exporter = ProcedureExporter(
        {agency.pk: path for path, agency in agencies.items()},
        {agency.path: path for path, agency in agencies.items()},
    )
    records = list(exporter.records(selection))
    shared = shared_records(records, agencies)
    write_file(path, [*shared, *((PROCEDURE, record) for record in records)], file_format)
    return Exported(len(records), [str(problem) for problem in exporter.problems])
