"""
The working calendar: which days are worked, and when a period of time ends.

Public holidays, made-up days and swapped days come from the `holidays` package; the
administrator's corrections overrule it in both directions. A `WorkingCalendar` is built from those
corrections once, and computes without a database; `load_calendar` is the one function that reads.
This room refuses to know dossiers, procedures and the present time: both ends are handed in.
"""

import calendar as gregorian
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext as _

from cms.core.working_hours import WorkingHours

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
_CLOSURE_HORIZON = timedelta(days=400)
_SATURDAY = 5
_LIBRARY_LANGUAGES = {"vi": "vi", "en": "en_US"}


class TimeUnit(StrEnum):
    """The units in which a processing time is published."""

    HOUR = "hour"
    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Override:
    """An administrator's word on one date, with its reason."""

    is_working: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day off."""

    date: date
    name: str


@dataclass(frozen=True, slots=True)
class Closure:
    """
    Days off in a row, weekends included, at least one of them for a named reason.

    `first` and `last` are both off; `reopens` is the next working day.
    """

    first: date
    last: date
    reopens: date
    names: tuple[str, ...]


@lru_cache(maxsize=64)
def _public_year(year: int, language: str) -> tuple[Mapping[date, str], frozenset[date]]:
    """The named days off of a year, and the weekend days that are worked instead of others."""
    known = holidays.country_holidays(
        "VN", years=year, language=_LIBRARY_LANGUAGES.get(language, "vi"), expand=False
    )
    worked = frozenset(day for day in known.weekend_workdays if day.year == year)
    return {day: known[day] for day in sorted(known)}, worked


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """
    This class will answer which days are worked and when a period ends.

    The day on which a period starts is never counted. All moments are in Vietnamese time.
    """

    overrides: Mapping[date, Override] = field(default_factory=dict)
    hours: WorkingHours = field(default_factory=WorkingHours)

    def is_working_day(self, day: date) -> bool:
        """This function will tell whether offices work on `day`."""
        override = self.overrides.get(day)
        if override is not None:
            return override.is_working
        names, worked = _public_year(day.year, "vi")
        return day not in names and (day.weekday() < _SATURDAY or day in worked)

    def working_day_from(self, day: date) -> date:
        """This function will return `day` itself if it is worked, else the next working day."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, start: date, number: int) -> date:
        """
        This function will return the `number`-th working day after `start`.

        With 0 it is `start` or the working day that follows. Raises ValueError below 0.
        """
        _check_not_negative(number)
        day = start if number else self.working_day_from(start)
        for _count in range(number):
            day = self.working_day_from(day + ONE_DAY)
        return day

    def add_calendar_days(self, start: date, number: int) -> date:
        """
        This function will return the date `number` days after `start`.

        A date that falls on a day off moves to the next working day. Raises ValueError below 0.
        """
        _check_not_negative(number)
        return self.working_day_from(start + timedelta(days=number))

    def add_months(self, start: date, number: int) -> date:
        """
        This function will return the same day of the month `number` months after `start`.

        In a month without that day it is the month's last one; a day off moves on as above.
        """
        _check_not_negative(number)
        months = start.year * 12 + start.month - 1 + number
        year, month = months // 12, months % 12 + 1
        last = gregorian.monthrange(year, month)[1]
        return self.working_day_from(date(year, month, min(start.day, last)))

    def due(self, start: datetime, number: Decimal | int, unit: TimeUnit | str) -> datetime:
        """
        This function will return the moment at which `number` `unit`s from `start` end.

        What is handed in on a day off, or at closing time or later, counts from the opening of the
        next working day. Hours are working hours (eight make a working day); of the other units a
        fraction counts as a whole one, and the period ends at closing time of its last day.
        Raises ValueError for a negative number, an unknown unit or a `start` without time zone.
        """
        _check_not_negative(number)
        unit = TimeUnit(str(unit))
        begins = self.counting_from(start)
        if unit is TimeUnit.HOUR:
            return self._add_hours(begins, Decimal(number))
        whole = math.ceil(number)
        add = {
            TimeUnit.WORKING_DAY: self.add_working_days,
            TimeUnit.DAY: self.add_calendar_days,
            TimeUnit.MONTH: self.add_months,
        }[unit]
        return self._moment(add(begins.date(), whole), self.hours.closing)

    def counting_from(self, start: datetime) -> datetime:
        """
        This function will return when time begins to run for what is handed in at `start`.

        That is `start` itself within a working day until closing time (the opening if it is
        earlier), else the opening of the next working day.
        """
        if start.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        local = start.astimezone(TIME_ZONE)
        day = local.date()
        if self.is_working_day(day) and local.time() < self.hours.closing:
            return max(local, self._moment(day, self.hours.opening))
        return self._moment(self.working_day_from(day + ONE_DAY), self.hours.opening)

    def holidays_between(self, first: date, last: date, language: str = "vi") -> list[Holiday]:
        """
        This function will list the named days off from `first` to `last`, both included.

        Plain weekends have no name and are left out; a public holiday that the administrator
        declared worked is left out too, and a day off of the administrator is in, with its reason.
        """
        named = ((day, self._name_of(day, language)) for day in _days(first, last))
        return [Holiday(day, name) for day, name in named if name]

    def worked_weekend_days(self, first: date, last: date) -> list[date]:
        """This function will list the Saturdays and Sundays that are worked in a period."""
        return [
            day
            for day in _days(first, last)
            if day.weekday() >= _SATURDAY and self.is_working_day(day)
        ]

    def next_closure(self, after: date, language: str = "vi") -> Closure | None:
        """
        This function will return the closure that holds on `after` or is the next to come.

        None when there is no named day off within the next 400 days.
        """
        for day in _days(after, after + _CLOSURE_HORIZON):
            if self._name_of(day, language):
                return self._closure_around(day, language)
        return None

    def _closure_around(self, day: date, language: str) -> Closure:
        first = last = day
        while not self.is_working_day(first - ONE_DAY):
            first -= ONE_DAY
        while not self.is_working_day(last + ONE_DAY):
            last += ONE_DAY
        names = [holiday.name for holiday in self.holidays_between(first, last, language)]
        return Closure(first, last, last + ONE_DAY, tuple(dict.fromkeys(names)))

    def _name_of(self, day: date, language: str) -> str:
        """The name of a day off, empty for a working day or a plain weekend."""
        override = self.overrides.get(day)
        if override is not None and override.is_working:
            return ""
        public = _public_year(day.year, language)[0].get(day, "")
        if override is None or not override.reason:
            return public or (_("Day off") if override is not None else "")
        return override.reason

    def _add_hours(self, begins: datetime, number: Decimal) -> datetime:
        reached, work = begins, timedelta(minutes=round(number * 60))
        while work:
            reached, work = self.hours.advance(reached, work)
            if work:
                next_day = self.working_day_from(reached.date() + ONE_DAY)
                reached = self._moment(next_day, self.hours.opening)
        return reached

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=TIME_ZONE)


def load_calendar(hours: WorkingHours | None = None) -> WorkingCalendar:
    """This function will build the calendar with the administrator's corrections (one query)."""
    from cms.core.models.calendar import CalendarOverride

    rows = CalendarOverride.objects.order_by("date").values_list("date", "is_working", "reason")
    overrides = {day: Override(is_working, reason) for day, is_working, reason in rows}
    return WorkingCalendar(overrides, hours or WorkingHours())


def calendar_from(
    corrections: Iterable[tuple[str, bool, str]], hours: WorkingHours | None = None
) -> WorkingCalendar:
    """This function will build the calendar from corrections read elsewhere.

    Each is (ISO date, whether it is worked, reason), as `cms.core.frame_state` keeps them.
    """
    overrides = {
        date.fromisoformat(day): Override(is_working, reason)
        for day, is_working, reason in corrections
    }
    return WorkingCalendar(overrides, hours or WorkingHours())


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _check_not_negative(number: Decimal | int) -> None:
    if number < 0:
        raise ValueError("A period cannot be negative.")
