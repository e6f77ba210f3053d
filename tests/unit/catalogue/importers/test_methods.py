"""Ways of filing named twice are cases without a name; zero and no time are not published."""

from __future__ import annotations

from typing import Any

from catalogue.importers.methods import build_offers


def way(mode: str, duration: str | None, fee: str | None = None) -> dict[str, Any]:
    return {"mode": mode, "duration": duration, "unit": duration and "working_day", "fee": fee}


def pairs(built: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(o.get("case", ""), o["method"], o.get("duration")) for o in built["offers"]]


def test_one_row_a_way_makes_no_case() -> None:
    built = build_offers([way("online", "5"), way("post", "7")])
    assert built["cases"] == []
    assert pairs(built) == [("", "online", "5"), ("", "post", "7")]


def test_cases_are_paired_by_equal_times() -> None:
    built = build_offers(
        [way("in_person", "4"), way("in_person", "2"), way("post", "2"), way("post", "4")]
    )
    assert [case["name"] for case in built["cases"]] == ["Trường hợp 1", "Trường hợp 2"]
    assert pairs(built) == [
        ("th1", "in_person", "4"),
        ("th2", "in_person", "2"),
        ("th2", "post", "2"),
        ("th1", "post", "4"),
    ]


def test_a_way_named_once_holds_for_every_case() -> None:
    built = build_offers([way("post", "4"), way("post", "2"), way("online", "4")])
    assert pairs(built)[-1] == ("", "online", "4")


def test_what_cannot_be_paired_follows_the_order() -> None:
    rows = [way("post", "4"), way("post", "2"), way("online", "9"), way("online", "2")]
    assert pairs(build_offers(rows))[2:] == [("th1", "online", "9"), ("th2", "online", "2")]


def test_one_fee_for_all_is_one_row() -> None:
    built = build_offers([way("online", "5", "Miễn phí"), way("post", "7", "Phí : 0 Đồng")])
    assert built["fees"] == [{"kind": "free"}]


def test_fees_that_differ_keep_their_way() -> None:
    built = build_offers([way("online", "5", "Miễn phí"), way("post", "7", "100,000 VNĐ")])
    assert built["fees"] == [
        {"method": "online", "kind": "free"},
        {"method": "post", "kind": "amount", "amount": "100000"},
    ]


def test_an_unknown_fee_beside_a_known_one_stays_unknown() -> None:
    built = build_offers([way("online", "5", "Miễn phí"), way("post", "7")])
    assert built["fees"] == [{"method": "online", "kind": "free"}]


def test_no_time_takes_zero() -> None:
    offers = build_offers([way("in_person", "0"), way("post", None)])["offers"]
    assert "duration" not in offers[0]
    assert offers[0]["note"]
    assert offers[1] == {"method": "post"}
