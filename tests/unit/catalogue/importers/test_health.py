"""The health department's list: what was confirmed, and what of it became facts."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue.importers import health


@pytest.mark.parametrize(
    ("published", "code_status", "status", "note"),
    [
        ("verified", "verified", "verified", ""),
        ("unverified", "unverified", "unverified", ""),
        ("unverified", "unknown", "unverified", ""),
        (
            "docs verified; fee unverified",
            "unknown",
            "partly_verified",
            "Đã đối chiếu: giấy tờ. Chưa đối chiếu: mức thu.",
        ),
        (
            "code verified; duration/fee unverified; fee depends on facility type",
            "verified",
            "partly_verified",
            "Đã đối chiếu: mã. Chưa đối chiếu: thời hạn, mức thu. (mức thu tuỳ loại cơ sở)",
        ),
        (
            "fee verified (bán lẻ GPP 1.000.000; bán buôn GDP 4.000.000)",
            "unknown",
            "partly_verified",
            "Đã đối chiếu: mức thu. (bán lẻ GPP 1.000.000; bán buôn GDP 4.000.000)",
        ),
        ("docs partly verified", "unknown", "partly_verified", "Đối chiếu một phần: giấy tờ."),
        ("fee unverified", "unknown", "unverified", "Chưa đối chiếu: mức thu."),
    ],
)
def test_status(published: str, code_status: str, status: str, note: str) -> None:
    assert health.read_status(published, code_status) == (status, note)


def row(**changes: Any) -> dict[str, Any]:
    return {
        "key": "thu-tuc-mau",
        "code": None,
        "code_status": "unknown",
        "name": "Thủ tục mẫu",
        "field": "Mỹ phẩm",
        "level": "tỉnh/xã",
        "duration": 5,
        "unit": "working_day",
        "fee_vnd": 0,
        "facts_status": "unverified",
        "documents": ["Đơn", "Đơn"],
    } | changes


def adapt(**changes: Any) -> tuple[dict[str, Any], list[str]]:
    faults: list[str] = []
    record = health.adapt(row(**changes), lambda name, reason: faults.append(name))
    return record, faults


def test_identity_is_the_code_else_the_key() -> None:
    assert adapt()[0]["key"] == "thu-tuc-mau"
    assert adapt(code="1.012289")[0]["key"] == "1.012289"


def test_fees_and_times() -> None:
    assert adapt()[0]["fees"] == [{"kind": "free"}]
    assert adapt(fee_vnd=430000)[0]["fees"] == [{"kind": "amount", "amount": "430000"}]
    assert "fees" not in adapt(fee_vnd=None)[0]
    assert adapt(duration=0, unit=None)[0]["offers"] == [{"method": "in_person"}]


def test_levels_and_papers() -> None:
    record, faults = adapt()
    assert not faults
    assert record["authority_levels"] == ["province", "commune"]
    assert [paper["name"] for paper in record["documents"]] == ["Đơn", "Đơn"]


def test_a_missing_column_and_an_unknown_word_are_faults() -> None:
    assert adapt(level="huyện")[1] == ["level"]
    assert adapt(extra="?")[1] == ["extra"]
    faults: list[str] = []
    raw = row()
    del raw["fee_vnd"]
    health.adapt(raw, lambda name, reason: faults.append(name))
    assert faults == ["fee_vnd"]
