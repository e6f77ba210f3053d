"""axe on the screens that the portal adds to the administration, beside those with a journey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from services.accounts.states import Role
from tests.e2e.admin.content import make_content
from tests.e2e.admin.signing import sign_in
from tests.factories import AgencyFactory, ProcedureFactory, make_portal
from tests.factories.members import make_member

SCREENS = (
    "/admin/",
    "/admin/reports/readiness/",
    "/admin/reports/translations/",
    "/admin/import-export/",
    "/admin/bulk-changes/",
)

SEARCH_SCREENS = (
    "/admin/search/",
    "/admin/search/?list=empty",
    "/admin/search/?list=opened",
    "/admin/search/synonyms/",
    "/admin/search/synonyms/new/",
    "/admin/search/pins/",
    "/admin/search/pins/new/",
    "/admin/search/try/?q=mat+can+cuoc+o+dau",
    "/admin/search/score/",
)


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(
    live_server: Any, page: Page, axe: Callable[[], list[str]], fresh_database: None, width: int
) -> None:
    make_portal()
    agency = AgencyFactory(title="Sở Minh hoạ")
    ProcedureFactory(parent=agency, official_name="Đăng ký minh hoạ")
    sign_in(page, make_member(agency, Role.HEAD, "lanhdao"), live_server.url)
    page.set_viewport_size({"width": width, "height": 800})
    assert list_problems(page, live_server.url, axe, SCREENS) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_at_the_search_desk(
    live_server: Any, page: Page, axe: Callable[[], list[str]], fresh_database: None, width: int
) -> None:
    make_portal()
    made = make_content()
    sign_in(page, made["administrator"], live_server.url)
    page.set_viewport_size({"width": width, "height": 800})
    assert list_problems(page, live_server.url, axe, SEARCH_SCREENS) == []


def list_problems(
    page: Page, start: str, axe: Callable[[], list[str]], addresses: tuple[str, ...]
) -> list[str]:
    """What axe says of each screen, and which are wider than the window."""
    found = []
    for address in addresses:
        page.goto(start + address)
        page.wait_for_load_state("networkidle")
        found += [f"{address}: {problem}" for problem in axe()]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address}: too wide")
    return found
