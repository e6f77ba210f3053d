"""Lines of a text file, read as a stream: no line, however long, fills the memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from catalogue.interchange.problems import UnreadableFileError
from catalogue.interchange.raw import Reading

LONGEST_LINE = 1_000_000  # bytes; the longest real procedure has some 50,000
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


def check_text(head: bytes) -> None:
    """Raise `UnreadableFileError` unless the beginning of a file can be UTF-8 text."""
    if head.startswith(_WIDE_MARKS) or b"\x00" in head:
        raise UnreadableFileError(
            _("The file is not UTF-8 but UTF-16 or binary. Save it as UTF-8.")
        )
    if head.startswith((_ZIP, _OLD_EXCEL)):
        raise UnreadableFileError(_("This is a spreadsheet or an archive, not a text file."))


def read_lines(stream: BinaryIO, reading: Reading) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that can be read; the others are reported.

    A line keeps its line break. A byte order mark is dropped.
    """
    number = 0
    while chunk := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(chunk) > LONGEST_LINE and not chunk.endswith(b"\n"):
            length = len(chunk) + _skip_line(stream)
            reading.refuse(
                number,
                _("is %(length)d bytes long; a line may have %(limit)d")
                % {"length": length, "limit": LONGEST_LINE},
            )
            continue
        if number == 1:
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
        try:
            yield number, chunk.decode("utf-8")
        except UnicodeDecodeError as error:
            reading.refuse(
                number, _("is not UTF-8 text (byte %(position)d)") % {"position": error.start + 1}
            )


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of the line and return how many bytes that was."""
    length = 0
    while chunk := stream.readline(LONGEST_LINE):
        length += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return length
