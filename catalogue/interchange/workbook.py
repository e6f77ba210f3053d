"""Workbooks (XLSX): reading refuses formulas, writing gives the same bytes for the same records."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError

from catalogue.interchange import sheets, tables
from catalogue.interchange.json_lines import PROCEDURE
from catalogue.interchange.problems import RefusedError, UnreadableFileError
from catalogue.interchange.raw import Raw, Reading

LARGEST_CONTENT = 400_000_000  # bytes when unpacked
LONGEST_CELL = 32_767
MOST_COLUMNS = 200
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class UnwritableRecordError(ValueError):
    """A text that no cell holds; JSON Lines take it."""


def read(path: Path) -> Reading:
    """Read a workbook. Raises `UnreadableFileError` when it is none, or one of odd sheets."""
    reading = Reading()
    book = _open(path)
    try:
        names = book.sheetnames
        if len(names) == 1 and names[0] not in sheets.SHEETS:
            for number, row in _rows(book[names[0]], names[0], reading, is_own=False):
                reading.records.append(Raw(number, PROCEDURE, row, names[0]))
            return reading
        unknown = [name for name in names if name not in sheets.SHEETS]
        if unknown:
            raise UnreadableFileError(
                _("The workbook has a sheet “%(name)s” that the format does not know.")
                % {"name": unknown[0]}
            )
        _read_sheets(book, reading)
    finally:
        book.close()
    return reading


def _open(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
        if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
            raise UnreadableFileError(
                _("The workbook holds macros. Save it as a workbook without macros (.xlsx).")
            )
        if size > LARGEST_CONTENT:
            raise UnreadableFileError(_("The workbook is too large when unpacked."))
        return load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(_("This is no workbook in the XLSX format.")) from error


def _read_sheets(book: Any, reading: Reading) -> None:
    procedures: dict[str, Raw] = {}
    present = [name for name in sheets.SHEETS if name in book.sheetnames]
    for sheet in present:
        for number, row in _rows(book[sheet], sheet, reading, is_own=True):
            if sheet == sheets.PROCEDURES:
                raw = Raw(number, PROCEDURE, row, sheet)
                reading.records.append(raw)
                procedures.setdefault(str(row.get("key")), raw)
            elif sheet in sheets.SHARED_SHEETS:
                kind = sheets.SHARED_SHEETS[sheet]
                reading.records.append(Raw(number, kind, row, sheet))
            else:
                owner = procedures.get(str(row.get("key")))
                if owner is None:
                    reason = _("names a procedure that the workbook has not")
                    reading.refuse(number, reason, name="key", sheet=sheet)
                    continue
                place = sheets.gather(sheet, row, owner.data)
                owner.places[place] = (sheet, number)


def _rows(
    worksheet: Any, sheet: str, reading: Reading, *, is_own: bool
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield number and cells of each row that is not empty; the first row is the heading."""
    rows = enumerate(worksheet.iter_rows(max_col=MOST_COLUMNS), start=1)
    heading: list[str] = []
    try:
        for number, cells in rows:
            if number == 1:
                heading = _heading(cells, sheet)
                continue
            row = _read_row(heading, cells, number, sheet, reading, is_own=is_own)
            if row:
                yield number, row
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(
            _("The sheet “%(name)s” cannot be read.") % {"name": sheet}
        ) from error


def _heading(cells: Any, sheet: str) -> list[str]:
    heading = [str(cell.value or "").strip() for cell in cells]
    while heading and not heading[-1]:
        heading.pop()
    if not heading or not all(heading) or len(set(heading)) < len(heading):
        raise UnreadableFileError(
            _("The heading of the sheet “%(name)s” has an empty or a repeated name.")
            % {"name": sheet}
        )
    return heading


def _read_row(
    heading: list[str], cells: Any, number: int, sheet: str, reading: Reading, *, is_own: bool
) -> dict[str, Any] | None:
    row: dict[str, Any] = {}
    filled = broken = False
    for column, cell in enumerate(cells):
        if cell.value is None or cell.value == "":
            continue
        filled = True
        name = heading[column] if column < len(heading) else ""
        try:
            if not name:
                raise RefusedError(_("has more cells than the heading"))
            row[name] = _read_cell(cell, sheet, name, is_own=is_own)
        except RefusedError as refusal:
            reading.refuse(number, str(refusal), name=name, sheet=sheet)
            broken = True
    if not filled or broken:
        return None
    return {**dict.fromkeys(heading), **row}


def _read_cell(cell: Any, sheet: str, name: str, *, is_own: bool) -> Any:
    if cell.data_type == "f":
        raise RefusedError(_("holds a formula; paste its value instead"))
    if cell.data_type == "e":
        raise RefusedError(_("holds an error of the spreadsheet"))
    value = cell.value
    if isinstance(value, str):
        text = value.strip()
        if is_own and (sheet, name) in sheets.LISTS:
            return tables.read_list(text)
        return value if is_own else tables.read_register_cell(text)
    return value


def write(stream: BinaryIO, records: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Write pairs of kind and record. Raises `UnwritableRecordError` for too long a text."""
    book = Workbook(write_only=True)
    pages = {name: book.create_sheet(name) for name in sheets.SHEETS}
    for name, page in pages.items():
        page.freeze_panes = "B2"
        page.append(sheets.SHEETS[name])
    for kind, record in records:
        for sheet, row in sheets.spread(kind, record):
            page = pages[sheet]
            page.append([_write_cell(page, row, column) for column in sheets.SHEETS[sheet]])
    packed = BytesIO()
    book.save(packed)
    _repack(packed, stream)


def _write_cell(page: Any, row: dict[str, Any], column: str) -> Any:
    value = sheets.cell_of(row, column)
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_CELL:
        raise UnwritableRecordError(f"{row.get('key', '')} {column}")
    try:
        cell = WriteOnlyCell(page, value)
    except IllegalCharacterError as error:
        raise UnwritableRecordError(f"{row.get('key', '')} {column}") from error
    cell.data_type = "s"  # a text that begins with "=" stays a text
    return cell


def _repack(packed: BytesIO, stream: BinaryIO) -> None:
    """Copy the archive without the times at which its parts were written."""
    with (
        zipfile.ZipFile(packed) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _WRITTEN_AT.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
            fixed = zipfile.ZipInfo(entry.filename, _FIXED_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, content)
