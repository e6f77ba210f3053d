"""axe on the screens that the portal adds to the administration, beside those with a journey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from services.accounts.states import Role
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


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(
    live_server: Any, page: Page, axe: Callable[[], list[str]], fresh_database: None, width: int
) -> None:
    make_portal()
    agency = AgencyFactory(title="Sở Minh hoạ")
    ProcedureFactory(parent=agency, official_name="Đăng ký minh hoạ")
    sign_in(page, make_member(agency, Role.HEAD, "lanhdao"), live_server.url)
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for address in SCREENS:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        found += [f"{address}: {problem}" for problem in axe()]
    assert found == []
