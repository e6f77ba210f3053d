"""Whatever a file holds, reading it reports faults and raises nothing; normal forms are stable."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.importers.sources import SOURCES, understand
from catalogue.interchange import json_lines
from catalogue.interchange.files import read_file
from catalogue.interchange.json_lines import PROCEDURE
from catalogue.interchange.problems import UnreadableFileError
from catalogue.interchange.procedures import read_procedure
from catalogue.interchange.raw import Raw, Reading
from catalogue.interchange.records import PROCEDURE_FIELDS, ROW_TABLES, SHARED_TABLES

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=30)
    | st.characters(exclude_categories=())
    | st.sampled_from(["1.000005", "online", "free", "amount", "working_day", "2026-07-01", "0"])
)
NAMES = sorted(
    {f.name for f in PROCEDURE_FIELDS}
    | {f.name for fields in (*ROW_TABLES.values(), *SHARED_TABLES.values()) for f in fields}
    | {*ROW_TABLES, "translations", "en", "rows", "name", "methods", "levels", "mode", "fee_vnd"}
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), inner, max_size=8)
    ),
    max_leaves=25,
)
RECORDS = st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=20)
QUICK = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@QUICK
@given(raw=RECORDS)
def test_a_procedure_is_read_or_refused(raw: dict[str, Any]) -> None:
    faults: list[str] = []
    record = read_procedure(raw, lambda name, reason: faults.append(f"{name}: {reason}"))
    assert json.loads(json.dumps(record)) == record, "a normal form is plain JSON"
    if not faults:
        again = read_procedure(record, lambda name, reason: faults.append(f"{name}: {reason}"))
        assert again == record
        assert not faults


@pytest.mark.parametrize("source", SOURCES)
@QUICK
@given(raw=RECORDS, kind=st.sampled_from([PROCEDURE, *SHARED_TABLES]))
def test_every_source_reports_and_raises_nothing(
    source: str, raw: dict[str, Any], kind: str
) -> None:
    reading = Reading([Raw(1, PROCEDURE, dict(raw)), Raw(2, kind, dict(raw))])
    understand(reading, source)
    assert all(isinstance(line, str) for line in reading.list_problems())


@QUICK
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.jsonl", "a.csv", "a.xlsx"]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with suppress(UnreadableFileError):
        understand(read_file(path))


@QUICK
@given(raw=RECORDS)
def test_any_json_is_read_or_refused(tmp_path: Path, raw: dict[str, Any]) -> None:
    path = tmp_path / "a.jsonl"
    text = json.dumps(raw, default=str)
    path.write_bytes(text.encode("utf-8", "surrogatepass") + b"\n")
    reading = json_lines.read(path)
    understand(reading)
    assert reading.records or reading.problems
