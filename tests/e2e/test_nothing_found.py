"""Nothing is found, on a phone: the page leads on, to a sector, or without the filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import HomeScreen, ListScreen

PHONE = {"width": 360, "height": 740}


def test_from_no_result_to_a_sector(
    live_server: Any, city: None, page: Page, axe: Callable[[], list[str]]
) -> None:
    page.set_viewport_size(PHONE)
    home = HomeScreen(page, live_server.url)
    home.open("/")
    home.search("zzzzzz")

    found = ListScreen(page, live_server.url)
    expect(found.main.get_by_role("heading", level=2)).to_have_text(
        "Chưa tìm thấy thủ tục nào cho “zzzzzz”"
    )
    expect(found.main.get_by_role("link", name="1900 0000")).to_be_visible()
    assert axe() == []
    assert found.breaks_out() <= 0
    found.follow("Hộ tịch")
    expect(found.heading).to_have_text("Hộ tịch")
    expect(found.titles.first).to_be_visible()


@pytest.mark.parametrize(
    ("prefix", "leave", "title"),
    [
        ("", "Bỏ bộ lọc: 1 thủ tục", "Đăng ký khai sinh"),
        ("/en", "Remove the filters: 1 procedure", "Đăng ký khai sinh"),
    ],
)
def test_from_too_many_filters_to_the_answer(
    live_server: Any,
    city: None,
    page: Page,
    axe: Callable[[], list[str]],
    prefix: str,
    leave: str,
    title: str,
) -> None:
    page.set_viewport_size(PHONE)
    found = ListScreen(page, live_server.url + prefix)
    found.open("/thu-tuc/?q=khai+sinh&cap=ministry")
    assert axe() == []
    assert found.breaks_out() <= 0
    found.follow(leave)
    expect(found.titles).to_have_text([title])
    mark = found.titles.first.locator("mark")
    expect(mark).to_have_text("khai sinh")
    assert mark.evaluate("node => node.closest('[lang]').lang") == "vi"
    assert axe() == []
