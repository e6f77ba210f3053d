"""The uploaded file: formats, limits, macros, formulas, faults by row, and where it is kept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from catalogue.models import ImportRun, ProcedurePage
from catalogue.transfers import files
from cms.core.private_files import PrivateStorage
from services.accounts.states import Role
from tests.factories import AgencyFactory
from tests.factories.procedures import ProcedureFactory
from tests.integration.catalogue.transfers.clerk import START, Clerk, draft_of, new_row, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")


def workbook(rows: list[list[Any]], sheet: str = "procedures") -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def with_macros(content: bytes) -> bytes:
    held = io.BytesIO(content)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    return held.getvalue()


HEADING = ["key", "official_name"]
BAD = {
    "thu-tuc.docx": (b"x", "không phải .jsonl"),
    "thu-tuc.xlsm": (b"x", "không phải .jsonl"),
    "thu-tuc.xlsx": (b"x", "XLSX"),
    "macro.xlsx": (with_macros(workbook([HEADING])), "macro"),
    "hong.xlsx": (workbook([HEADING])[:-30], "XLSX"),
    "utf16.csv": ("key,official_name\n".encode("utf-16"), "UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_file_of_ours_is_told_beside_the_field(agency: Any, name: str) -> None:
    content, words = BAD[name]
    answer = Clerk(agency).upload(SimpleUploadedFile(name, content))
    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors["file"])
    assert not ImportRun.objects.exists()


def test_empty_missing_and_too_large(agency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Clerk(agency)
    assert "file" in clerk.client.post(START, {"agency": agency.pk}).context["form"].errors
    empty = clerk.upload(SimpleUploadedFile("a.csv", b""))
    assert "file" in empty.context["form"].errors
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    large = clerk.upload(SimpleUploadedFile("a.csv", b"key,official_name\n1,x\n"))
    assert "quá lớn" in " ".join(large.context["form"].errors["file"])


def test_a_large_file_that_cannot_be_read_fails_clearly(
    agency: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "READ_AT_ONCE", 1)
    clerk = Clerk(agency)
    answer = clerk.upload(SimpleUploadedFile("hong.xlsx", b"khong phai bang tinh"))
    run = ImportRun.objects.get()
    assert answer.status_code == 302
    assert run.state == "failed"
    assert "XLSX" in clerk.show(run)


def test_faults_are_told_by_sheet_row_and_column(agency: Any) -> None:
    ProcedureFactory(parent=agency, key="8.000001")
    clerk = Clerk(agency)
    book = load_workbook(io.BytesIO(clerk.export(file_format="xlsx")))
    fees, procedures = book["fees"], book["procedures"]
    columns = {cell.value: cell.column for cell in fees[1]}
    fees.cell(2, columns["amount"], "ba mươi nghìn")
    columns = {cell.value: cell.column for cell in procedures[1]}
    procedures.cell(2, columns["summary"], "=HYPERLINK(1)")
    procedures.cell(2, columns["effective_date"], "hôm qua")
    held = io.BytesIO()
    book.save(held)
    clerk.upload(SimpleUploadedFile("sua.xlsx", held.getvalue()))
    run = ImportRun.objects.get()
    html = clerk.show(run)
    assert "trang tính fees, dòng 2" in html
    assert "<code>summary</code>" in html
    assert "công thức" in html
    assert 'name="mode"' not in html
    report = clerk.report(run)
    assert "trang tính fees, dòng 2" in report
    clerk.apply(run)
    assert run.state == "previewed"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_of_excel_comes_back_changed(agency: Any, kind: str) -> None:
    page = ProcedureFactory(parent=agency, key="8.000001", three_cases=True)
    clerk = Clerk(agency)
    content = clerk.export(file_format=kind)
    clerk.upload(SimpleUploadedFile(f"nguyen-ven.{kind}", content))
    assert states(ImportRun.objects.latest("pk")) == {"8.000001": "unchanged"}
    if kind == "csv":
        content = content.replace(b"430000", b"440000")
    else:
        book = load_workbook(io.BytesIO(content))
        amount = {cell.value: cell.column for cell in book["fees"][1]}["amount"]
        book["fees"].cell(4, amount, 440000)
        held = io.BytesIO()
        book.save(held)
        content = held.getvalue()
    clerk.upload(SimpleUploadedFile(f"sua.{kind}", content))
    run = ImportRun.objects.latest("pk")
    (difference,) = run.rows.get().difference
    assert (difference["before"], difference["after"]) == ("430000", "440000")
    clerk.apply(run)
    before = {row.translation_key for row in page.fees.all()}
    draft = draft_of(page)
    assert [int(row.amount or 0) for row in draft.fees.all()] == [0, 60000, 440000]
    assert {row.translation_key for row in draft.fees.all()} == before


def test_a_cell_of_an_export_is_no_formula(agency: Any) -> None:
    ProcedureFactory(parent=agency, key="8.000001", summary="=cmd|' /C calc'!A0")
    text = Clerk(agency).export(file_format="csv").decode("utf-8-sig")
    assert "'=cmd" in text
    book = load_workbook(io.BytesIO(Clerk(agency, Role.HEAD).export(file_format="xlsx")))
    kinds = {cell.data_type for row in book["procedures"].iter_rows() for cell in row}
    assert "f" not in kinds


def test_words_of_a_translation_are_part_of_the_difference(agency: Any) -> None:
    clerk = Clerk(agency)
    row = new_row(translations={"en": {"official_name": "Sample licence"}})
    run = clerk.apply(clerk.preview([row]))
    assert run.state == "done", run.message
    page = ProcedurePage.objects.get(key="9.000001")
    english = draft_of(page.get_translations().get())
    assert (english.official_name, english.live) == ("Sample licence", False)
    row = clerk.records()["9.000001"]
    row["translations"]["en"]["official_name"] = "Better name"
    run = clerk.preview([row])
    assert "Better name" in clerk.show(run)
    clerk.apply(run)
    assert draft_of(english).official_name == "Better name"
    assert draft_of(page).revisions.count() == 2


def test_the_file_is_kept_where_no_address_leads(agency: Any, tmp_path: Path) -> None:
    clerk = Clerk(agency)
    run = clerk.preview([new_row()])
    assert run.file.name.startswith("imports/")
    assert "thu-tuc" not in run.file.name
    storage = PrivateStorage(location=tmp_path, file_permissions_mode=0o600)
    name = storage.save("imports/a.csv", ContentFile(b"x"))
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="no address"):
        storage.url(name)


def test_the_settings_keep_private_files_beside_the_public_ones() -> None:
    from cms.settings import base

    private = Path(base.STORAGES["private"]["OPTIONS"]["location"])
    assert not private.is_relative_to(base.MEDIA_ROOT)
    assert not private.is_relative_to(Path(settings.STATIC_ROOT))
