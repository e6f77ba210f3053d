"""The sign-in page of a demonstration: accessible, and its accounts lead into the admin."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django import Settings

from services.accounts.states import Role
from services.accounts.tokens import demo_password
from tests.factories import AgencyFactory
from tests.factories.members import make_member


def test_a_test_account_signs_in(
    live_server, page: Page, settings: Settings, axe: Callable[[], list[str]]
) -> None:
    settings.DEBUG = True
    user = make_member(AgencyFactory(title="Sở Minh hoạ"), Role.EDITOR, "bientap.mau", is_demo=True)
    user.set_password(demo_password())
    user.save()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/admin/login/")
    expect(page.get_by_role("heading", name="Tài khoản dùng thử")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not axe()
    page.get_by_label("Tên truy cập").fill(page.locator("main td code").inner_text())
    page.get_by_label("Mật khẩu", exact=True).fill(page.locator("main p code").inner_text())
    page.keyboard.press("Enter")
    expect(page).to_have_title("Trang tổng quan - Một Cửa")
