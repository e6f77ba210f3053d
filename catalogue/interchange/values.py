"""Readers of single values: each takes what a file holds and returns its one normal form.

A reader raises `RefusedError` and nothing else, whatever it is given. Normal forms are JSON values:
text in NFC, decimals and dates as strings. Text and numbers are never taken for one another,
except that tables may hold numbers as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from catalogue.facts import format_decimal
from catalogue.interchange.problems import RefusedError
from cms.core.vietnamese import nfc

Reader = Callable[[Any], Any]

LONGEST_TEXT = 32_000  # what one cell of a spreadsheet holds, less a margin
LARGEST_SMALL_INTEGER = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"\d{1,20}(\.\d{1,10})?", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
_VIETNAMESE_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9_.-]+")
_TRUE = frozenset({"true", "1", "x", "có", "yes"})
_FALSE = frozenset({"false", "0", "không", "no"})
_check_url = URLValidator(schemes=["http", "https"])


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise RefusedError(_("must be text"))
    if _CONTROL.search(value):
        raise RefusedError(_("holds a control character"))
    return value


def line(limit: int = LONGEST_TEXT) -> Reader:
    """Text on one line, spaces collapsed, of at most `limit` characters."""

    def read(value: Any) -> str:
        return _fit(nfc(_string(value)), limit)

    return read


def text(limit: int = LONGEST_TEXT) -> Reader:
    """Text that keeps its line breaks."""

    def read(value: Any) -> str:
        plain = unicodedata.normalize("NFC", _string(value))
        lines = [" ".join(part.split()) for part in plain.splitlines()]
        return _fit("\n".join(lines).strip(), limit)

    return read


def _fit(value: str, limit: int) -> str:
    if len(value) > limit:
        raise RefusedError(
            _("is %(length)d characters long; at most %(limit)d fit")
            % {"length": len(value), "limit": limit}
        )
    return value


def pattern(expression: re.Pattern[str], limit: int, reason: Callable[[], str]) -> Reader:
    """A line that matches `expression` as a whole."""
    read_line = line(limit)

    def read(value: Any) -> str:
        found: str = read_line(value)
        if found and not expression.fullmatch(found):
            raise RefusedError(reason())
        return found

    return read


def slug(limit: int) -> Reader:
    """A part of an address."""
    return pattern(_SLUG, limit, lambda: _("may hold a–z, 0–9 and hyphens only"))


def path(limit: int = 500) -> Reader:
    """Slugs joined by slashes."""
    one = _SLUG.pattern
    joined = re.compile(f"{one}(?:/{one})*")
    return pattern(joined, limit, lambda: _("is no path of addresses such as so-y-te/phong-a"))


def agency(limit: int = 500) -> Reader:
    """An agency: the path of its addresses, or its official identifier."""
    one = _SLUG.pattern
    either = re.compile(rf"{one}(?:/{one})*|[A-Z0-9]+(?:\.[A-Z0-9]+)+")
    reason = lambda: _("is no path such as so-y-te/phong-a and no identifier")  # noqa: E731
    return pattern(either, limit, reason)


def code(limit: int) -> Reader:
    """A short code of letters, digits, dots and hyphens."""
    return pattern(_CODE, limit, lambda: _("may hold letters, digits, dots and hyphens only"))


def url(limit: int = 200) -> Reader:
    """An http or https address."""
    read_line = line(limit)

    def read(value: Any) -> str:
        found: str = read_line(value)
        try:
            if found:
                _check_url(found)
        except (ValidationError, ValueError):
            raise RefusedError(_("is no address that begins with http:// or https://")) from None
        return found

    return read


def integer(maximum: int = LARGEST_SMALL_INTEGER) -> Reader:
    """A whole number from 0 to `maximum`."""

    def read(value: Any) -> int:
        found = _whole(value)
        if found is None or not 0 <= found <= maximum:
            raise RefusedError(
                _("must be a whole number from 0 to %(maximum)d") % {"maximum": maximum}
            )
        return found

    return read


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value.strip()) if _INTEGER.fullmatch(value.strip()) else None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and abs(value) < 1e9 and value.is_integer():
        return int(value)
    return None


def decimal(digits: int, places: int = 2) -> Reader:
    """A number of at least zero with at most `digits` digits, `places` of them decimals."""

    def read(value: Any) -> str:
        number = _number(value)
        if number is None:
            raise RefusedError(_("must be a number such as 1600000 or 1.5"))
        plain = format_decimal(number)
        whole, _dot, rest = plain.partition(".")
        if len(whole) > digits - places or len(rest) > places:
            raise RefusedError(
                _("has too many digits; at most %(whole)d and %(places)d decimals fit")
                % {"whole": digits - places, "places": places}
            )
        return plain

    return read


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    plain = value.strip() if isinstance(value, str) else ""
    if isinstance(value, int | float) and abs(value) < 1e20:
        plain = repr(value)
    elif isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 20:
        plain = f"{value:f}"
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def boolean(value: Any) -> bool:
    """True or false, also as words in tables."""
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if isinstance(value, int) and value in {0, 1}:
        word = str(value)
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise RefusedError(_("must be true or false"))


def day(value: Any) -> str:
    """A date, as yyyy-mm-dd; tables may hold dates, people may write dd/mm/yyyy."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    plain = value.strip() if isinstance(value, str) else ""
    if match := _VIETNAMESE_DATE.fullmatch(plain):
        plain = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    try:
        if len(plain) != 10:
            raise ValueError
        return date.fromisoformat(plain).isoformat()
    except ValueError:
        raise RefusedError(_("must be a date such as 2026-07-01 or 01/07/2026")) from None


def choice(choices: type[TextChoices]) -> Reader:
    """One code of `choices`."""
    known = set(choices.values)

    def read(value: Any) -> str:
        plain = value.strip() if isinstance(value, str) else ""
        if plain not in known:
            raise RefusedError(
                _("must be one of %(codes)s") % {"codes": ", ".join(map(str, choices.values))}
            )
        return plain

    return read


def uuid(value: Any) -> str:
    """A UUID in its usual form."""
    try:
        return str(UUID(value.strip()))
    except (AttributeError, ValueError, TypeError):
        raise RefusedError(_("must be a UUID")) from None


def listed(read_one: Reader, order: Iterable[str] = ()) -> Reader:
    """A list without repetitions, in the order of `order` if given, else sorted."""
    places = {value: number for number, value in enumerate(order)}

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise RefusedError(_("must be a list"))
        found = {read_one(item) for item in value} - {""}
        return sorted(found, key=lambda item: (places.get(item, 0), item))

    return read


def codes(choices: type[TextChoices]) -> Reader:
    """A list of codes of `choices`, in their order."""
    return listed(choice(choices), choices.values)
