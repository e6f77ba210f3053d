"""Money, dates, times, durations and account numbers in both languages."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from cms.core import formatting


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1600000, "1.600.000 đồng"),
        (Decimal("1600000.00"), "1.600.000 đồng"),
        (Decimal("1234.50"), "1.234,5 đồng"),
        (Decimal("1E+6"), "1.000.000 đồng"),
        (500, "500 đồng"),
        (0, "0 đồng"),
        (Decimal("0.25"), "0,25 đồng"),
    ],
)
def test_money_has_one_form_in_both_languages(amount, text):
    assert formatting.format_money(amount) == text


@pytest.mark.usefixtures("language")
def test_dates_have_one_form_in_both_languages():
    assert formatting.format_date(date(2026, 12, 3)) == "03/12/2026"
    late_in_utc = datetime(2026, 12, 3, 18, tzinfo=UTC)
    assert formatting.format_date(late_in_utc) == "04/12/2026"


@pytest.mark.parametrize(
    ("language_code", "day", "text"),
    [
        ("vi", date(2026, 12, 23), "Thứ Tư 23/12/2026"),
        ("vi", date(2026, 11, 29), "Chủ Nhật 29/11/2026"),
        ("en", date(2026, 12, 23), "Wednesday 23/12/2026"),
    ],
)
def test_weekdays(language_code, day, text):
    with translation.override(language_code):
        assert formatting.format_weekday_date(day) == text


@pytest.mark.parametrize(
    ("language_code", "moment", "text"),
    [
        ("vi", time(14, 5), "14 giờ 05"),
        ("vi", time(9), "9 giờ"),
        ("en", time(14, 5), "14:05"),
        ("en", time(9), "9:00"),
        ("vi", datetime(2026, 11, 25, 2, 30, tzinfo=UTC), "9 giờ 30"),
    ],
)
def test_times(language_code, moment, text):
    with translation.override(language_code):
        assert formatting.format_time(moment) == text


def test_a_moment():
    with translation.override("vi"):
        moment = datetime(2026, 11, 2, 7, 5, tzinfo=UTC)
        assert formatting.format_datetime(moment) == "02/11/2026, 14 giờ 05"


@pytest.mark.parametrize(
    ("language_code", "number", "unit", "text"),
    [
        ("vi", 30, "working_day", "30 ngày làm việc"),
        ("vi", Decimal("1.5"), "working_day", "1,5 ngày làm việc"),
        ("vi", Decimal("8.00"), "hour", "8 giờ làm việc"),
        ("vi", 60, "day", "60 ngày"),
        ("vi", 1, "month", "1 tháng"),
        ("en", 30, "working_day", "30 working days"),
        ("en", Decimal("1.0"), "working_day", "1 working day"),
        ("en", Decimal("1.5"), "working_day", "1,5 working days"),
        ("en", 8, "hour", "8 working hours"),
        ("en", 1, "day", "1 day"),
        ("en", 2, "month", "2 months"),
    ],
)
def test_durations(language_code, number, unit, text):
    with translation.override(language_code):
        assert formatting.format_duration(number, unit) == text


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="week"):
        formatting.format_duration(1, "week")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0111000007348", "0111 0000 07348"),
        ("0111 0000 07348", "0111 0000 07348"),
        ("123456789012", "1234 5678 9012"),
        ("12345678901234", "1234 5678 9012 34"),
        ("12345", "12345"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_account_numbers(number, text):
    assert formatting.format_account_number(number) == text


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("value|money", 430000, "430.000 đồng"),
        ("value|money", 0, "0 đồng"),
        ("value|money", None, "chưa công bố"),
        ("value|decimal_number", Decimal("1.50"), "1,5"),
        ("value|vi_date", date(2026, 11, 5), "05/11/2026"),
        ("value|vi_date", None, "chưa công bố"),
        ("value|weekday_date", date(2026, 11, 5), "Thứ Năm 05/11/2026"),
        ("value|clock_time", time(8, 10), "8 giờ 10"),
        ("value|duration:'day'", 5, "5 ngày"),
        ("value|duration:'day'", None, "chưa công bố"),
        ("value|account_number", "0111000007348", "0111 0000 07348"),
    ],
)
def test_the_template_filters(expression, value, text):
    template = Template("{% load portal_format %}{{ " + expression + " }}")
    with translation.override("vi"):
        assert template.render(Context({"value": value})) == text
