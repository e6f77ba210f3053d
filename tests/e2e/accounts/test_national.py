"""Signing in with the national e-identity: a real provider, a real browser, its policy included."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import expect
from pytest_django import Settings

from services.accounts.models import User
from tests.e2e.accounts.keyboard import Keyboard
from tests.oidc_provider import running

CITIZEN = {
    "TechID": "tech-1",
    "LoaiTaiKhoan": "1",
    "SoDinhDanh": "092190001234",
    "HoVaTen": "Trần Thị Lục Bình",
}


def test_a_citizen_signs_in_with_the_e_identity(
    keyboard: Keyboard, settings: Settings, live_server: Any
) -> None:
    with running.provider(f"{live_server.url}{running.CALLBACK}") as address:
        settings.SOCIALACCOUNT_PROVIDERS = running.settings_for(address)
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": {**policy, "form-action": [*policy["form-action"], address]}
        }
        keyboard.open("/tai-khoan/dang-nhap/")
        keyboard.sees("Đăng nhập")
        keyboard.picture("national-button")
        keyboard.press("Đăng nhập bằng tài khoản định danh điện tử (VNeID)")
        page = keyboard.page
        page.get_by_label("Công dân").fill(json.dumps(CITIZEN))
        page.get_by_role("button", name="Đồng ý").click()
        expect(page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")
        keyboard.sees("Trang cá nhân")
        assert User.objects.get().person.is_verified
