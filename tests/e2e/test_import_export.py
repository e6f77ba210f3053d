"""A clerk takes procedures out to Excel, changes them there and imports the file; axe looks on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from catalogue.models import ImportRun, ProcedurePage
from services.accounts.models import User
from services.accounts.states import Role
from tests.e2e.test_bulk_changes import look
from tests.factories import AgencyFactory, make_portal
from tests.factories.members import PASSWORD, make_member
from tests.factories.procedures import ProcedureFactory

Axe = Callable[[], list[str]]
SHOW = "Xem tệp thay đổi những gì"


@pytest.fixture
def head(live_server: Any, page: Page) -> None:
    """A head of an agency with three procedures, signed in."""
    make_portal()
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    for number in (1, 2, 3):
        ProcedureFactory(parent=agency, key=f"8.00000{number}")
    user = make_member(agency, Role.HEAD, "truong.phong")
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def edit_workbook(path: Path, *, fault: bool) -> None:
    """This function will do in the file what a clerk does in Excel."""
    book = load_workbook(path)
    fees, procedures = book["fees"], book["procedures"]
    amount = {cell.value: cell.column for cell in fees[1]}["amount"]
    fees.cell(2, amount, "ba mươi nghìn" if fault else "45000")
    if not fault:
        new = {"key": "9.000001", "official_name": "Cấp giấy phép minh hoạ mới"}
        procedures.append([new.get(cell.value) for cell in procedures[1]])
    book.save(path)


def test_out_to_excel_and_back(
    live_server: Any, page: Page, axe: Axe, head: None, tmp_path: Path
) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Nhập, xuất thủ tục").first.click()
    complaints = look(page, axe, "index")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp xuống").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    file = tmp_path / "thu-tuc.xlsx"
    download.value.save_as(file)

    wrong = {"name": "thu-tuc.docx", "mimeType": "application/msword", "buffer": b"x"}
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name=SHOW).click()
    expect(page.get_by_text("không phải .jsonl, .csv hay .xlsx")).to_be_visible()
    complaints += look(page, axe, "wrong file")

    edit_workbook(file, fault=True)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=SHOW).click()
    expect(page.get_by_text("trang tính fees, dòng 2")).to_be_visible()
    expect(page.get_by_role("button", name="Nhập", exact=True)).to_have_count(0)
    complaints += look(page, axe, "faults")

    edit_workbook(file, fault=False)
    page.get_by_role("link", name="Tệp khác").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=SHOW).click()
    expect(page.get_by_role("link", name="Sẽ tạo mới: 1")).to_be_visible()
    complaints += look(page, axe, "new")
    page.get_by_role("link", name="Sẽ thay đổi: 1").click()
    expect(page.get_by_text("45.000")).to_be_visible()
    complaints += look(page, axe, "changed")
    page.get_by_role("link", name="Giữ nguyên: 2").click()
    complaints += look(page, axe, "unchanged")

    page.get_by_role("radio", name="Lưu và gửi duyệt").check()
    page.get_by_role("button", name="Nhập", exact=True).click()
    page.get_by_role("link", name="Đã thay đổi: 1").click()
    expect(page.get_by_text("đã gửi duyệt").first).to_be_visible()
    complaints += look(page, axe, "report")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải báo cáo (CSV)").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert ProcedurePage.objects.get(key="9.000001").workflow_in_progress
    page.goto(f"{live_server.url}/admin/import-export/")
    expect(page.get_by_role("link", name="thu-tuc.xlsx")).to_have_count(2)
    complaints += look(page, axe, "list")
    assert complaints == []


def test_the_waiting_screen_follows_the_worker(
    live_server: Any, page: Page, axe: Axe, head: None
) -> None:
    run = ImportRun.objects.create(
        user=User.objects.get(username="truong.phong"),
        file_name="thu-tuc.csv",
        file_format="csv",
        checksum="0" * 64,
        state="preparing",
        read=300,
        prepared=100,
    )
    page.goto(f"{live_server.url}/admin/import-export/{run.pk}/")
    expect(page.get_by_text("100/300")).to_be_visible()
    complaints = look(page, axe, "progress")
    ImportRun.objects.update(state="previewed")
    expect(page.get_by_text("Tệp không thay đổi gì.")).to_be_visible(timeout=15000)
    assert complaints == []
