"""Procedures as a CSV table: lists joined by semicolons, rows of child tables as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from catalogue.interchange import tables
from catalogue.interchange.canonical import canonical_json
from catalogue.interchange.json_lines import PROCEDURE
from catalogue.interchange.lines import LONGEST_LINE, check_text, read_lines
from catalogue.interchange.problems import RefusedError, UnreadableFileError
from catalogue.interchange.raw import Raw, Reading
from catalogue.interchange.records import PROCEDURE_FIELDS, ROW_TABLES

_LISTS = {field.name for field in PROCEDURE_FIELDS if field.is_list}
_NESTED = {*ROW_TABLES, "translations"}
COLUMNS = [*(field.name for field in PROCEDURE_FIELDS), *ROW_TABLES, "translations"]


def read(path: Path) -> Reading:
    """Read a CSV file with a heading. Raises `UnreadableFileError` when it is none."""
    reading = Reading()
    previous = csv.field_size_limit(LONGEST_LINE)
    try:
        with path.open("rb") as stream:
            check_text(stream.peek(1024)[:1024])
            _read_rows(read_lines(stream, reading), reading)
    finally:
        csv.field_size_limit(previous)
    return reading


def _read_rows(lines: Iterator[tuple[int, str]], reading: Reading) -> None:
    first = next(lines, None)
    if first is None:
        return
    source = _Numbered(lines, first)
    rows = csv.reader(source, delimiter=_delimiter(first[1]), strict=True)
    heading = _heading(rows)
    for number, cells in _cells(rows, source, reading):
        if len(cells) > len(heading) and any(cells[len(heading) :]):
            reading.refuse(number, _("has more cells than the heading"))
            continue
        record = _read_cells(dict(zip(heading, cells, strict=False)), number, reading)
        if record:
            reading.records.append(Raw(number, PROCEDURE, record))


class _Numbered:
    """Feeds text to the CSV reader and remembers the number of the last line."""

    def __init__(self, lines: Iterator[tuple[int, str]], first: tuple[int, str]) -> None:
        self.lines, self.waiting, self.number = lines, [first], 0

    def __iter__(self) -> _Numbered:
        return self

    def __next__(self) -> str:
        self.number, text = self.waiting.pop() if self.waiting else next(self.lines)
        return text


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _heading(rows: Iterator[list[str]]) -> list[str]:
    try:
        heading = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise UnreadableFileError(_("The heading cannot be read.")) from error
    while heading and not heading[-1]:
        heading.pop()
    if not all(heading) or len(set(heading)) < len(heading):
        raise UnreadableFileError(_("The heading has an empty or a repeated name."))
    return heading


def _cells(
    rows: Iterator[list[str]], source: _Numbered, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            reading.refuse(source.number, _("has broken quotes or an endless cell"))
            continue
        if any(cells):
            yield source.number, cells


def _read_cells(cells: dict[str, str], number: int, reading: Reading) -> dict[str, Any] | None:
    own = "official_name" in cells
    record: dict[str, Any] = {}
    for name, cell in cells.items():
        text = tables.unguard(cell.strip())
        try:
            if not text:
                record[name] = None
            elif own and name in _NESTED:
                record[name] = tables.read_json(text)
            elif own and name in _LISTS:
                record[name] = tables.read_list(text)
            else:
                record[name] = text if own else tables.read_register_cell(text)
        except RefusedError as refusal:
            reading.refuse(number, str(refusal), name=name)
            return None
    return record


def write(stream: TextIO, records: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Write the procedures among pairs of kind and record."""
    stream.writelines(lines(records))


def lines(records: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Yield the heading, and a line for each procedure among pairs of kind and record."""
    yield _line(COLUMNS)
    for kind, record in records:
        if kind == PROCEDURE:
            yield _line([_write_cell(record.get(name), name) for name in COLUMNS])


def _line(cells: list[str]) -> str:
    held = StringIO()
    csv.writer(held, lineterminator="\n").writerow(cells)
    return held.getvalue()


def _write_cell(value: Any, name: str) -> str:
    if value is None:
        return ""
    if name in _NESTED:
        return canonical_json(value)
    if isinstance(value, list):
        return tables.guard(tables.write_list(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return tables.guard(str(value))
