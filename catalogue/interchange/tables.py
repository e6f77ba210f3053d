"""Cells of tables: how a field stands in one cell of a CSV file or a spreadsheet."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalogue.interchange.canonical import canonical_json
from catalogue.interchange.problems import RefusedError

SEPARATOR = ";"
# A spreadsheet would run a text that begins like this; an apostrophe keeps it a text.
FORMULA_MARKS = ("=", "+", "-", "@", "\t")


def guard(text: str) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith((*FORMULA_MARKS, "'")) else text


def unguard(text: str) -> str:
    """Undo `guard`."""
    return text[1:] if text.startswith("'") and text[1:2] in {*FORMULA_MARKS, "'"} else text


def write_list(items: list[str]) -> str:
    """Return a list as text: parts joined by semicolons, or JSON if a part holds one."""
    plain = f"{SEPARATOR} ".join(items)
    odd = any(SEPARATOR in item or item != item.strip() for item in items)
    return canonical_json(items) if odd or plain.startswith("[") else plain


def read_list(text: str) -> Any:
    """Return the list that a cell holds. Raises `RefusedError` when its JSON is broken."""
    if text.startswith("["):
        return read_json(text)
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


def read_json(text: str) -> Any:
    """Return the JSON value that a cell holds. Raises `RefusedError` when it is broken."""
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise RefusedError(_("is no JSON")) from None


def read_register_cell(text: str) -> Any:
    """Return a cell of a register's own table: JSON if it looks like it, else the text."""
    return read_json(text) if text.startswith(("[", "{")) else text
