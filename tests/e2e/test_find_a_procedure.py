"""A citizen finds out what a procedure asks: in Vietnamese on a phone, in English at a desk."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.city import BARE, BIRTH, MARRIAGE, REPEALED
from tests.e2e.pages import HomeScreen, ListScreen, ProcedureScreen

PHONE = {"width": 390, "height": 844}


def test_a_citizen_finds_fee_time_papers_and_account(
    live_server: Any, city: None, page: Page, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(PHONE)

    home = HomeScreen(page, live_server.url)
    home.open("/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.get_by_text("Bản trình diễn").first).to_be_visible()
    home.search("dang ky KHAI sinh")

    found = ListScreen(page, live_server.url)
    expect(found.titles).to_have_text(["Đăng ký khai sinh"])
    found.titles.first.click()

    procedure = ProcedureScreen(page, live_server.url)
    expect(procedure.heading).to_have_text("Đăng ký khai sinh")
    expect(procedure.answers).to_contain_text("430.000 đồng")
    expect(procedure.answers).to_contain_text("giấy tờ")
    expect(page.get_by_text("Số liệu minh hoạ, chưa xác minh").first).to_be_visible()
    expect(page.get_by_text("Bảo trì hệ thống minh hoạ").first).to_be_visible()

    page.locator("#thanh-toan [data-copy='0111000000001']").click()
    assert procedure.copied() == "0111000000001"
    expect(page.locator("#thanh-toan")).to_contain_text("0111 0000 00001")

    page.get_by_role("link", name=re.compile("EN|English")).first.click()
    expect(page).to_have_url(f"{live_server.url}/en{BIRTH}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_text("This page is not translated yet")).to_be_visible()
    expect(procedure.heading).to_have_attribute("lang", "vi")
    expect(procedure.answers).to_contain_text("430.000 đồng")


def test_an_english_reader_browses_by_agency_to_a_translated_procedure(
    live_server: Any, city: None, page: Page
) -> None:
    base = f"{live_server.url}/en"
    home = HomeScreen(page, base)
    home.open("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Agencies").click()
    expect(home.heading).to_have_text("Agencies")
    home.follow("Sở Minh Hoạ")
    expect(page.get_by_text("This page is not translated yet")).to_be_visible()
    home.follow("See all")

    found = ListScreen(page, base)
    expect(found.titles.first).to_be_visible()
    page.locator("main input[type=search]").fill("marriage")
    page.locator("main input[type=search]").press("Enter")
    expect(found.titles).to_have_text(["Registration of marriage"])
    found.titles.first.click()

    procedure = ProcedureScreen(page, base)
    expect(page).to_have_url(f"{base}{MARRIAGE}")
    expect(procedure.heading).to_have_text("Registration of marriage")
    expect(page.get_by_text("This page is not translated yet")).to_have_count(0)
    expect(procedure.answers).to_contain_text("30.000 đồng")
    expect(procedure.answers).to_contain_text("30 papers")
    expect(procedure.main).to_contain_text("Identity card")

    page.get_by_role("combobox").select_option(label="Phường Hai")
    page.get_by_role("button", name="Show address and hours").click()
    expect(page.locator("#noi-nop")).to_contain_text("Phường Hai")
    expect(page).to_have_url(re.compile(r"/en/.*noi=\d+"))


def test_the_answers_stand_on_the_first_screen_of_a_phone(
    live_server: Any, city: None, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    procedure = ProcedureScreen(page, live_server.url)
    procedure.open(MARRIAGE)
    procedure.expect_on_first_screen(procedure.answers)


def test_lists_are_filtered_paged_and_sorted_by_address(
    live_server: Any, city: None, page: Page
) -> None:
    found = ListScreen(page, live_server.url)
    found.open("/thu-tuc/")
    expect(found.titles).to_have_count(20)
    page.get_by_role("link", name="Trang sau").click()
    expect(found.titles).to_have_count(10)
    expect(page).to_have_url(re.compile("trang=2"))
    found.open("/thu-tuc/")
    page.get_by_role("combobox", name="Sự kiện").select_option("sinh-con")
    page.get_by_role("button", name="Lọc").click()
    expect(page).to_have_url(re.compile("su-kien=sinh-con"))


@pytest.mark.parametrize(
    ("path", "words"),
    [(REPEALED, "bị bãi bỏ"), (BARE, "chưa công bố")],
)
def test_what_is_gone_or_unknown_is_said(
    live_server: Any, city: None, page: Page, path: str, words: str
) -> None:
    procedure = ProcedureScreen(page, live_server.url)
    procedure.open(path)
    expect(procedure.main).to_contain_text(re.compile(words, re.IGNORECASE))


def test_everything_works_without_scripts(live_server: Any, city: None, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        home = HomeScreen(page, live_server.url)
        home.open("/")
        home.search("khai sinh")
        found = ListScreen(page, live_server.url)
        expect(found.titles).to_have_text(["Đăng ký khai sinh"])
        found.titles.first.click()
        procedure = ProcedureScreen(page, live_server.url)
        expect(procedure.answers).to_contain_text("430.000 đồng")
        expect(page.locator("[data-copy]").first).to_be_hidden()
        expect(page.locator("[data-print]").first).to_be_hidden()
        page.locator("main details > summary").first.click()
        expect(page.locator("main details").first).to_have_attribute("open", "")


def test_print_shows_all_papers_and_whose_page_it_is(
    live_server: Any, city: None, page: Page
) -> None:
    procedure = ProcedureScreen(page, live_server.url)
    procedure.open(MARRIAGE)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".mc-print")).to_be_visible()
    expect(page.get_by_text("Giấy tờ số 29", exact=True)).to_be_visible()
    expect(page.locator(".mc-nav")).to_be_hidden()


def test_structured_data_breaks_no_policy(live_server: Any, city: None, page: Page) -> None:
    page.add_init_script(
        "window.breaches = [];"
        "addEventListener('securitypolicyviolation', e => breaches.push(e.violatedDirective))"
    )
    page.goto(live_server.url + BIRTH)
    texts = page.locator("script[type='application/ld+json']").all_text_contents()
    kinds = {json.loads(text)["@type"] for text in texts}
    assert kinds == {"GovernmentService", "BreadcrumbList"}
    assert page.evaluate("() => breaches") == []
