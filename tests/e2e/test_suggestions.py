"""Suggestions under the search field: by keyboard, for a screen reader, and without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.city import BIRTH

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def typed(live_server: Any, city: None, page: Page) -> Page:
    page.set_viewport_size(PHONE)
    page.goto(live_server.url)
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("khai s")
    return page


def test_by_keyboard(live_server: Any, typed: Page, axe: Callable[[], list[str]]) -> None:
    field, options = typed.get_by_role("combobox"), typed.get_by_role("option")
    expect(options.first).to_contain_text("Đăng ký khai sinh")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(typed.locator("[data-live]")).to_contain_text("gợi ý")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert axe() == []
    wide = typed.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", "*")
    field.press("Escape")
    expect(options).to_have_count(options.count())
    expect(typed.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("khai s")
    field.press("ArrowDown")
    expect(typed.get_by_role("listbox")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(typed).to_have_url(f"{live_server.url}{BIRTH}")


def test_enter_without_a_choice_searches(live_server: Any, typed: Page) -> None:
    expect(typed.get_by_role("option").first).to_be_visible()
    typed.get_by_role("combobox").press("Enter")
    expect(typed).to_have_url(f"{live_server.url}/thu-tuc/?q=khai+s")


def test_by_touch(live_server: Any, typed: Page) -> None:
    typed.get_by_role("option", name="Đăng ký khai sinh").first.click()
    expect(typed).to_have_url(f"{live_server.url}{BIRTH}")


def test_without_a_script(live_server: Any, city: None, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("khai sinh")
    page.get_by_role("button", name="Tìm kiếm").click()
    expect(page.get_by_role("link", name="Đăng ký khai sinh").first).to_be_visible()
    context.close()
