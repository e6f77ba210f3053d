"""What nobody finds is seen by an editor, mended with a synonym, and found at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Site

from catalogue.models import ProcedurePage, StandardPage
from cms.core.models import PortalSettings
from search.log import recording
from search.models import SearchClick, SearchedQuery, SearchTally
from services.accounts.models import User
from tests.e2e.admin.signing import sign_in
from tests.factories import StandardFactory

QUERY = "cún con vừa sinh"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def count_searches() -> StandardPage:
    page: StandardPage = StandardFactory(title="Quyền riêng tư")
    site = Site.objects.get(is_default_site=True)
    values = {"privacy_page": page, "records_searches": True}
    PortalSettings.objects.update_or_create(site=site, defaults=values)
    return page


def ask_on_three_days(page: Page, address: str) -> None:
    """Ask today; what was tallied is then moved back by a day."""
    for _day in range(recording.DAYS):
        page.goto(f"{address}/thu-tuc/?q={QUERY}")
        yesterday = timezone.localdate() - timedelta(days=1)
        SearchTally.objects.update(last_day=yesterday)


def forget_what_people_say() -> None:
    """Under a number of its own the procedure is known by its name alone."""
    procedure = ProcedurePage.objects.get(key="1.001193")
    procedure.key = "9.001193"
    procedure.save_revision().publish()


def test_a_query_without_an_answer_is_mended(
    live_server: Any, city: None, page: Page, browser: Browser, axe: Callable[[], list[str]]
) -> None:
    forget_what_people_say()
    count_searches()
    context = browser.new_context(user_agent=BROWSER, locale="vi-VN")
    citizen = context.new_page()
    ask_on_three_days(citizen, live_server.url)
    expect(citizen.locator(".mc-near").first).to_be_visible()
    assert SearchedQuery.objects.get().results == 0

    keeper = User.objects.create_superuser("quantri", "quantri@example.vn", "mat-khau-mau-1")
    sign_in(page, keeper, live_server.url)
    page.goto(f"{live_server.url}/admin/search/")
    page.get_by_role("link", name="Không có kết quả").click()
    expect(page.get_by_role("row", name=QUERY)).to_be_visible()
    assert axe() == []
    page.get_by_role("link", name=f"Thêm từ đồng nghĩa cho “{QUERY}”").click()
    expect(page.get_by_role("textbox", name="Người dân nói")).to_have_value(QUERY)
    page.get_by_role("textbox", name="Thủ tục gọi là").fill("đăng ký khai sinh")
    assert axe() == []
    page.get_by_role("button", name="Tạo").click()
    expect(page.get_by_role("link", name=QUERY)).to_be_visible()

    citizen.reload()
    expect(citizen.locator(".mc-near")).to_have_count(0)
    answer = citizen.locator(".mc-row__title a").first
    expect(answer).to_contain_text("khai sinh")
    answer.click()
    citizen.wait_for_load_state("networkidle")
    assert SearchClick.objects.get().times == 1
    assert context.cookies() == []
    page.goto(f"{live_server.url}/admin/search/?list=empty")
    expect(page.get_by_text("Không có mục nào trong thời gian này.")).to_be_visible()
    context.close()


def test_a_page_is_pinned(
    live_server: Any, city: None, page: Page, axe: Callable[[], list[str]]
) -> None:
    keeper = User.objects.create_superuser("quantri", "quantri@example.vn", "mat-khau-mau-1")
    sign_in(page, keeper, live_server.url)
    page.goto(f"{live_server.url}/admin/search/try/?q=ket+hon")
    page.get_by_role("link", name="Ghim kết quả", exact=True).last.click()
    expect(page.get_by_role("textbox", name="Từ khoá")).to_have_value("ket hon")
    page.get_by_role("button", name="Chọn").first.click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("textbox").first.fill("khai sinh")
    dialogue.get_by_role("link", name="Đăng ký khai sinh", exact=True).first.click()
    expect(dialogue).to_be_hidden()
    assert axe() == []
    page.get_by_role("button", name="Tạo").click()
    expect(page.get_by_text("Có hiệu lực")).to_be_visible()

    page.goto(f"{live_server.url}/thu-tuc/?q=Kết++Hôn")
    expect(page.locator(".mc-row__title a").first).to_have_text("Đăng ký khai sinh")
    page.goto(live_server.url)
    page.get_by_role("combobox").press_sequentially("kết hôn")
    expect(page.get_by_role("option").first).to_contain_text("Đăng ký khai sinh")
