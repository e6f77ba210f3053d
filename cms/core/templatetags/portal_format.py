"""
Template filters over `cms.core.formatting`, which say "not published yet" for an unknown value.

They write words only: no markup, no database.
"""

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.core import formatting

register = template.Library()


def _known(write: Callable[..., str], value: Any, *arguments: Any) -> str:
    """The written value, or the words for an unknown one; zero is known."""
    return _("not published yet") if value is None or value == "" else write(value, *arguments)


@register.filter
def money(value: Any) -> str:
    """This filter will write an amount: 1600000 → "1.600.000 đồng"."""
    return _known(formatting.format_money, value)


@register.filter
def decimal_number(value: Any) -> str:
    """This filter will write a number with dots and a comma: 1.5 → "1,5"."""
    return _known(formatting.format_number, value)


@register.filter
def vi_date(value: Any) -> str:
    """This filter will write a date as dd/mm/yyyy."""
    return _known(formatting.format_date, value)


@register.filter
def weekday_date(value: Any) -> str:
    """This filter will write a date with its weekday: "Thứ Tư 23/12/2026"."""
    return _known(formatting.format_weekday_date, value)


@register.filter
def clock_time(value: Any) -> str:
    """This filter will write a time of day: "14 giờ 05"."""
    return _known(formatting.format_time, value)


@register.filter
def date_and_time(value: Any) -> str:
    """This filter will write a moment: "02/11/2026, 14 giờ 05"."""
    return _known(formatting.format_datetime, value)


@register.filter
def account_number(value: Any) -> str:
    """This filter will write an account number in groups of four."""
    return _known(formatting.format_account_number, value)


@register.filter
def duration(value: Any, unit: str) -> str:
    """This filter will write a period: `{{ number|duration:unit }}` → "30 ngày làm việc"."""
    return _known(formatting.format_duration, value, unit)
