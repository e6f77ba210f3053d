"""The captcha in a browser: by keyboard, with and without JavaScript, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 360, "height": 740}
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
on_sample_page = pytest.mark.urls("tests.captcha_page")


def is_drawn(page: Page) -> bool:
    picture = page.locator("[data-captcha-image]").first
    picture.scroll_into_view_if_needed()
    return bool(picture.evaluate("img => img.decode().then(() => img.naturalWidth === 400)"))


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="vi-VN")
    yield context.new_page()
    context.close()


@LANGUAGES
@pytest.mark.urls("tests.e2e.urls_with_gallery")
def test_axe_finds_nothing_in_any_state(
    live_server: Any,
    city: None,
    page: Page,
    axe: Callable[[], list[str]],
    settings: Any,
    prefix: str,
) -> None:
    settings.DEBUG = True
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{prefix}/_components/#ma-xac-nhan")
    assert is_drawn(page)
    part = page.locator("#ma-xac-nhan")
    expect(part.get_by_text("Confirmed" if prefix else "Đã xác nhận")).to_be_visible()
    expect(part.locator(".govuk-error-message")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert axe() == []


@on_sample_page
def test_by_keyboard_alone(live_server: Any, city: None, page: Page, captcha_answers: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/mau/")
    assert is_drawn(page)
    page.get_by_label("Tên").fill("Nguyễn Văn A")
    before = page.locator('[name="captcha_token"]').input_value()
    page.get_by_role("button", name="Đổi mã khác").focus()
    with page.expect_response("**/ma-xac-nhan/*.png"):
        page.keyboard.press("Enter")
    field = page.get_by_label("Mã xác nhận")
    expect(field).to_be_focused()
    expect(page.locator("[data-live]")).to_have_text("Đã đổi mã.")
    token = page.locator('[name="captcha_token"]').input_value()
    assert token != before
    assert is_drawn(page)
    assert token in page.locator("[data-captcha-image]").get_attribute("src")
    listen = page.get_by_role("button", name="Nghe mã")
    assert token in listen.get_attribute("href")
    listen.focus()
    with page.expect_response("**/ma-xac-nhan/*.wav*") as sound:
        page.keyboard.press("Space")
    assert sound.value.status in {200, 206}
    expect(page.get_by_label("Tên")).to_have_value("Nguyễn Văn A")
    field.fill(captcha_answers)
    field.press("Enter")
    expect(page.locator("body")).to_have_text("xong Nguyễn Văn A")


@on_sample_page
def test_enter_sends_the_form_instead_of_changing_the_code(
    live_server: Any, city: None, page: Page, captcha_answers: str
) -> None:
    page.goto(f"{live_server.url}/mau/")
    token = page.locator('[name="captcha_token"]').input_value()
    page.get_by_label("Tên").fill("Tên 1")
    page.get_by_label("Mã xác nhận").fill(captcha_answers)
    page.get_by_label("Tên").press("Enter")
    expect(page.get_by_text("Đã xác nhận")).to_be_visible()
    assert page.locator('[name="captcha_token"]').input_value() == token
    page.get_by_label("Tên").fill("Nguyễn Văn A")
    page.get_by_label("Tên").press("Enter")
    expect(page.locator("body")).to_have_text("xong Nguyễn Văn A")


@on_sample_page
def test_without_javascript(
    live_server: Any, city: None, plain_page: Page, captcha_answers: str
) -> None:
    page = plain_page
    page.goto(f"{live_server.url}/mau/")
    page.get_by_label("Tên").fill("Nguyễn Văn A")
    before = page.locator('[name="captcha_token"]').input_value()
    expect(page.locator("audio[controls]")).to_be_visible()
    page.get_by_role("button", name="Đổi mã khác").click()
    expect(page.get_by_label("Mã xác nhận")).to_be_focused()
    expect(page.get_by_label("Tên")).to_have_value("Nguyễn Văn A")
    assert page.locator('[name="captcha_token"]').input_value() != before
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Nghe mã").click()
    assert "/ma-xac-nhan/" in opened.value.url
    page.get_by_label("Mã xác nhận").fill("000000")
    page.get_by_role("button", name="Gửi đi").click()
    expect(page.locator("#id_captcha_error")).to_contain_text("chưa đúng; hình đã đổi")
    page.get_by_label("Mã xác nhận").fill(" ".join(captcha_answers))
    page.get_by_label("Mã xác nhận").press("Enter")
    expect(page.locator("body")).to_have_text("xong Nguyễn Văn A")


@on_sample_page
def test_a_refused_change_is_said(live_server: Any, city: None, page: Page) -> None:
    page.goto(f"{live_server.url}/mau/")
    page.route("**/ma-xac-nhan/moi/", lambda route: route.fulfill(status=429))
    page.get_by_role("button", name="Đổi mã khác").click()
    expect(page.locator("[data-live]")).to_contain_text("Chưa đổi được mã")
