"""Records as JSON Lines: one JSON object a line, canonical when written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from catalogue.interchange.canonical import canonical_json
from catalogue.interchange.lines import check_text, read_lines
from catalogue.interchange.problems import RefusedError
from catalogue.interchange.raw import Raw, Reading
from catalogue.interchange.records import SHARED_TABLES

PROCEDURE = "procedure"


def _unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise RefusedError(_("names a field twice"))
    return record


def _refuse_constant(name: str) -> Any:
    raise RefusedError(_("holds %(name)s, which is no number") % {"name": name})


_decoder = json.JSONDecoder(
    object_pairs_hook=_unique_names, parse_float=Decimal, parse_constant=_refuse_constant
)


def read(path: Path) -> Reading:
    """Read a file of JSON Lines. Raises `UnreadableFileError` when it is none."""
    reading = Reading()
    with path.open("rb") as stream:
        check_text(stream.peek(1024)[:1024])
        for number, text in read_lines(stream, reading):
            if text.strip():
                _read_line(number, text.strip(), reading)
    return reading


def _read_line(number: int, text: str, reading: Reading) -> None:
    try:
        data = _decoder.decode(text)
    except json.JSONDecodeError as error:
        reading.refuse(
            number, _("is no JSON (character %(position)d)") % {"position": error.pos + 1}
        )
        return
    except RefusedError as refusal:
        reading.refuse(number, str(refusal))
        return
    except (ValueError, ArithmeticError, RecursionError):
        reading.refuse(number, _("holds a number or a nesting beyond all measure"))
        return
    if not isinstance(data, dict):
        reading.refuse(number, _("must be a record with named fields"))
        return
    kind = data.pop("record", PROCEDURE)
    if kind != PROCEDURE and (not isinstance(kind, str) or kind not in SHARED_TABLES):
        reading.refuse(number, _("is no kind of record of this format"), name="record")
        return
    reading.records.append(Raw(number, kind, data))


def write(stream: TextIO, records: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Write pairs of kind and record."""
    stream.writelines(lines(records))


def lines(records: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Yield a line for each pair of kind and record."""
    for kind, record in records:
        yield canonical_json({"record": kind, **record}) + "\n"
