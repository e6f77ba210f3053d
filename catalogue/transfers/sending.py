"""Export for the administration: a person's own procedures, and drafts of nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from catalogue.bulk.permissions import editable_procedures
from catalogue.exporters.procedures import ProcedureExporter
from catalogue.exporters.shared import list_agencies, shared_records
from catalogue.interchange.files import write_file
from catalogue.interchange.json_lines import PROCEDURE
from catalogue.models import AgencyPage, ProcedurePage
from cms.core.ownership import choosable

PUBLISHED, LATEST = "published", "latest"


def exported_ids(user: Any, agency: AgencyPage | None, content: str) -> list[int]:
    """Return the ids of the procedures that `user` may edit, in the order of their codes."""
    found = editable_procedures(user).exclude(key=None)
    if agency is not None:
        found = found.filter(path__startswith=agency.path)
    if content != LATEST:
        found = found.filter(live=True)
    return [pk for pk, _key in sorted(found.values_list("pk", "key"), key=lambda row: row[1])]


def own_records(user: Any, agency: AgencyPage | None, content: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a person's procedures, without links to what they may not see."""
    agencies = list_agencies()
    shown = set(choosable(user, AgencyPage).values_list("pk", flat=True))
    keys = choosable(user, ProcedurePage).exclude(key=None)
    visible = set(keys.values_list("key", flat=True))
    exporter = ProcedureExporter(
        {page.pk: path for path, page in agencies.items() if page.pk in shown},
        {page.path: path for path, page in agencies.items()},
        latest=content == LATEST,
    )
    ids = exported_ids(user, agency, content)
    for record in exporter.records_of(ids, drafts=content == LATEST):
        yield _visible(record, visible)


def _visible(record: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """Return a record that names no procedure but these."""
    related = [key for key in record.get("related_procedures", []) if key in keys]
    kept = {n: v for n, v in record.items() if n != "related_procedures"}
    if related:
        kept["related_procedures"] = related
    if kept.get("successor", "") not in keys:
        kept.pop("successor", None)
    return kept


@contextmanager
def exported_file(
    user: Any, agency: AgencyPage | None, content: str, file_format: str
) -> Iterator[Path]:
    """Give the file of an export for a while.

    Raises `UnwritableRecordError` for a text that no cell of a workbook holds.
    """
    records = list(own_records(user, agency, content))
    shared = shared_records(records, list_agencies())
    with TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / f"file.{file_format}"
        write_file(path, [*shared, *((PROCEDURE, record) for record in records)], file_format)
        yield path
