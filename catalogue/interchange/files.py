"""Which format a file has, and the reader and writer of each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalogue.interchange import csv_table, json_lines, workbook
from catalogue.interchange.problems import UnreadableFileError
from catalogue.interchange.raw import Reading

FORMATS = ("jsonl", "csv", "xlsx")
_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
}
_READERS = {"jsonl": json_lines.read, "csv": csv_table.read, "xlsx": workbook.read}


def format_of(path: Path) -> str:
    """Return the format that a file's name tells. Raises `UnreadableFileError` for no known one."""
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UnreadableFileError(
            _("Name the format: the file is neither .jsonl nor .csv nor .xlsx.")
        ) from None


def read_file(path: Path, file_format: str = "") -> Reading:
    """Read a file as it is, without a look at the meaning of its records."""
    if not path.is_file():
        raise UnreadableFileError(_("There is no file %(path)s.") % {"path": path})
    return _READERS[file_format or format_of(path)](path)


def write_file(
    path: Path, records: Iterable[tuple[str, dict[str, Any]]], file_format: str = ""
) -> None:
    """Write records; the same records give the same bytes."""
    chosen = file_format or format_of(path)
    if chosen == "xlsx":
        with path.open("wb") as stream:
            workbook.write(stream, records)
        return
    # A spreadsheet knows by the mark that a CSV file is UTF-8.
    encoding = "utf-8-sig" if chosen == "csv" else "utf-8"
    with path.open("w", encoding=encoding, newline="\n") as text:
        (csv_table if chosen == "csv" else json_lines).write(text, records)
