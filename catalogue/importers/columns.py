"""Columns of the registers: each must be there, and their words become our codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalogue.interchange import values
from catalogue.interchange.problems import RefusedError
from catalogue.interchange.records import Field
from cms.core.vietnamese import fold


def column(name: str, read: values.Reader, *, required: bool = False) -> Field:
    """A column that a register always has, though a cell of it may be empty."""
    return Field(name, read, required=required, demanded=True)


def word(table: dict[str, str]) -> values.Reader:
    """One word of a register, read as our code whatever its capitals and accents."""

    def read(value: Any) -> str:
        found: str = values.line(200)(value)
        try:
            return table[fold(found)]
        except KeyError:
            raise RefusedError(
                _("has the unknown word “%(word)s”") % {"word": found[:60]}
            ) from None

    return read


def words(table: dict[str, str]) -> values.Reader:
    """A list of words of a register, read as our codes."""
    return values.listed(word(table), table.values())


def ordered(read_one: values.Reader) -> values.Reader:
    """A list that keeps its order and its repetitions."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise RefusedError(_("must be a list"))
        return [found for found in map(read_one, value) if found]

    return read
