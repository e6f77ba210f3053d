"""How facts are said, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from catalogue.selectors import display


def amount(low: str, high: str, kind: str = "amount") -> dict[str, Any]:
    return {"kind": kind, "minimum": low, "maximum": high}


def span(low: tuple[str, str], high: tuple[str, str]) -> dict[str, Any]:
    return {"minimum": list(low), "maximum": list(high)}


@pytest.mark.parametrize(
    ("fee", "vietnamese", "english"),
    [
        (None, "chưa công bố", "not published yet"),
        ({"kind": "free"}, "Miễn phí", "Free of charge"),
        (amount("30000", "30000"), "30.000 đồng", "30.000 đồng"),
        (
            amount("60000", "1600000"),
            "từ 60.000 đồng đến 1.600.000 đồng",
            "from 60.000 đồng to 1.600.000 đồng",
        ),
        (
            amount("1.6", "1.6", "percentage"),
            "1,6 %",
            "1,6 %",
        ),
        (
            amount("0.5", "10", "percentage"),
            "từ 0,5 % đến 10 %",
            "from 0,5 % to 10 %",
        ),
        ({"kind": "text", "text": "Theo quy định"}, "Theo quy định", "Theo quy định"),
    ],
)
def test_fees_are_said(fee: dict[str, Any] | None, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert display.say_fee(fee) == vietnamese
    with translation.override("en"):
        assert display.say_fee(fee) == english


def test_an_unknown_fee_is_no_zero_and_a_mixed_one_is_no_unknown() -> None:
    with translation.override("vi"):
        assert "0" not in display.say_fee(None)
        mixed = display.say_fee({"kind": "text", "text": ""})
        assert mixed != display.unknown()
        assert mixed
        partly_free = display.say_fee(amount("0", "8000"))
        assert "0 đồng" not in partly_free.replace("8.000 đồng", "")
        assert "8.000 đồng" in partly_free


@pytest.mark.parametrize(
    ("time", "vietnamese", "english"),
    [
        (None, "chưa công bố", "not published yet"),
        (span(("1", "day"), ("1", "day")), "1 ngày", "1 day"),
        (
            span(("5", "working_day"), ("5", "working_day")),
            "5 ngày làm việc",
            "5 working days",
        ),
        (
            span(("1.5", "working_day"), ("1.5", "working_day")),
            "1,5 ngày làm việc",
            "1,5 working days",
        ),
        (span(("3", "day"), ("10", "day")), "từ 3 đến 10 ngày", "from 3 to 10 days"),
        (
            span(("8", "hour"), ("10", "working_day")),
            "từ 8 giờ làm việc đến 10 ngày làm việc",
            "from 8 working hours to 10 working days",
        ),
        (
            span(("10", "day"), ("100", "day")),
            "từ 10 đến 100 ngày",
            "from 10 to 100 days",
        ),
    ],
)
def test_times_are_said(time: dict[str, Any] | None, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert display.say_time(time) == vietnamese
    with translation.override("en"):
        assert display.say_time(time) == english


def test_methods_are_said() -> None:
    with translation.override("vi"):
        assert display.say_methods([]) == "chưa công bố"
        assert display.say_methods(["online", "post"]).count(",") == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"kind": "free", "amount": None}, "Miễn phí"),
        ({"kind": "amount", "amount": "30000"}, "30.000 đồng"),
        ({"kind": "percentage", "amount": "0.05"}, "0,05 %"),
        ({"kind": "text", "amount": None}, ""),
    ],
)
def test_a_fee_row_is_said_without_its_words(row: dict[str, Any], expected: str) -> None:
    with translation.override("vi"):
        assert display.say_fee_row(row) == expected
