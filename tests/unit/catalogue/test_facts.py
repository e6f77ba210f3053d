"""What the rows of a procedure come to: unknown is not free, and free is not zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from catalogue.facts import (
    format_decimal,
    list_methods,
    summarise,
    summarise_fees,
    summarise_times,
)


def fee(kind: str = "amount", amount: str | None = None, text: str = "") -> dict[str, Any]:
    return {"kind": kind, "amount": amount, "text": text}


def offer(duration: str | None = None, unit: str = "", method: str = "in_person") -> dict[str, Any]:
    return {"duration": duration, "unit": unit, "method": method}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], None),
        ([fee("free")], {"kind": "free"}),
        ([fee("free"), fee("free")], {"kind": "free"}),
        (
            [fee(amount="30000")],
            {"kind": "amount", "minimum": "30000", "maximum": "30000"},
        ),
        (
            [fee(amount="430000"), fee(amount="60000"), fee(amount="70000")],
            {"kind": "amount", "minimum": "60000", "maximum": "430000"},
        ),
        (
            # As text "9" comes after "10".
            [fee(amount="9000"), fee(amount="10000")],
            {"kind": "amount", "minimum": "9000", "maximum": "10000"},
        ),
        (
            [fee("free"), fee(amount="8000")],
            {"kind": "amount", "minimum": "0", "maximum": "8000"},
        ),
        (
            [fee("percentage", "1.6"), fee("percentage", "0.5")],
            {"kind": "percentage", "minimum": "0.5", "maximum": "1.6"},
        ),
        # An amount and a percentage cannot be put on one scale.
        ([fee(amount="8000"), fee("percentage", "1.6")], {"kind": "text", "text": ""}),
        (
            [fee("free"), fee("text", text="Theo quy định")],
            {"kind": "text", "text": "", "may_be_free": True},
        ),
        ([fee("text", text="Theo quy định")], {"kind": "text", "text": "Theo quy định"}),
        (
            [fee("text", text="Theo quy định"), fee("text", text="Theo hợp đồng")],
            {"kind": "text", "text": ""},
        ),
        ([fee("text", text="Dài " * 20)], {"kind": "text", "text": ""}),
    ],
)
def test_fees_are_summed_up(rows: list[dict[str, Any]], expected: dict[str, Any] | None) -> None:
    assert summarise_fees(rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], None),
        ([offer()], None),
        ([offer(), offer("5", "working_day")], (["5", "working_day"], ["5", "working_day"])),
        ([offer("1.5", "working_day")], (["1.5", "working_day"], ["1.5", "working_day"])),
        (
            # Half a month is longer than ten working days; eight hours are shorter than a day.
            [offer("10", "working_day"), offer("0.5", "month"), offer("8", "hour")],
            (["8", "hour"], ["0.5", "month"]),
        ),
        (
            # Five working days are a week: longer than six days.
            [offer("5", "working_day"), offer("6", "day")],
            (["6", "day"], ["5", "working_day"]),
        ),
        ([offer("0", "day"), offer("2", "day")], (["0", "day"], ["2", "day"])),
    ],
)
def test_times_are_summed_up(
    rows: list[dict[str, Any]], expected: tuple[list[str], list[str]] | None
) -> None:
    summary = summarise_times(rows)
    if expected is None:
        assert summary is None
    else:
        assert summary == {"minimum": expected[0], "maximum": expected[1]}


def test_methods_come_once_and_in_the_usual_order() -> None:
    rows = [offer(method="post"), offer(method="online"), offer(method="post")]
    assert list_methods(rows) == ["online", "post"]
    assert list_methods([]) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.50", "1.5"),
        ("5.00", "5"),
        ("430000.00", "430000"),
        ("1E+6", "1000000"),
        ("0.00", "0"),
        ("100", "100"),
        ("0.05", "0.05"),
    ],
)
def test_decimals_have_no_exponent_and_no_zeros_at_the_end(value: str, expected: str) -> None:
    assert format_decimal(Decimal(value)) == expected


def test_a_procedure_without_rows_has_nothing_published() -> None:
    snapshot = {"fees": [], "offers": []}
    assert summarise(snapshot) == {"fee": None, "time": None, "methods": []}
