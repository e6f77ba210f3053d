"""Spoiled files: a report that names each line and reason, and nothing is changed."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import Workbook, load_workbook

from catalogue.interchange.problems import UnreadableFileError
from catalogue.models import ImportedRecord, LegalDocument, ProcedurePage, Sector
from tests.integration.catalogue.imports.files import (
    HEALTH,
    SECOND,
    export,
    full_rows,
    national_rows,
    run,
    write_rows,
)

pytestmark = pytest.mark.django_db

Row = dict[str, Any]
AGENCY = {"record": "agency", "path": "so-y-te", "name": "Sở Y tế"}


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def nothing_written() -> bool:
    models = (ProcedurePage, ImportedRecord, LegalDocument, Sector)
    return not any(model.objects.exists() for model in models)


def refused(path: Path, **options: Any) -> list[str]:
    """Imports a file that must be refused; returns the report."""
    outcome = run(path, **options)
    assert not outcome.wrote
    assert nothing_written()
    assert outcome.problems
    return outcome.problems


def spoil(number: int, change: Callable[[Row], Any]) -> list[Any]:
    """Three good rows of the register, of which one is spoiled."""
    rows: list[Any] = national_rows(limit=3)
    rows[number] = change(rows[number]) or rows[number]
    return rows


def without(name: str) -> Callable[[Row], Row]:
    return lambda row: {key: value for key, value in row.items() if key != name}


def with_value(name: str, value: Any) -> Callable[[Row], Row]:
    return lambda row: {**row, name: value}


def with_method(**changes: Any) -> Callable[[Row], Row]:
    method = {"mode": "online", "duration": 1, "unit": "working_day", "fee": None}
    return with_value("methods", [{**method, **changes}])


NATIONAL_FAULTS: list[tuple[Callable[[Row], Any], str]] = [
    (without("methods"), "line 2: methods: is missing"),
    (without("name"), "line 2: name: is missing"),
    (with_value("name", ""), "line 2: name: must not be empty"),
    (with_value("name", 5), "line 2: name: must be text"),
    (with_value("levels", "Cấp bộ"), "line 2: levels: must be a list"),
    (with_value("levels", ["Cấp huyện"]), "unknown word “Cấp huyện”"),
    (with_value("documents", "many"), "documents: must be a whole number"),
    (with_value("documents", -3), "documents: must be a whole number"),
    (with_value("code", None), "code: must not be empty"),
    (with_value("code", "x" * 61), "code: is 61 characters long"),
    (with_value("namn", "?"), "namn: is no field of this format"),
    (with_method(mode="fax"), "methods[0].mode: must be one of online, in_person, post"),
    (with_method(duration="soon"), "methods[0].duration: must be a number"),
    (with_method(duration=12345678), "methods[0].duration: has too many digits"),
    (with_value("methods", {"mode": "online"}), "methods: must be a list"),
    (with_value("name", "a\x00b"), "name: holds a control character"),
    (lambda row: "{not json", "line 2: is no JSON (character 2)"),
    (lambda row: "[1, 2]", "line 2: must be a record with named fields"),
    (lambda row: '{"code": 1, "code": 2}', "line 2: names a field twice"),
    (lambda row: '{"code": NaN}', "line 2: holds NaN"),
    (lambda row: "[" * 100_000, "line 2: holds a number or a nesting beyond all measure"),
    (lambda row: '{"record": "invoice"}', "line 2: record: is no kind of record"),
]


@pytest.mark.parametrize(
    ("change", "reason"), NATIONAL_FAULTS, ids=[r for _c, r in NATIONAL_FAULTS]
)
def test_a_fault_in_a_register(change: Callable[[Row], Any], reason: str, tmp_path: Path) -> None:
    problems = refused(write_rows(tmp_path / "a.jsonl", spoil(1, change)))
    assert reason in problems[0]


def test_every_bad_row_is_named(tmp_path: Path) -> None:
    rows = national_rows(limit=40)
    for number in range(0, 40, 2):
        rows[number]["name"] = None
    problems = refused(write_rows(tmp_path / "a.jsonl", rows))
    assert [problem.split(":")[0] for problem in problems] == [
        f"line {number}" for number in range(1, 40, 2)
    ]


def test_a_code_that_stands_twice(tmp_path: Path) -> None:
    rows = national_rows(limit=3)
    problems = refused(write_rows(tmp_path / "a.jsonl", [*rows, rows[0]]))
    assert problems == [f"line 4: key: “{rows[0]['code']}” stands on line 1 too"]


def test_a_line_of_fifty_megabytes(tmp_path: Path) -> None:
    rows = national_rows(limit=3)
    path = write_rows(tmp_path / "a.jsonl", rows)
    with path.open("ab") as file:
        file.write(b'{"code": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + json.dumps(rows[0]).encode() + b"\n")
    tracemalloc.start()
    problems = refused(path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "line 4: is 50000013 bytes long" in problems[0]
    assert "line 5" in problems[1], "reading goes on behind the line"
    assert most < 20_000_000


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_wide_encoding_is_told(encoding: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(json.dumps(national_rows(limit=1)[0]).encode(encoding))
    with pytest.raises(UnreadableFileError, match="UTF-16"):
        run(path)
    assert nothing_written()


@pytest.mark.parametrize("encoding", ["cp1258", "latin-1"])
def test_a_narrow_encoding_is_told_by_line(encoding: str, tmp_path: Path) -> None:
    rows = national_rows(limit=2)
    rows[1]["name"] = "Thủ tục"
    text = json.dumps(rows[1], ensure_ascii=False).encode(encoding, "replace")
    path = write_rows(tmp_path / "a.jsonl", rows[:1])
    path.write_bytes(path.read_bytes() + text.replace(b"?", b"\xe2") + b"\n")
    assert "line 2: is not UTF-8 text" in refused(path)[0]


def test_a_mark_at_the_beginning_is_no_fault(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", national_rows(limit=2))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert run(path).new == 2


INTERCHANGE_FAULTS: list[tuple[Row, str]] = [
    ({"agency": "khong-co"}, "agency: there is no agency “khong-co”"),
    ({"handled_at": ["khong-co"]}, "handled_at: there is no agency “khong-co”"),
    ({"successor": "9.999999"}, "successor: there is no procedure “9.999999”"),
    ({"successor": "1.999002"}, "successor: is the procedure itself"),
    ({"related_procedures": ["9.999999"]}, "there is no procedure “9.999999”"),
    ({"related_guides": ["khong-co"]}, "there is no guide “khong-co”"),
    ({"documents": [{"name": "Đơn", "form": "a.docx"}]}, "documents[0].form: there is no file"),
    ({"offers": [{"method": "online", "duration": "3"}]}, "offers[0].unit: is missing"),
    ({"offers": [{"method": "post", "case": "x"}]}, "names the case “x”"),
    ({"fees": [{"kind": "amount"}]}, "fees[0].amount: must not be empty"),
    ({"fees": [{"kind": "amount", "amount": "0"}]}, "fees[0].amount: is zero"),
    ({"fees": [{"kind": "text"}]}, "fees[0].text: must not be empty"),
    ({"filing_mode": "link"}, "filing_url: must not be empty"),
    ({"effective_date": "2026-13-01"}, "effective_date: must be a date"),
    ({"steps": ["Nộp"]}, "steps[0]: must be a record"),
    ({"steps": [{"text": "x"}] * 2001}, "steps: has more than 2000 rows"),
    ({"cases": [{"name": "a", "code": "c"}, {"name": "b", "code": "c"}]}, "the same code"),
    ({"translations": {"fr": {}}}, "translations.fr: must be a record of words"),
    ({"translations": {"en": {"official_name": "x", "rows": {"a": {}}}}}, "must be a UUID"),
    ({"uuid": "not-one"}, "uuid: must be a UUID"),
]


@pytest.mark.parametrize(("change", "reason"), INTERCHANGE_FAULTS)
def test_a_fault_in_the_interchange_format(change: Row, reason: str, tmp_path: Path) -> None:
    problems = refused(
        write_rows(tmp_path / "a.jsonl", [AGENCY, {**SECOND, "related_procedures": [], **change}])
    )
    assert any(reason in problem for problem in problems), problems


def test_uuids_belong_to_one_row(tmp_path: Path) -> None:
    case = {"uuid": "00000000-0000-4000-8000-000000000001", "name": "a"}
    first = {**SECOND, "related_procedures": [], "cases": [case]}
    path = write_rows(tmp_path / "a.jsonl", [AGENCY, first, {**first, "key": "x"}])
    assert "cases[0].uuid: is the UUID of a row of “1.999002”" in refused(path)[0]
    run(write_rows(tmp_path / "b.jsonl", [AGENCY, first]))
    outcome = run(write_rows(tmp_path / "c.jsonl", [{**first, "key": "x"}]))
    assert "holds the UUID of a row of “1.999002”" in outcome.problems[0]
    assert ProcedurePage.objects.count() == 1


def test_a_formula_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    run(write_rows(tmp_path / "a.jsonl", [AGENCY, {**SECOND, "related_procedures": []}]))
    export(path)
    book = load_workbook(path)
    book["procedures"]["F2"] = '=HYPERLINK("https://example.vn","Tên")'
    book.save(path)
    outcome = run(path)
    assert "sheet procedures, row 2: official_name: holds a formula" in outcome.problems[0]
    assert not outcome.wrote


def test_a_fault_in_a_child_sheet_names_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    sheet = book.active
    sheet.title = "procedures"
    sheet.append(["key", "official_name"])
    sheet.append(["1.1", "Thủ tục"])
    fees = book.create_sheet("fees")
    fees.append(["key", "kind", "amount"])
    fees.append(["1.1", "free", None])
    fees.append(["1.1", "amount", "nhiều"])
    fees.append(["2.2", "free", None])
    book.save(path)
    problems = refused(path)
    assert "sheet fees, row 3: fees[1].amount: must be a number" in problems[0]
    assert "sheet fees, row 4: key: names a procedure that the workbook has not" in problems[1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"PK\x03\x04 broken", "no workbook"), (b"", "no workbook"), (b"plain text", "no workbook")],
)
def test_no_workbook(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason):
        run(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("key;official_name\n1.1;Thủ tục;thừa\n", "line 2: has more cells than the heading"),
        ('key,official_name\n1.1,"Thủ "tục"\n', "line 2: has broken quotes"),
        ("key,official_name,fees\n1.1,Thủ tục,[{\n", "line 2: fees: is no JSON"),
        ("key\tofficial_name\n1.1\t\n", "line 2: official_name: must not be empty"),
    ],
)
def test_a_spoiled_table(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert reason in refused(path)[0]


@pytest.mark.parametrize("text", ["key,key\n1,2\n", ",official_name\n1,2\n"])
def test_a_spoiled_heading(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="heading"):
        run(path)


def test_the_command_reports_and_ends_with_one(tmp_path: Path, capsys: Any) -> None:
    path = write_rows(tmp_path / "a.jsonl", spoil(1, without("name")))
    report = tmp_path / "report.txt"
    with pytest.raises(CommandError, match="1 problems; nothing was changed") as stopped:
        call_command("import_procedures", str(path), "--report", str(report))
    assert stopped.value.returncode == 1
    assert "line 2: name: is missing" in capsys.readouterr().err
    assert "line 2: name: is missing" in report.read_text(encoding="utf-8")
    assert nothing_written()


def test_bad_rows_can_be_left_out(tmp_path: Path) -> None:
    outcome = run(write_rows(tmp_path / "a.jsonl", spoil(1, without("name"))), skip_bad=True)
    assert (outcome.new, outcome.wrote) == (2, True)
    assert ProcedurePage.objects.count() == 2


def test_a_shared_record_with_a_fault_cannot_be_left_out(tmp_path: Path) -> None:
    rows = full_rows()
    del rows[0]["name"]
    with pytest.raises(UnreadableFileError, match="share"):
        run(write_rows(tmp_path / "a.jsonl", rows), skip_bad=True)
    assert nothing_written()


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    outcome = run(HEALTH, dry_run=True)
    assert (outcome.new, outcome.wrote) == (49, False)
    assert nothing_written()
