"""What an import is said to change: fields, rows that change, come, go or move, and words."""

from __future__ import annotations

from typing import Any

from catalogue.transfers.differences import ORDER, TRANSLATIONS, compare

A, B = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
C, D = "00000000-0000-4000-8000-00000000000c", "00000000-0000-4000-8000-00000000000d"


def record(**fields: Any) -> dict[str, Any]:
    return {"key": "1", "uuid": A, "official_name": "Cấp giấy phép", "title": "Cấp", **fields}


def told(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (d["place"], tuple(d["about"]), d["field"], d["before"], d["after"])
        for d in compare(old, new)
    ]


def test_equal_records_differ_in_nothing() -> None:
    rows = {"fees": [{"uuid": B, "kind": "free"}], "steps": [{"uuid": C, "text": "Nộp"}]}
    assert compare(record(**rows), record(**rows)) == []


def test_identity_is_no_difference_and_what_is_left_out_becomes_empty() -> None:
    old = record(agency="so-a", slug="cap", summary="Ngắn")
    new = record(uuid=B, agency="000.00.19.H13")
    assert told(old, new) == [("summary", (), "", "Ngắn", None)]


def test_a_row_is_known_by_its_uuid_whatever_its_name() -> None:
    old = record(documents=[{"uuid": B, "name": "Đơn", "copies": 0}])
    new = record(documents=[{"uuid": B, "name": "Tờ khai", "copies": 1}])
    assert told(old, new) == [
        ("documents", ("Tờ khai",), "name", "Đơn", "Tờ khai"),
        ("documents", ("Tờ khai",), "copies", 0, 1),
    ]


def test_a_row_without_its_uuid_is_known_by_content_then_by_name() -> None:
    old = record(documents=[{"uuid": B, "name": "Đơn"}, {"uuid": C, "name": "Ảnh", "copies": 1}])
    new = record(documents=[{"uuid": D, "name": "Đơn"}, {"uuid": A, "name": "Ảnh", "copies": 2}])
    assert told(old, new) == [("documents", ("Ảnh",), "copies", 1, 2)]


def test_rows_that_come_go_and_move() -> None:
    old = record(steps=[{"uuid": A, "text": "Một"}, {"uuid": B, "text": "Hai"}])
    new = record(steps=[{"uuid": B, "text": "Hai"}, {"uuid": A, "text": "Một"}])
    assert told(old, new) == [("steps", (), ORDER, ["Một", "Hai"], ["Hai", "Một"])]
    new = record(steps=[{"uuid": B, "text": "Hai"}, {"uuid": C, "text": "Ba"}])
    assert told(old, new) == [
        ("steps", ("Một",), "", {"text": "Một"}, None),
        ("steps", ("Ba",), "", None, {"text": "Ba"}),
    ]


def test_cases_are_told_by_their_names() -> None:
    old = record(
        cases=[{"uuid": B, "code": "aa", "name": "Cấp mới"}],
        fees=[{"uuid": C, "case": "aa", "kind": "amount", "amount": "1000"}],
        documents=[{"uuid": D, "name": "Đơn", "cases": ["aa"]}],
    )
    new = record(
        cases=[{"uuid": B, "code": "zz", "name": "Cấp mới"}],
        fees=[{"uuid": C, "case": "zz", "kind": "amount", "amount": "2000"}],
        documents=[{"uuid": D, "name": "Đơn", "cases": ["zz"]}],
    )
    assert told(old, new) == [("fees", ("Cấp mới",), "amount", "1000", "2000")]


def test_words_of_a_translation_that_the_file_has() -> None:
    step = {"steps": [{"uuid": B, "text": "Nộp"}]}
    english = {"official_name": "Licence", "rows": {B: {"text": "File"}}}
    old = record(**step, translations={"en": english})
    assert compare(old, record(**step)) == []
    changed = {"official_name": "Permit", "rows": {B: {"text": "Hand in"}}}
    assert told(old, record(**step, translations={"en": changed})) == [
        (TRANSLATIONS, (), "official_name", "Licence", "Permit"),
        (TRANSLATIONS, ("Nộp",), "text", "File", "Hand in"),
    ]
