"""The administrator's corrections reach the working calendar."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from cms.core.calendar import load_calendar
from cms.core.models import CalendarOverride
from cms.core.working_hours import WorkingHours

pytestmark = pytest.mark.django_db


def test_corrections_are_read_with_one_query(django_assert_num_queries):
    CalendarOverride.objects.create(date=date(2026, 1, 2), is_working=False, reason="Hoán đổi")
    CalendarOverride.objects.create(date=date(2026, 1, 10), is_working=True)
    with django_assert_num_queries(1):
        calendar = load_calendar(WorkingHours.parse("08:00-12:00, 13:00-17:00"))
        assert calendar.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)
        assert calendar.is_working_day(date(2026, 1, 10))
        assert calendar.next_closure(date(2026, 1, 2)).names == ("Tết Dương lịch", "Hoán đổi")
    assert calendar.hours.opening.hour == 8


def test_a_date_is_corrected_once():
    CalendarOverride.objects.create(date=date(2026, 1, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarOverride.objects.create(date=date(2026, 1, 2))


def test_a_correction_says_what_it_is():
    with translation.override("vi"):
        assert str(CalendarOverride(date=date(2026, 1, 10), is_working=True)) == (
            "10/01/2026: ngày làm việc"
        )
