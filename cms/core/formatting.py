"""
How the portal writes money, dates, times, durations and account numbers, in both languages.

Numbers and dates have one form everywhere: dots between thousands, a decimal comma, dd/mm/yyyy.
Only words are translated. This room is pure and refuses unknown values: what is not known is said
by the page ("not published yet"), never written as zero or nothing.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeGuard

from django.utils import timezone
from django.utils.translation import ngettext, pgettext, pgettext_lazy

CURRENCY = "đồng"
_GROUP = 4

_WEEKDAYS = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)


def format_number(value: Decimal | int) -> str:
    """
    This function will write a number with dots between thousands and a decimal comma.

    Decimals are written only as far as they are not zero: 1600 → "1.600", 1.50 → "1,5".
    """
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def format_money(amount: Decimal | int) -> str:
    """This function will write an amount of money: "1.600.000 đồng", in every language."""
    return f"{format_number(amount)} {CURRENCY}"


def format_date(day: date) -> str:
    """This function will write a date, or the local date of a moment, as dd/mm/yyyy."""
    return f"{_local(day):%d/%m/%Y}"


def format_weekday_date(day: date) -> str:
    """This function will write a date with its weekday: "Thứ Tư 23/12/2026"."""
    local = _local(day)
    return f"{_WEEKDAYS[local.weekday()]} {local:%d/%m/%Y}"


def format_time(moment: time | datetime) -> str:
    """
    This function will write a time of day: "14 giờ 05" and "9 giờ", in English "14:05" and "9:00".

    A moment with a time zone is written in the current one.
    """
    local = timezone.localtime(moment) if _is_aware(moment) else moment
    values = {"hour": local.hour, "minute": f"{local.minute:02d}"}
    if local.minute:
        return pgettext("time of day", "%(hour)s:%(minute)s") % values
    return pgettext("time of day", "%(hour)s:00") % values


def format_datetime(moment: datetime) -> str:
    """This function will write a moment: "02/11/2026, 14 giờ 05"."""
    return f"{format_date(moment)}, {format_time(moment)}"


def format_duration(number: Decimal | int, unit: str) -> str:
    """
    This function will write a period: "30 ngày làm việc", in English "30 working days".

    `unit` is one of hour, working_day, day, month; hours are working hours. A number that is not
    whole takes the plural. Raises ValueError for an unknown unit.
    """
    # A fraction has no singular: 1.5 working days.
    count = int(number) if number == int(number) else 2
    unit = str(unit)
    if unit == "hour":
        words = ngettext("%(count)s working hour", "%(count)s working hours", count)
    elif unit == "working_day":
        words = ngettext("%(count)s working day", "%(count)s working days", count)
    elif unit == "day":
        words = ngettext("%(count)s day", "%(count)s days", count)
    elif unit == "month":
        words = ngettext("%(count)s month", "%(count)s months", count)
    else:
        raise ValueError(f"Unknown unit of time: {unit}")
    return words % {"count": format_number(number)}


def format_account_number(number: str) -> str:
    """
    This function will write an account number in groups of four: "0111 0000 07348".

    A last character that would stand alone joins the group before it. Spaces are ignored.
    """
    bare = "".join(number.split())
    starts = range(0, len(bare), _GROUP)
    groups = [bare[start : start + _GROUP] for start in starts]
    if len(groups) > 1 and len(groups[-1]) == 1:
        last = groups.pop()
        groups[-1] += last
    return " ".join(groups)


def _local(value: date) -> date:
    """The date or moment as it is here."""
    return timezone.localtime(value) if _is_aware(value) else value


def _is_aware(value: date | time) -> TypeGuard[datetime]:
    return isinstance(value, datetime) and timezone.is_aware(value)
