"""Parts I and II of the citizens' guide, with its labels, by keyboard alone at phone width.

Each dead end has its journey: what went wrong is told, and the way on is one step away.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from services.accounts.models import Enterprise, OneTimeCode, User
from tests.conftest import CAPTCHA_DIGITS
from tests.e2e.accounts.keyboard import Keyboard, Letterbox

PASSWORD = "con sông đỏ nước 9"


def fill_in(keyboard: Keyboard, **other: str) -> None:
    """Fill in the form of a citizen."""
    values = {
        "Họ và tên": "Trần Thị Lục Bình",
        "Số định danh cá nhân": "092 190 001 234",
        "Ngày sinh": "05/09/1990",
        "Số điện thoại": "0901 234 567",
        "Tên truy cập": "lucbinh90",
        "Mật khẩu": PASSWORD,
        **other,
    }
    for label, text in values.items():
        keyboard.fill(label, text)
    keyboard.tick(
        "Tôi đồng ý để cổng lưu tài khoản với các thông tin này nhằm thực hiện dịch vụ công"
    )
    keyboard.fill("Mã xác nhận", CAPTCHA_DIGITS)


def register(keyboard: Keyboard) -> None:
    keyboard.open("/tai-khoan/dang-ky/")
    fill_in(keyboard)
    keyboard.press("Đăng ký tài khoản")


def test_a_citizen_registers_by_the_guide(keyboard: Keyboard, letters: Letterbox) -> None:
    keyboard.open("/")
    keyboard.reach(keyboard.page.locator("details.mc-menu summary"))
    keyboard.page.keyboard.press("Enter")
    keyboard.press("Đăng ký")
    keyboard.sees("Đăng ký tài khoản")
    keyboard.picture("register")
    keyboard.tick("Công dân")
    fill_in(keyboard)
    keyboard.press("Đăng ký tài khoản")

    keyboard.sees("Nhập mã kích hoạt")
    keyboard.picture("activate")
    keyboard.fill("Mã kích hoạt (OTP)", letters.newest)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")

    keyboard.open("/tai-khoan/dang-xuat/")
    keyboard.sees("Đăng xuất")
    keyboard.page.locator("main").get_by_role("button", name="Đăng xuất").press("Enter")
    keyboard.page.wait_for_load_state("load")
    keyboard.open("/tai-khoan/dang-nhap/")
    keyboard.sees("Đăng nhập")
    keyboard.fill("Tên truy cập", "lucbinh90")
    keyboard.fill("Mật khẩu", PASSWORD)
    keyboard.page.keyboard.press("Enter")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")


def test_an_enterprise_registers(keyboard: Keyboard, letters: Letterbox) -> None:
    keyboard.open("/tai-khoan/dang-ky/")
    expect(keyboard.page.get_by_label("Mã số thuế", exact=True)).to_be_hidden()
    keyboard.tick("Doanh nghiệp, Tổ chức")
    expect(keyboard.page.get_by_label("Số định danh cá nhân", exact=True)).to_be_hidden()
    keyboard.fill("Mã số thuế", "0100233488")
    keyboard.fill("Tên doanh nghiệp, tổ chức", "Công ty TNHH Minh hoạ")
    keyboard.fill("Họ và tên", "Trần Thị Lục Bình")
    keyboard.fill("Thư điện tử", "lucbinh@motcua.example")
    keyboard.fill("Tên truy cập", "congty.minhhoa")
    keyboard.fill("Mật khẩu", PASSWORD)
    keyboard.tick(
        "Tôi đồng ý để cổng lưu tài khoản với các thông tin này nhằm thực hiện dịch vụ công"
    )
    keyboard.fill("Mã xác nhận", CAPTCHA_DIGITS)
    keyboard.picture("register-enterprise")
    keyboard.press("Đăng ký tài khoản")
    keyboard.fill("Mã kích hoạt (OTP)", letters.newest)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")
    assert Enterprise.objects.get().members.get().user.username == "congty.minhhoa"


def test_errors_lead_to_their_fields_and_keep_what_was_typed(keyboard: Keyboard) -> None:
    keyboard.open("/tai-khoan/dang-ky/")
    fill_in(keyboard, **{"Số định danh cá nhân": "09219000123", "Mật khẩu": "ngắn"})
    keyboard.press("Đăng ký tài khoản")
    keyboard.sees("Đăng ký tài khoản")
    keyboard.picture("register-errors")
    page = keyboard.page
    summary = page.locator(".govuk-error-summary")
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("Họ và tên", exact=True)).to_have_value("Trần Thị Lục Bình")
    expect(page.get_by_text("Đã xác nhận", exact=True)).to_be_visible()  # no second captcha
    keyboard.reach(summary.get_by_role("link", name="bạn mới nhập 11"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Số định danh cá nhân", exact=True)).to_be_focused()
    keyboard.fill("Số định danh cá nhân", "092190001234")
    keyboard.fill("Mật khẩu", PASSWORD)
    keyboard.press("Đăng ký tài khoản")
    keyboard.sees("Nhập mã kích hoạt")


def test_a_wrong_captcha_changes_the_picture(keyboard: Keyboard) -> None:
    keyboard.open("/tai-khoan/dang-ky/")
    fill_in(keyboard)
    keyboard.fill("Mã xác nhận", "000000")
    keyboard.press("Đăng ký tài khoản")
    expect(keyboard.page.get_by_text("Mã xác nhận chưa đúng").first).to_be_visible()
    assert not User.objects.exists()


def test_a_wrong_code(keyboard: Keyboard, letters: Letterbox) -> None:
    register(keyboard)
    wrong = "000000" if letters.newest != "000000" else "111111"
    keyboard.fill("Mã kích hoạt (OTP)", wrong)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page.locator(".govuk-error-message")).to_contain_text("Còn 4 lần nhập")
    keyboard.sees("Nhập mã kích hoạt")
    keyboard.picture("activate-wrong-code")


def test_too_many_wrong_codes(keyboard: Keyboard, letters: Letterbox) -> None:
    register(keyboard)
    OneTimeCode.objects.update(attempts=4, created_at=timezone.now() - timedelta(minutes=2))
    keyboard.fill("Mã kích hoạt (OTP)", "000000" if letters.newest != "000000" else "111111")
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page.locator(".govuk-error-message")).to_contain_text("quá nhiều lần")
    keyboard.picture("activate-spent")
    keyboard.press("Gửi lại mã")
    keyboard.fill("Mã kích hoạt (OTP)", letters.newest)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")


def test_an_expired_code(keyboard: Keyboard, letters: Letterbox) -> None:
    register(keyboard)
    long_ago = timezone.now() - timedelta(minutes=20)
    OneTimeCode.objects.update(created_at=long_ago, expires_at=long_ago + timedelta(minutes=10))
    keyboard.fill("Mã kích hoạt (OTP)", letters.newest)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page.locator(".govuk-error-message")).to_contain_text("không còn hiệu lực")
    keyboard.picture("activate-expired")
    keyboard.press("Gửi lại mã")
    keyboard.fill("Mã kích hoạt (OTP)", letters.newest)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")


def test_a_wrong_number(keyboard: Keyboard, letters: Letterbox) -> None:
    register(keyboard)
    OneTimeCode.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    keyboard.press("Sửa số điện thoại hoặc thư điện tử")
    keyboard.sees("Sửa số điện thoại hoặc thư điện tử")
    keyboard.picture("activate-contacts")
    keyboard.fill("Số điện thoại", "0907 654 321")
    keyboard.press("Lưu và gửi mã")
    assert letters.sent[-1][0] == "+84907654321"
    keyboard.fill("Mã kích hoạt (OTP)", letters.newest)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")


@pytest.mark.parametrize("way", ["closed tab", "second device"])
def test_left_and_come_back(keyboard: Keyboard, letters: Letterbox, way: str) -> None:
    register(keyboard)
    keyboard.sees("Nhập mã kích hoạt")
    if way == "second device":
        keyboard.page.context.clear_cookies()
    keyboard.open("/tai-khoan/dang-nhap/")
    if way == "second device":
        keyboard.fill("Tên truy cập", "lucbinh90")
        keyboard.fill("Mật khẩu", PASSWORD)
        keyboard.page.keyboard.press("Enter")
    keyboard.sees("Nhập mã kích hoạt")
    keyboard.fill("Mã kích hoạt (OTP)", letters.newest)
    keyboard.press("Kích hoạt tài khoản")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/trang-ca-nhan/")


def test_in_english(keyboard: Keyboard, letters: Letterbox) -> None:
    keyboard.open("/en/tai-khoan/dang-ky/")
    keyboard.sees("Register an account")
    keyboard.fill("Full name", "Nguyễn Văn A")
    keyboard.fill("Identity number", "092090001234")
    keyboard.fill("Date of birth", "1/2/1990")
    keyboard.fill("E-mail address", "nguyenvana@motcua.example")
    keyboard.fill("User name", "nguyenvana")
    keyboard.fill("Password", PASSWORD)
    keyboard.tick("I agree that the portal keeps an account with these data for public services")
    keyboard.fill("Security code", CAPTCHA_DIGITS)
    keyboard.press("Register account")
    keyboard.sees("Enter the activation code")
    keyboard.picture("activate-english")
    keyboard.fill("Activation code (OTP)", letters.newest)
    keyboard.press("Activate account")
    expect(keyboard.page).to_have_url(f"{keyboard.url}/en/trang-ca-nhan/")


def test_without_javascript(live_server, browser, captcha_answers: str, letters: Letterbox) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page: Page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/dang-ky/")
    values = {
        "full_name": "Trần Thị Lục Bình",
        "identity_number": "092190001234",
        "date_of_birth": "05/09/1990",
        "phone": "0901234567",
        "username": "lucbinh90",
        "password": PASSWORD,
    }
    for name, text in values.items():
        page.fill(f"[name={name}]", text)
    page.get_by_role("button", name="Đổi mã khác").click()
    assert page.input_value("[name=full_name]") == "Trần Thị Lục Bình"
    page.fill("[name=password]", PASSWORD)
    page.check("[name=terms]")
    page.fill("[name=captcha]", CAPTCHA_DIGITS)
    page.get_by_role("button", name="Đăng ký tài khoản").click()
    page.fill("[name=code]", letters.newest)
    page.get_by_role("button", name="Kích hoạt tài khoản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trang cá nhân")
    context.close()
