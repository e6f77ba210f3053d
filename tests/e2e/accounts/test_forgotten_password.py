"""Part IV of the citizens' guide by keyboard alone, and its dead ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from services.accounts import actions
from services.accounts.actions import Registration
from services.accounts.models import OneTimeCode, ResetRequest, User
from tests.conftest import CAPTCHA_DIGITS
from tests.e2e.accounts.keyboard import Keyboard, Letterbox

FORGOTTEN, NEW = "con sông đỏ nước 9", "con đò cũ bến xưa 7"


@pytest.fixture
def citizen(letters: Letterbox, city: None) -> Any:
    data = Registration(
        username="lucbinh90",
        password=FORGOTTEN,
        full_name="Trần Thị Lục Bình",
        language="vi",
        phone="+84901234567",
    )
    user = actions.register_account(data, now=timezone.now())
    actions.activate_account(user, letters.newest, now=timezone.now())
    OneTimeCode.objects.all().delete()
    return user


def ask(keyboard: Keyboard, name: str) -> None:
    """Ask for a code from the sign-in page, by the guide's words."""
    keyboard.open("/tai-khoan/dang-nhap/")
    keyboard.press("Quên mật khẩu?")
    keyboard.sees("Quên mật khẩu")
    keyboard.fill("Tên truy cập", name)
    keyboard.fill("Mã xác nhận", CAPTCHA_DIGITS)
    keyboard.press("Gửi mật khẩu mới")


def choose(keyboard: Keyboard, code: str) -> None:
    """Enter a code and a new password twice."""
    keyboard.fill("Mã gồm 6 chữ số (OTP)", code)
    keyboard.fill("Mật khẩu mới", NEW)
    keyboard.fill("Nhập lại mật khẩu mới", NEW)
    keyboard.press("Lưu mật khẩu mới")


def test_a_forgotten_password(keyboard: Keyboard, citizen: Any, letters: Letterbox) -> None:
    ask(keyboard, "0901 234 567")
    keyboard.picture("reset-code")
    choose(keyboard, letters.newest)
    keyboard.sees("Đăng nhập")
    keyboard.picture("reset-done")
    keyboard.fill("Tên truy cập", "lucbinh90")
    keyboard.fill("Mật khẩu", NEW)
    keyboard.page.keyboard.press("Enter")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")


def test_nobody_of_this_name_looks_the_same(keyboard: Keyboard, letters: Letterbox) -> None:
    ask(keyboard, "khong.co.ai")
    heading = keyboard.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Đặt mật khẩu mới")
    choose(keyboard, "123456")
    expect(keyboard.page.locator(".govuk-error-message").first).to_contain_text("Còn 4 lần nhập")
    assert letters.sent == []


def test_an_expired_code(keyboard: Keyboard, citizen: Any, letters: Letterbox) -> None:
    ask(keyboard, "lucbinh90")
    long_ago = timezone.now() - timedelta(minutes=20)
    OneTimeCode.objects.update(created_at=long_ago, expires_at=long_ago + timedelta(minutes=10))
    ResetRequest.objects.update(expires_at=long_ago + timedelta(minutes=10), sendings=[])
    choose(keyboard, letters.newest)
    expect(keyboard.page.locator(".govuk-error-message").first).to_contain_text("không còn")
    keyboard.picture("reset-expired")
    assert User.objects.get().check_password(FORGOTTEN)


def test_in_english(keyboard: Keyboard, citizen: Any) -> None:
    keyboard.open("/en/tai-khoan/quen-mat-khau/")
    keyboard.sees("Forgotten password")
    keyboard.fill("User name", "lucbinh90")
    keyboard.fill("Security code", CAPTCHA_DIGITS)
    keyboard.press("Send new password")
    keyboard.sees("Choose a new password")
