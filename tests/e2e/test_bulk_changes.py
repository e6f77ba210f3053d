"""A head changes a fee of several procedures by keyboard and mouse; axe looks at every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalogue.models import BulkChange, ProcedurePage
from services.accounts.states import Role
from tests.factories import AgencyFactory, OutageFactory, SectorFactory, make_portal
from tests.factories.members import PASSWORD, make_member
from tests.factories.procedures import ProcedureFactory, create_many

Axe = Callable[[], list[str]]
SIZES = ((1280, 900), (360, 740))


@pytest.fixture
def head(live_server: Any, page: Page) -> None:
    """A head of an agency with sixty procedures, signed in."""
    make_portal()
    SectorFactory(name="Đất đai")
    agency = AgencyFactory(title="Sở Minh hoạ")
    pages = create_many(60, parent=agency)
    ProcedureFactory(parent=agency, official_name="Cấp đổi miễn phí", free=True)
    OutageFactory(headline="Bảo trì minh hoạ", procedures=pages[:1])
    user = make_member(agency, Role.HEAD, "truong.phong")
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def look(page: Page, axe: Axe, where: str) -> list[str]:
    """This function will return what axe finds at both sizes, and whether the page is too wide."""
    page.wait_for_load_state("load")
    page.locator("main .bulk").wait_for()
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{where} {width}: {item}" for item in axe()]
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            found.append(f"{where} {width}: {wide} px too wide")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_a_fee_of_several_procedures(live_server: Any, page: Page, axe: Axe, head: None) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Thay đổi hàng loạt").first.click()
    complaints = look(page, axe, "index")
    page.get_by_role("link", name="Thay đổi hàng loạt mới").click()
    complaints += look(page, axe, "choose")
    everything = page.get_by_label("Tất cả trên trang này")
    everything.check()
    expect(page.locator("input[name=page]:checked")).to_have_count(50)
    everything.uncheck()
    page.locator("input[name=page]").nth(1).check()
    page.locator("input[name=page]").nth(2).check()
    page.get_by_role("button", name="Sau", exact=True).click()
    expect(page.get_by_text("đã chọn 2")).to_be_visible()
    page.get_by_label("Tên hoặc mã thủ tục").fill("cap doi mien phi")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tìm thấy 1 thủ tục")).to_be_visible()
    page.get_by_label("Cấp đổi miễn phí").check()
    page.get_by_role("button", name="Tiếp tục với các thủ tục đã chọn").click()
    complaints += look(page, axe, "describe")
    page.get_by_role("button", name="Xem các chỗ khác nhau").click()
    complaints += look(page, axe, "errors")
    page.get_by_label("Mức cũ").fill("30.000")
    page.get_by_label("Mức mới").fill("45.000")
    page.get_by_role("button", name="Xem các chỗ khác nhau").click()
    expect(page.get_by_text("Sẽ thay đổi: 2")).to_be_visible()
    expect(page.get_by_text("Không thay đổi: 1")).to_be_visible()
    complaints += look(page, axe, "preview")
    page.get_by_role("radio", name="Đăng").check()
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_text("Đã thay đổi: 2")).to_be_visible()
    complaints += look(page, axe, "report")
    assert ProcedurePage.objects.filter(fees__amount=45000).count() == 2
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải báo cáo (CSV)").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert complaints == []


def test_the_other_forms_and_the_progress(
    live_server: Any, page: Page, axe: Axe, head: None
) -> None:
    page.goto(f"{live_server.url}/admin/bulk-changes/choose/")
    page.get_by_label("Chọn tất cả 61 thủ tục tìm thấy, ở mọi trang").check()
    page.get_by_role("button", name="Tiếp tục với các thủ tục đã chọn").click()
    complaints = []
    for name in (
        "Đặt mức phí, lệ phí", "Thay thời hạn giải quyết", "Thay căn cứ pháp lý", "Thêm lĩnh vực",
        "Gắn thông báo gián đoạn",
    ):  # fmt: skip
        page.get_by_role("link", name=name).click()
        expect(page.locator(".bulk [aria-current]")).to_have_text(name)
        complaints += look(page, axe, name)
    change = BulkChange.objects.get()
    BulkChange.objects.update(state="preparing", kind="fee_set", values={"new": "1000"})
    page.goto(f"{live_server.url}/admin/bulk-changes/{change.pk}/")
    expect(page.get_by_text("Đang lập bản xem trước")).to_be_visible()
    complaints += look(page, axe, "progress")
    BulkChange.objects.update(state="previewed")
    expect(page.get_by_text("Chưa có gì thay đổi")).to_be_visible(timeout=15000)
    assert complaints == []
