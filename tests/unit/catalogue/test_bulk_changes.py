"""What each kind of bulk change makes of a page's content: pure, rows keep their UUIDs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from catalogue.bulk.changes import change_content
from catalogue.bulk.forms import MoneyField


def row(**values: Any) -> dict[str, Any]:
    return {"pk": 1, "translation_key": str(uuid4()), "case_code": "", "method": "", **values}


def fee(amount: str | None = "30000.00", kind: str = "amount", **values: Any) -> dict[str, Any]:
    return row(**{"kind": kind, "amount": amount, "text": "", "per": "", **values})


def content(**values: Any) -> dict[str, Any]:
    return {"pk": 7, "locale": 1, "cases": [{"code": "aaaaaa", "name": "Trường hợp một"}], **values}


def test_a_fee_is_replaced_where_it_stands() -> None:
    fees = [fee(), fee("60000.00"), fee(case_code="aaaaaa", text="mỗi bản", method="online")]
    before = content(fees=fees)
    made = change_content("fee_replace", {"old": "30000", "new": "40000", "method": ""}, before)
    assert [item["amount"] for item in made.content["fees"]] == ["40000", "60000.00", "40000"]
    assert [item["translation_key"] for item in made.content["fees"]] == [
        item["translation_key"] for item in fees
    ]
    assert made.content["fees"][2]["text"] == "mỗi bản"
    assert made.differences[1]["case"] == "Trường hợp một"
    assert [item["amount"] for item in before["fees"]] == ["30000.00", "60000.00", "30000.00"]


def test_only_one_way_of_filing() -> None:
    fees = [fee(method="online"), fee(method="post")]
    values = {"old": "30000", "new": "0", "method": "online"}
    made = change_content("fee_replace", values, content(fees=fees))
    assert [(item["kind"], item["amount"]) for item in made.content["fees"]] == [
        ("free", None), ("amount", "30000.00"),
    ]  # fmt: skip


def test_free_becomes_an_amount() -> None:
    values = {"old": "0", "new": "50000", "method": ""}
    made = change_content("fee_replace", values, content(fees=[fee(None, "free")]))
    assert (made.content["fees"][0]["kind"], made.content["fees"][0]["amount"]) == (
        "amount",
        "50000",
    )


def test_set_fee_adds_changes_or_says_why_not() -> None:
    values = {"new": "50000", "method": ""}
    added = change_content("fee_set", values, content(fees=[]))
    assert added.content["fees"][0]["amount"] == "50000"
    assert added.differences[0]["before"] is None
    words = fee(None, "text") | {"text": "theo quy định"}
    said = change_content("fee_set", values, content(fees=[words]))
    assert said.differences[0]["before"]["text"] == "theo quy định"
    assert said.content["fees"][0]["translation_key"] == words["translation_key"]
    assert change_content("fee_set", values, content(fees=[fee(), fee()])).reason == "several"
    assert change_content("fee_set", values, content(fees=[fee("50000")])).reason == "already"


def test_time_law_and_sector() -> None:
    offers = [row(method="online", duration="5.00", unit="working_day", note="")]
    values = {"old": "5", "old_unit": "working_day", "new": "3.5", "new_unit": "day", "method": ""}
    made = change_content("time_replace", values, content(offers=offers))
    assert (made.content["offers"][0]["duration"], made.content["offers"][0]["unit"]) == (
        "3.5",
        "day",
    )
    names = {"old_name": "A", "new_name": "B"}
    law = {"old": 3, "new": 4, **names}
    assert change_content("law_replace", law, content(legal_bases=[4, 3])).content[
        "legal_bases"
    ] == [4]
    sector = {"sector": 9, "sector_name": "Đất đai"}
    assert change_content("sector_add", sector, content(sectors=[1])).content["sectors"] == [1, 9]
    assert change_content("sector_add", sector, content(sectors=[9])).reason == "already"
    assert change_content("sector_remove", sector, content(sectors=[9])).content["sectors"] == []


def test_what_does_not_match_stays() -> None:
    before = content(fees=[fee("1")], offers=[], legal_bases=[], sectors=[])
    law = {"old": 3, "new": 4, "old_name": "", "new_name": ""}
    for kind, values in (
        ("fee_replace", {"old": "2", "new": "3", "method": ""}),
        ("law_replace", law),
        ("sector_remove", {"sector": 1, "sector_name": ""}),
    ):
        made = change_content(kind, values, before)
        assert (made.content, made.differences, made.reason) == (before, [], "no_such_value")


@pytest.mark.parametrize(
    ("text", "digits"),
    [("30.000", "30000"), ("30000 đồng", "30000"), ("1,600,000đ", "1600000"), ("0", "0")],
)
def test_money_as_people_write_it(text: str, digits: str) -> None:
    assert MoneyField().clean(text) == digits


@pytest.mark.parametrize("text", ["", "ba mươi", "30.00", "-5", "9" * 14])
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(text)
