"""Both registers as they are: every row becomes a record, and none says more than its source."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from catalogue.importers.sources import Content, understand
from catalogue.interchange.files import read_file

DATA = Path(settings.BASE_DIR) / "home/demo/data"


def load(name: str) -> tuple[Content, dict[str, dict[str, Any]]]:
    path = DATA / f"{name}_procedures.jsonl"
    reading = read_file(path)
    content = understand(reading)
    assert not reading.problems
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return content, {row["code"] or row["key"]: row for row in rows}


@pytest.fixture(scope="module")
def national() -> tuple[Content, dict[str, dict[str, Any]]]:
    return load("national")


def test_every_national_row_is_a_procedure(national: Any) -> None:
    content, rows = national
    assert content.source == "national"
    assert {candidate.key for candidate in content.candidates} == set(rows)


def test_national_facts_are_those_of_the_source(national: Any) -> None:
    content, rows = national
    for candidate in content.candidates:
        record, row = candidate.record, rows[candidate.key]
        assert record["official_name"] == " ".join(row["name"].split())
        assert record.get("documents_count") == row["documents"]
        assert "documents" not in record, "a number of papers is no list of papers"
        assert len(record.get("offers", [])) == len(row["methods"])
        times = sorted(Decimal(o["duration"]) for o in record.get("offers", []) if "duration" in o)
        published = [m["duration"] for m in row["methods"] if m["duration"]]
        assert times == sorted(Decimal(str(duration)) for duration in published)
        online = any(method["mode"] == "online" for method in row["methods"])
        assert record["filing_mode"] == ("link" if online else "none")
        assert "Không có thông tin" not in record.get("authority", "")


def test_half_days_survive(national: Any) -> None:
    content, _rows = national
    record = next(c.record for c in content.candidates if c.key == "1.013097")
    assert {offer["duration"] for offer in record["offers"]} == {"1.5"}


def test_a_way_named_twice_makes_unnamed_cases(national: Any) -> None:
    content, _rows = national
    with_cases = [c for c in content.candidates if "cases" in c.record]
    assert len(with_cases) == 108
    assert {case["name"][:-1] for c in with_cases for case in c.record["cases"]} == {"Trường hợp "}


def test_health_rows_are_at_most_partly_confirmed() -> None:
    content, rows = load("health")
    assert content.source == "health"
    assert len(content.candidates) == len(rows) == 49
    assert all(c.record["facts_status"] != "verified" for c in content.candidates)
    assert sum("." in candidate.key for candidate in content.candidates) == 19


def test_derived_uuids_and_digests_do_not_change() -> None:
    first, second = load("health")[0], load("health")[0]
    assert [c.digest for c in first.candidates] == [c.digest for c in second.candidates]
