"""Export for the administration: a person's own procedures, and drafts of nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from catalogue.bulk.permissions import editable_procedures
from catalogue.exporters.procedures import ProcedureExporter
from catalogue.exporters.shared import list_agencies, shared_records
from catalogue.interchange import csv_table, json_lines, workbook
from catalogue.interchange.json_lines import PROCEDURE
from catalogue.models import AgencyPage, GuidePage, ProcedurePage
from cms.core.ownership import choosable

PUBLISHED, LATEST = "published", "latest"
_SHARING = ("agency", "handled_at", "sectors", "life_events", "legal_bases")


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
    guides = set(choosable(user, GuidePage).values_list("slug", flat=True))
    exporter = ProcedureExporter(
        {page.pk: path for path, page in agencies.items() if page.pk in shown},
        {page.path: path for path, page in agencies.items()},
        latest=content == LATEST,
    )
    ids = exported_ids(user, agency, content)
    for record in exporter.records_of(ids, drafts=content == LATEST):
        yield _visible(record, visible, guides)


def _visible(record: dict[str, Any], keys: set[str], guides: set[str]) -> dict[str, Any]:
    """Return a record that names no procedure and no guide but these."""
    kept = dict(record)
    for field, known in (("related_procedures", keys), ("related_guides", guides)):
        named = [name for name in kept.pop(field, []) if name in known]
        if named:
            kept[field] = named
    if kept.get("successor", "") not in keys:
        kept.pop("successor", None)
    return kept


def _everything(
    user: Any, agency: AgencyPage | None, content: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield procedures as they are read, and behind them what they share."""
    named = []
    for record in own_records(user, agency, content):
        named.append({name: record[name] for name in _SHARING if name in record})
        yield PROCEDURE, record
    yield from shared_records(named, list_agencies())


def stream_file(
    user: Any, agency: AgencyPage | None, content: str, file_format: str
) -> Iterator[str]:
    """Yield the lines of an export as a text file: CSV or JSON Lines."""
    records = _everything(user, agency, content)
    if file_format != "csv":
        yield from json_lines.lines(records)
        return
    yield "\ufeff"  # a spreadsheet knows by this mark that the file is UTF-8
    yield from csv_table.lines(records)


def make_workbook(user: Any, agency: AgencyPage | None, content: str) -> IO[bytes]:
    """Return the open file of an export as a workbook, which goes when it is closed.

    Raises `UnwritableRecordError` for a text that no cell of a workbook holds.
    """
    held = TemporaryFile(prefix="export-")  # noqa: SIM115
    try:
        workbook.write(held, _everything(user, agency, content))
    except Exception:
        held.close()
        raise
    held.seek(0)
    return held
