"""How facts are said: fees, times and ways of filing, in the reader's language.

An unknown fact is always said as such, never left blank and never shown as zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from catalogue.choices import FeeKind, Method
from cms.core.formatting import format_duration, format_money


def unknown() -> str:
    """The words for a fact that has not been published."""
    return _("not published yet")


def say_percentage(value: str | Decimal) -> str:
    """Return "1,6 %"."""
    text = f"{Decimal(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} %"


def say_fee(fee: dict[str, Any] | None) -> str:
    """Return the summary of fees (`catalogue.facts.summarise_fees`) in a few words."""
    if fee is None:
        return unknown()
    kind = fee["kind"]
    if kind == FeeKind.FREE:
        return _("Free of charge")
    if kind == FeeKind.TEXT:
        by_case = _("free or by case") if fee.get("may_be_free") else _("see the details")
        return str(fee.get("text") or by_case)
    return _say_range(fee, say_percentage if kind == FeeKind.PERCENTAGE else _money)


def _say_range(fee: dict[str, Any], say: Callable[[str], str]) -> str:
    low, high = fee["minimum"], fee["maximum"]
    if low == high:
        return say(high)
    if Decimal(low) == 0:
        return _("free or up to %(amount)s") % {"amount": say(high)}
    return _("from %(low)s to %(high)s") % {"low": say(low), "high": say(high)}


def _money(value: str) -> str:
    return format_money(Decimal(value))


def say_time(time: dict[str, Any] | None) -> str:
    """Return the summary of times (`catalogue.facts.summarise_times`) in a few words."""
    if time is None:
        return unknown()
    low, high = time["minimum"], time["maximum"]
    longest = format_duration(Decimal(high[0]), high[1])
    if low == high:
        return longest
    if low[1] == high[1]:
        number = f"{Decimal(low[0]).normalize():f}".replace(".", ",")
        return _("from %(low)s to %(high)s") % {"low": number, "high": longest}
    shortest = format_duration(Decimal(low[0]), low[1])
    return _("from %(low)s to %(high)s") % {"low": shortest, "high": longest}


def say_methods(methods: Sequence[str]) -> str:
    """Return the ways of filing as a list of short words: "Trực tuyến, trực tiếp, bưu chính"."""
    return _say_methods(tuple(methods), get_language()) if methods else unknown()


@lru_cache(maxsize=64)
def _say_methods(methods: tuple[str, ...], language: str | None) -> str:
    words = {
        Method.ONLINE: pgettext("short way of filing", "online"),
        Method.IN_PERSON: pgettext("short way of filing", "in person"),
        Method.POST: pgettext("short way of filing", "post"),
    }
    said = ", ".join(words[Method(code)] for code in methods)
    return said[:1].upper() + said[1:]


def say_fee_row(row: dict[str, Any]) -> str:
    """Return one fee row, without its words."""
    kind = row["kind"]
    if kind == FeeKind.FREE:
        return _("Free of charge")
    if kind == FeeKind.PERCENTAGE:
        return say_percentage(row["amount"])
    if kind == FeeKind.AMOUNT:
        return _money(row["amount"])
    return ""
