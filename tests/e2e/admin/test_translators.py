"""A translator finds what is to be translated, and works with both languages side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.accounts.states import Role
from tests.e2e.admin.signing import sign_in
from tests.factories import AgencyFactory, ProcedureFactory, make_portal, translate
from tests.factories.members import make_member

Axe = Callable[[], list[str]]


@pytest.fixture
def translator(live_server: Any, page: Page) -> None:
    make_portal()
    agency = AgencyFactory(title="Sở Minh hoạ")
    translate(agency, title="Illustration office")
    ProcedureFactory(parent=agency, official_name="Đăng ký minh hoạ")
    user = make_member(agency, Role.TRANSLATOR, "nguoidich", last_name="Vũ Thị", first_name="F")
    sign_in(page, user, live_server.url)


def test_from_the_report_to_the_words(
    live_server: Any, page: Page, axe: Axe, translator: None
) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("button", name="Báo cáo").click()
    page.get_by_role("link", name="Bản dịch").click()
    expect(page.get_by_role("cell", name="chưa dịch", exact=True)).to_be_visible()
    found = axe()
    page.set_viewport_size({"width": 360, "height": 740})
    found += axe()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert found == []
    page.get_by_role("link", name="Đăng ký minh hoạ").click()
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", name="Tên thủ tục")).to_be_visible()
    expect(page.get_by_role("button", name="Dịch").first).to_be_visible()
    expect(page.get_by_role("button", name="Đăng", exact=False)).to_have_count(0)
