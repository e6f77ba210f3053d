"""The working calendar: days off, worked Saturdays, and when a period ends."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.calendar import TIME_ZONE, Override, TimeUnit, WorkingCalendar
from cms.core.working_hours import WorkingHours

CALENDAR = WorkingCalendar()

# The official days off, weekends not repeated; a range is written with two days.
DAYS_OFF = {
    2024: "01/01 08/02-14/02 18/04 29/04 30/04 01/05 02/09-03/09",
    2025: "01/01 27/01-01/02 07/04 30/04 01/05 02/05 01/09-02/09",
    2026: "01/01 16/02-20/02 26/04 27/04 30/04 01/05 31/08 01/09-02/09 24/11",
    2027: "01/01 04/02-10/02 16/04 30/04 01/05 03/05 02/09-03/09 24/11",
    2028: "01/01 03/01 24/01-29/01 04/04 30/04 01/05 02/05 01/09 02/09 04/09 24/11",
}
WORKED_SATURDAYS = {
    2024: [date(2024, 5, 4)],
    2025: [date(2025, 4, 26)],
    2026: [date(2026, 8, 22)],
    2027: [],
    2028: [],
}
dates = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


def expand(text: str, year: int) -> list[date]:
    days: list[date] = []
    for part in text.split():
        first, _, last = part.partition("-")
        day = datetime.strptime(f"{first}/{year}", "%d/%m/%Y").date()  # noqa: DTZ007
        end = datetime.strptime(f"{last or first}/{year}", "%d/%m/%Y").date()  # noqa: DTZ007
        days.extend(day + timedelta(days=offset) for offset in range((end - day).days + 1))
    return days


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=TIME_ZONE)


class TestYears:
    @pytest.mark.parametrize("year", DAYS_OFF)
    def test_the_days_off(self, year):
        found = CALENDAR.holidays_between(date(year, 1, 1), date(year, 12, 31))
        assert [holiday.date for holiday in found] == expand(DAYS_OFF[year], year)
        assert not any(CALENDAR.is_working_day(holiday.date) for holiday in found)

    @pytest.mark.parametrize("year", WORKED_SATURDAYS)
    def test_the_worked_saturdays(self, year):
        found = CALENDAR.worked_weekend_days(date(year, 1, 1), date(year, 12, 31))
        assert found == WORKED_SATURDAYS[year]

    def test_the_names_are_vietnamese(self):
        found = CALENDAR.holidays_between(date(2026, 11, 1), date(2026, 11, 30))
        assert [holiday.name for holiday in found] == ["Ngày Văn hóa Việt Nam"]

    def test_english_names_on_demand(self):
        found = CALENDAR.holidays_between(date(2026, 11, 24), date(2026, 11, 24), language="en")
        assert [holiday.name for holiday in found] == ["Vietnam Cultural Day"]


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("start", "number", "due"),
        [
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-04-24", 5, "2026-05-06"),
            ("2026-08-21", 1, "2026-08-22"),
            ("2026-08-28", 3, "2026-09-07"),
            ("2026-04-29", 20, "2026-05-29"),
            ("2026-11-23", 2, "2026-11-26"),
            ("2026-12-30", 10, "2027-01-14"),
            ("2025-04-24", 5, "2025-05-05"),
            ("2024-02-07", 5, "2024-02-21"),
        ],
    )
    def test_vectors(self, start, number, due):
        assert CALENDAR.add_working_days(date.fromisoformat(start), number).isoformat() == due

    def test_zero_is_today_or_the_next_working_day(self):
        assert CALENDAR.add_working_days(date(2026, 11, 25), 0) == date(2026, 11, 25)
        assert CALENDAR.add_working_days(date(2026, 11, 24), 0) == date(2026, 11, 25)

    def test_a_negative_period_is_refused(self):
        with pytest.raises(ValueError, match="negative"):
            CALENDAR.add_working_days(date(2026, 11, 25), -1)

    @given(dates, st.integers(min_value=1, max_value=60))
    def test_one_more_day_is_the_next_working_day(self, start, number):
        due = CALENDAR.add_working_days(start, number)
        assert CALENDAR.is_working_day(due)
        assert CALENDAR.add_working_days(start, number + 1) == CALENDAR.add_working_days(due, 1)


class TestCalendarDays:
    @pytest.mark.parametrize(
        ("start", "number", "due"),
        [
            ("2026-11-25", 30, "2026-12-25"),
            ("2026-11-25", 3, "2026-11-30"),
            ("2026-01-28", 20, "2026-02-23"),
            ("2026-08-20", 2, "2026-08-22"),
            ("2026-11-20", 4, "2026-11-25"),
        ],
    )
    def test_a_day_off_moves_to_the_next_working_day(self, start, number, due):
        assert CALENDAR.add_calendar_days(date.fromisoformat(start), number).isoformat() == due

    @pytest.mark.parametrize(
        ("start", "number", "due"),
        [
            ("2026-11-25", 1, "2026-12-25"),
            ("2026-12-31", 2, "2027-03-01"),
            ("2027-11-30", 3, "2028-02-29"),
            ("2026-12-01", 1, "2027-01-04"),
        ],
    )
    def test_months(self, start, number, due):
        assert CALENDAR.add_months(date.fromisoformat(start), number).isoformat() == due


class TestOverrides:
    def test_both_ways(self):
        swapped = WorkingCalendar(
            {
                date(2026, 1, 2): Override(False, "Nghỉ hoán đổi"),
                date(2026, 1, 10): Override(True, "Làm bù"),
                date(2026, 11, 24): Override(True),
                date(2026, 12, 21): Override(False),
            }
        )
        assert not swapped.is_working_day(date(2026, 1, 2))
        assert swapped.is_working_day(date(2026, 1, 10))
        assert swapped.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)
        assert swapped.add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 10)
        names = [
            (holiday.date.isoformat(), holiday.name)
            for holiday in swapped.holidays_between(date(2026, 1, 1), date(2026, 1, 31))
        ]
        assert names == [("2026-01-01", "Tết Dương lịch"), ("2026-01-02", "Nghỉ hoán đổi")]
        late = swapped.holidays_between(date(2026, 11, 1), date(2026, 12, 31))
        assert [holiday.date for holiday in late] == [date(2026, 12, 21)]

    def test_an_override_may_name_a_public_holiday_anew(self):
        calendar = WorkingCalendar({date(2026, 11, 24): Override(False, "Ngày Văn hóa")})
        found = calendar.holidays_between(date(2026, 11, 24), date(2026, 11, 24))
        assert [holiday.name for holiday in found] == ["Ngày Văn hóa"]


class TestDue:
    @pytest.mark.parametrize(
        ("start", "number", "unit", "due"),
        [
            # Within the day, over lunch, to the very end, and over it.
            ("2026-11-25 08:00", "2", "hour", "2026-11-25 10:00"),
            ("2026-11-25 10:30", "2", "hour", "2026-11-25 14:30"),
            ("2026-11-25 07:00", "8", "hour", "2026-11-25 17:00"),
            ("2026-11-25 16:00", "8", "hour", "2026-11-26 16:00"),
            ("2026-11-25 12:00", "0.5", "hour", "2026-11-25 14:00"),
            ("2026-11-25 06:00", "1.5", "hour", "2026-11-25 08:30"),
            # At closing time or later it is for the next morning, over weekends and holidays.
            ("2026-11-25 17:00", "1", "hour", "2026-11-26 08:00"),
            ("2026-11-25 21:09", "8", "hour", "2026-11-26 17:00"),
            ("2026-11-27 16:30", "24", "hour", "2026-12-02 16:30"),
            ("2026-11-23 16:00", "2", "hour", "2026-11-25 08:00"),
            # Working days end at closing time; the day handed in is not counted.
            ("2026-11-25 09:00", "2", "working_day", "2026-11-27 17:00"),
            ("2026-11-25 17:01", "2", "working_day", "2026-11-30 17:00"),
            ("2026-11-28 09:00", "1", "working_day", "2026-12-01 17:00"),
            ("2026-11-25 09:00", "1.5", "working_day", "2026-11-27 17:00"),
            ("2026-11-25 09:00", "0", "working_day", "2026-11-25 17:00"),
            ("2026-08-21 09:00", "1", "working_day", "2026-08-22 17:00"),
            ("2026-11-25 09:00", "30", "day", "2026-12-25 17:00"),
            ("2026-11-25 09:00", "3", "day", "2026-11-30 17:00"),
            ("2026-11-25 09:00", "2", "month", "2027-01-25 17:00"),
        ],
    )
    def test_units(self, start, number, unit, due):
        assert CALENDAR.due(at(start), Decimal(number), unit) == at(due)

    def test_a_moment_in_another_zone_is_read_in_vietnamese_time(self):
        utc = datetime.fromisoformat("2026-11-25T10:30:00+00:00")
        assert CALENDAR.due(utc, 1, TimeUnit.HOUR) == at("2026-11-26 08:00")

    def test_other_hours(self):
        late = WorkingCalendar(hours=WorkingHours.parse("7:30-11:00, 13:00–17:30"))
        assert late.due(at("2026-11-25 17:00"), 1, "hour") == at("2026-11-26 08:00")
        assert late.due(at("2026-11-25 09:00"), 1, "working_day") == at("2026-11-26 17:30")

    def test_a_moment_without_zone_and_an_unknown_unit_are_refused(self):
        with pytest.raises(ValueError, match="time zone"):
            CALENDAR.due(datetime(2026, 11, 25, 9), 1, TimeUnit.DAY)  # noqa: DTZ001
        with pytest.raises(ValueError, match="week"):
            CALENDAR.due(at("2026-11-25 09:00"), 1, "week")

    @given(
        st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1)),  # noqa: DTZ001
        st.decimals(min_value=0, max_value=40, places=1),
        st.sampled_from(list(TimeUnit)),
    )
    def test_a_period_ends_on_a_working_day_and_more_time_never_ends_sooner(
        self, start, number, unit
    ):
        moment = start.replace(tzinfo=TIME_ZONE)
        due = CALENDAR.due(moment, number, unit)
        assert CALENDAR.is_working_day(due.date())
        assert due >= moment
        assert CALENDAR.due(moment, number + 1, unit) >= due


class TestClosures:
    def test_one_day(self):
        closure = CALENDAR.next_closure(date(2026, 11, 20))
        assert closure is not None
        assert (closure.first, closure.last) == (date(2026, 11, 24), date(2026, 11, 24))
        assert closure.reopens == date(2026, 11, 25)
        assert closure.names == ("Ngày Văn hóa Việt Nam",)

    def test_it_takes_in_the_weekend_and_names_each_reason_once(self):
        closure = CALENDAR.next_closure(date(2026, 8, 24))
        assert closure is not None
        assert (closure.first, closure.last) == (date(2026, 8, 29), date(2026, 9, 2))
        assert closure.names == ("Ngày nghỉ (thay cho ngày 22/08/2026)", "Quốc khánh")

    def test_the_closure_that_holds_today_is_the_next(self):
        closure = CALENDAR.next_closure(date(2026, 2, 18))
        assert closure is not None
        assert closure.first == date(2026, 2, 14)
        assert closure.reopens == date(2026, 2, 23)


class TestWorkingHours:
    def test_the_default_makes_eight_hours(self):
        hours = WorkingHours()
        assert hours.total == timedelta(hours=8)
        assert (hours.opening, hours.closing) == (time(7), time(17))

    @pytest.mark.parametrize("text", ["", "closed", "11:30-07:00", "07:00-12:00, 11:00-17:00"])
    def test_spans_out_of_order_are_refused(self, text):
        with pytest.raises(ValueError, match="spans"):
            WorkingHours.parse(text)
