"""Readers of values: one normal form each, and a refusal for everything else."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from catalogue.choices import Audience, Method
from catalogue.interchange import richtext, tables, values
from catalogue.interchange.problems import RefusedError


@pytest.mark.parametrize(
    ("reader", "given", "normal"),
    [
        (values.line(), "  a\u0301  b\n c ", "á b c"),
        (values.text(), "một \r\n  hai  ba ", "một\nhai ba"),
        (values.integer(), 3, 3),
        (values.integer(), "3", 3),
        (values.integer(), 3.0, 3),
        (values.decimal(7), Decimal("1.50"), "1.5"),
        (values.decimal(7), 1.5, "1.5"),
        (values.decimal(15), 1600000, "1600000"),
        (values.decimal(15), "0430000.00", "430000"),
        (values.boolean, "x", True),
        (values.boolean, 0, False),
        (values.day, "01/07/2026", "2026-07-01"),
        (values.day, date(2026, 7, 1), "2026-07-01"),
        (values.day, datetime(2026, 7, 1, 8, 30), "2026-07-01"),  # noqa: DTZ001
        (values.choice(Method), " online ", "online"),
        (values.codes(Audience), ["enterprise", "citizen", "citizen"], ["citizen", "enterprise"]),
        (values.uuid, "D94046E0F25D52E2BFCAD2A3CA84BF87", "d94046e0-f25d-52e2-bfca-d2a3ca84bf87"),
        (values.agency(), "so-y-te/phong-a", "so-y-te/phong-a"),
        (values.agency(), "000.00.19.H13", "000.00.19.H13"),
        (values.url(), "https://dichvucong.gov.vn", "https://dichvucong.gov.vn"),
    ],
)
def test_normal_form(reader: values.Reader, given: Any, normal: Any) -> None:
    assert reader(given) == normal
    assert reader(normal) == normal, "a normal form is its own normal form"


@pytest.mark.parametrize(
    ("reader", "given"),
    [
        (values.line(), 3),
        (values.line(), "a\x00b"),
        (values.line(), "\ud800"),
        (values.line(3), "abcd"),
        (values.integer(), -1),
        (values.integer(), True),
        (values.integer(), "1.5"),
        (values.integer(), 40000),
        (values.decimal(7), "1,5"),
        (values.decimal(7), "1.600.000"),
        (values.decimal(7), -1),
        (values.decimal(7), float("nan")),
        (values.decimal(7), Decimal("1E+900")),
        (values.decimal(7), 123456),
        (values.decimal(7), "1.234"),
        (values.boolean, "maybe"),
        (values.boolean, 2),
        (values.day, "31/02/2026"),
        (values.day, 46204),
        (values.choice(Method), ["online"]),
        (values.codes(Audience), "citizen"),
        (values.uuid, 5),
        (values.agency(), "../so-y-te"),
        (values.url(), "javascript:alert(1)"),
        (values.slug(50), "Sở Y tế"),
    ],
)
def test_refusals(reader: values.Reader, given: Any) -> None:
    with pytest.raises(RefusedError):
        reader(given)


def test_formatted_text_keeps_only_plain_formatting() -> None:
    html = (
        '<p onclick="x()">Có <b>giấy phép</b><script>alert(1)</script>'
        '<a linktype="page" id="5">trang</a> <a href="javascript:x">b</a>'
        '<a href="https://example.vn/a">c</a><img src="x"></p>'
    )
    clean = richtext.read(html)
    assert clean == ('<p>Có <b>giấy phép</b>trang b<a href="https://example.vn/a">c</a></p>')
    assert richtext.read(clean) == clean


@pytest.mark.parametrize("items", [["a", "b"], ["a; b", "c"], ["[x"], ["1/2026/NĐ-CP"], []])
def test_a_list_survives_a_cell(items: list[str]) -> None:
    assert tables.read_list(tables.write_list(items)) == items


@pytest.mark.parametrize("text", ["=1+1", "-5", "+84", "@x", "'=1", "bình thường", "'tis"])
def test_a_text_survives_the_guard_of_a_cell(text: str) -> None:
    assert tables.unguard(tables.guard(text)) == text
    assert not tables.guard(text).startswith(("=", "+", "-", "@"))
