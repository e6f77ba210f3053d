"""The browser harness itself, on the smallest page there is: a wrong address, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(("prefix", "language"), [("", "vi"), ("/en", "en")])
def test_wrong_address_is_told_accessibly(
    live_server, page: Page, axe: Callable[[], list[str]], prefix: str, language: str
) -> None:
    page.goto(f"{live_server.url}{prefix}/khong-co-trang-nay/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert axe() == []
