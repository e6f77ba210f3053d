"""axe finds nothing on any kind of page, in both languages; no page is wider than a small phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.city import BARE, BIRTH, LONG, MARRIAGE, REPEALED
from tests.e2e.pages import Screen

ADDRESSES = [
    "/", "/thu-tuc/", "/thu-tuc/?q=khai+sinh&muc-do=information", "/thu-tuc/?q=khong+co+gi",
    "/linh-vuc/", "/linh-vuc/ho-tich/", "/su-kien/", "/su-kien/sinh-con/", "/doi-tuong/citizen/",
    "/co-quan/", "/co-quan/so-minh-hoa/", "/co-quan/xa-phuong/", BIRTH, MARRIAGE, REPEALED, BARE,
    LONG, "/huong-dan/", "/huong-dan/cach-nop/", "/tin-tuc/", "/tin-tuc/tin/",
    "/kha-nang-tiep-can/", "/van-ban/1-2025-nd-cp/", "/khong-co/",
]  # fmt: skip
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
# What a server that cannot answer shows, and a refused form: pages without the portal's frame.
STANDALONE = ["500.html", "400.html", "403_csrf.html", "429.html"]


@LANGUAGES
def test_axe_finds_nothing_and_nothing_breaks_out_of_a_small_phone(
    live_server: Any, city: None, page: Page, axe: Callable[[], list[str]], prefix: str
) -> None:
    screen = Screen(page, live_server.url + prefix)
    complaints = []
    for path in ADDRESSES:
        page.set_viewport_size({"width": 1280, "height": 900})
        screen.open(path)
        complaints += [f"{path}: {violation}" for violation in axe()]
        page.set_viewport_size({"width": 320, "height": 640})
        if (pixels := screen.breaks_out()) > 0:
            complaints.append(f"{path}: {pixels} px wider than 320 px")
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("path", ["/", BIRTH, "/thu-tuc/"])
def test_axe_finds_nothing_on_a_phone(
    live_server: Any, city: None, page: Page, axe: Callable[[], list[str]], path: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + path)
    page.evaluate("() => document.querySelectorAll('main details').forEach(d => { d.open = true })")
    assert axe() == []


@LANGUAGES
@pytest.mark.urls("tests.e2e.urls_with_gallery")
def test_axe_finds_nothing_in_the_gallery(
    live_server: Any,
    city: None,
    page: Page,
    axe: Callable[[], list[str]],
    settings: Any,
    prefix: str,
) -> None:
    settings.DEBUG = True
    page.goto(f"{live_server.url}{prefix}/_components/")
    assert page.get_by_role("heading", level=1).is_visible()
    assert axe() == []


@pytest.mark.parametrize("name", STANDALONE)
def test_axe_finds_nothing_on_error_pages(
    live_server: Any, city: None, page: Page, axe: Callable[[], list[str]], name: str
) -> None:
    from django.template.loader import render_to_string

    page.goto(f"{live_server.url}/khong-co/")  # so that style sheets and policy are the portal's
    page.set_content(render_to_string(name))
    assert page.get_by_role("heading", level=1).is_visible()
    assert axe() == []
