"""Fees of the national register: amounts where they are sure, the register's words elsewhere."""

from __future__ import annotations

import pytest

from catalogue.importers.fees import parse_fee


@pytest.mark.parametrize(
    "published",
    ["Miễn phí", "Phí : 0 Đồng", "Lệ phí : 0 Đồng", "Phí : Không Đồng", "phí: không đồng"],
)
def test_free(published: str) -> None:
    assert parse_fee(published) == {"kind": "free"}


@pytest.mark.parametrize(
    ("published", "amount"),
    [
        ("100,000 VNĐ", "100000"),
        ("1,500,000 VNĐ", "1500000"),
        ("Phí : 2.000.000 Đồng", "2000000"),
        ("Lệ phí : 8000 đồng", "8000"),
    ],
)
def test_amount(published: str, amount: str) -> None:
    assert parse_fee(published) == {"kind": "amount", "amount": amount}


@pytest.mark.parametrize(
    ("published", "percent"), [("1,6 %", "1.6"), ("Phí : 50%", "50"), ("0.50 %", "0.5")]
)
def test_percentage(published: str, percent: str) -> None:
    assert parse_fee(published) == {"kind": "percentage", "amount": percent}


@pytest.mark.parametrize(
    "published", [None, "", "Không có thông tin", "Phí : Đồng", "Lệ phí : Đồng", "Phí :"]
)
def test_what_says_nothing_is_no_fee(published: str | None) -> None:
    assert parse_fee(published) is None


@pytest.mark.parametrize(
    "published",
    [
        "10 USD",
        "Lệ phí : 1.5 USD",
        "50 VNĐ",  # surely not 50 đồng, but nobody knows what
        "Phí : 5.000.000 Đồng (Thẩm định cấp phép) Phí : 2.000.000 Đồng",
        "Phí : Mức thu bằng 50% mức thu phí quy định tại Mục I",
        "Phí : o Đồng",
        "Lệ phí : (Thông tư số 249/2016/TT-BTC ngày 11 tháng 11 năm 2016)",
        "150 %",
    ],
)
def test_anything_else_stays_word_for_word(published: str) -> None:
    assert parse_fee(published) == {"kind": "text", "text": published}


def test_a_text_that_the_register_cut_says_so() -> None:
    published = ("Phí : theo biểu mức thu " * 9)[:120]
    fee = parse_fee(published)
    assert fee is not None
    assert fee["text"].endswith("…")
