"""Two people have one procedure open in two browsers: they are warned, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from catalogue.models import ProcedurePage
from services.accounts.models import User
from services.accounts.states import Role
from tests.e2e.admin.signing import sign_in
from tests.factories import AgencyFactory, ProcedureFactory, make_portal
from tests.factories.members import make_member

Axe = Callable[[], list[str]]
SIZES = ((1280, 900), (360, 740))


@pytest.fixture
def procedure() -> ProcedurePage:
    make_portal()
    agency = AgencyFactory(title="Sở Minh hoạ")
    made = ProcedureFactory(parent=agency, summary="Ban đầu", official_name="Cấp giấy minh hoạ")
    made.save_revision()
    for number, name in enumerate(("Nguyễn Văn An", "Trần Thị Bình")):
        make_member(agency, Role.HEAD, f"nguoi{number}", last_name="", first_name=name)
    return made


@pytest.fixture
def other(browser: Browser, live_server: Any, procedure: ProcedurePage) -> Any:
    """The first person's browser."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    open_form(page, live_server.url, procedure, 0)
    yield page
    context.close()


def open_form(page: Page, address: str, procedure: ProcedurePage, number: int) -> None:
    """This function will sign a person in and open the form."""
    sign_in(page, User.objects.get(username=f"nguoi{number}"), address)
    page.goto(f"{address}/admin/pages/{procedure.pk}/edit/")


def look(page: Page, axe: Axe) -> list[str]:
    """This function will return what axe finds in the help, and whether the page is too wide."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}: {item}" for item in axe() if "merge" in item or "ask" in item]
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            found.append(f"{width}: {wide} px too wide")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def save(page: Page) -> None:
    """This function will save a draft, also past the warning that somebody else has saved."""
    page.get_by_role("button", name="Lưu nháp").click()
    go_on = page.locator("#w-save-confirmation-dialog").get_by_role("button", name="Lưu nháp")
    page.wait_for_timeout(500)
    if go_on.is_visible():
        go_on.click()


def test_what_both_changed_is_merged(
    live_server: Any, page: Page, other: Page, procedure: ProcedurePage, axe: Axe
) -> None:
    open_form(page, live_server.url, procedure, 1)
    other.locator("#id_summary").fill("Tóm tắt của An")
    save(other)
    expect(other.get_by_text("Đã cập nhật trang")).to_be_visible()

    page.locator("#id_summary").fill("Tóm tắt của Bình")
    page.get_by_role("tab", name="Nơi giải quyết").click()
    page.locator("#id_authority").fill("Phòng của Bình")
    warning = page.get_by_role("button", name="Nguyễn Văn An đã lưu một phiên bản mới")
    expect(warning).to_be_visible(timeout=15_000)
    save(page)
    expect(page.get_by_text("Hai người cùng sửa một chỗ")).to_be_visible()
    expect(page.get_by_text("Nguyễn Văn An đã lưu một phiên bản mới hơn")).to_be_visible()
    assert not look(page, axe)
    question = page.get_by_role("group", name="Tóm tắt")
    question.get_by_label("Của người kia").check()
    page.get_by_role("button", name="Gộp và xem lại biểu mẫu").click()

    expect(page.get_by_text("không có gì bị mất")).to_be_visible()
    assert not look(page, axe)
    expect(page.locator("#id_summary")).to_have_value("Tóm tắt của An")
    save(page)
    expect(page.get_by_text("Đã cập nhật trang")).to_be_visible()
    draft = ProcedurePage.objects.get(pk=procedure.pk).get_latest_revision_as_object()
    assert (draft.summary, draft.authority) == ("Tóm tắt của An", "Phòng của Bình")
