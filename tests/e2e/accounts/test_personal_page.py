"""Part III of the citizens' guide and the rest of the personal page, by keyboard at phone width."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from services.accounts.actions import Registration, register_account
from services.accounts.actions.contacts import confirm_contact
from services.accounts.models import RecordView, User
from services.accounts.states import Channel, ConsentPurpose
from tests.e2e.accounts.keyboard import Keyboard, Letterbox

PASSWORD = "con sông đỏ nước 9"
NEW = "một câu khác hẳn 77"


@pytest.fixture
def citizen(city: None) -> Any:
    data = Registration(
        username="lucbinh90",
        password=PASSWORD,
        full_name="Trần Thị Lục Bình",
        language="vi",
        phone="+84901234567",
        email="lucbinh@motcua.example",
        identity_number="092190001234",
        consents=(ConsentPurpose.TERMS, ConsentPurpose.REUSE),
    )
    user = register_account(data, now=timezone.now())
    user.needs_activation = False
    user.save()
    confirm_contact(user, Channel.PHONE, "+84901234567", now=timezone.now())
    RecordView.objects.create(
        subject=user,
        viewer_name="Cán bộ Minh hoạ",
        agency_name="Sở Y tế",
        what="identity",
        reason="đối chiếu hồ sơ",
    )
    return user


def enter(keyboard: Keyboard, prefix: str = "", password: str = PASSWORD) -> None:
    keyboard.open(f"{prefix}/tai-khoan/dang-nhap/")
    labels = ("User name", "Password") if prefix else ("Tên truy cập", "Mật khẩu")
    keyboard.fill(labels[0], "lucbinh90")
    keyboard.fill(labels[1], password)
    keyboard.page.keyboard.press("Enter")
    expect(keyboard.page).to_have_url(f"{keyboard.url}{prefix}/trang-ca-nhan/")


def choose(keyboard: Keyboard, entry: str) -> None:
    """Press the name at the top right (in the menu, on a phone), then the entry."""
    keyboard.reach(keyboard.page.locator("details.mc-menu summary"))
    keyboard.page.keyboard.press("Enter")
    link = keyboard.page.locator("details.mc-menu").get_by_role("link", name=entry, exact=True)
    keyboard.reach(link)
    keyboard.page.keyboard.press("Enter")
    keyboard.page.wait_for_load_state("load")


def test_the_password_changes_by_the_guide(keyboard: Keyboard, citizen: Any) -> None:
    enter(keyboard)
    keyboard.sees("Trang cá nhân")
    keyboard.picture("personal")
    choose(keyboard, "Thông tin cá nhân")
    keyboard.sees("Thông tin cá nhân")
    keyboard.picture("personal-details")
    keyboard.fill("Mật khẩu hiện tại", PASSWORD)
    keyboard.fill("Mật khẩu mới", NEW)
    keyboard.fill("Nhập lại mật khẩu mới", "câu khác")
    keyboard.press("Lưu")
    expect(keyboard.page.locator(".govuk-error-summary")).to_contain_text("không giống nhau")
    keyboard.sees("Thông tin cá nhân")
    keyboard.picture("personal-details-error")
    keyboard.fill("Mật khẩu hiện tại", PASSWORD)
    keyboard.fill("Mật khẩu mới", NEW)
    keyboard.fill("Nhập lại mật khẩu mới", NEW)
    keyboard.press("Lưu")
    expect(keyboard.page.get_by_role("status").first).to_contain_text("Đã đổi mật khẩu")
    keyboard.page.context.clear_cookies()
    enter(keyboard, password=NEW)
    keyboard.sees("Trang cá nhân")


def test_the_other_channel_is_verified(
    keyboard: Keyboard, citizen: Any, letters: Letterbox
) -> None:
    enter(keyboard)
    keyboard.press("Xác minh")
    keyboard.sees("Xác minh thư điện tử")
    keyboard.press("Gửi mã")
    keyboard.sees("Nhập mã")
    keyboard.picture("personal-code")
    keyboard.fill("Mã gồm 6 chữ số (OTP)", letters.newest)
    keyboard.press("Xác minh")
    keyboard.sees("Thông tin cá nhân")
    assert User.objects.get().email_verified


def test_the_phone_number_changes(keyboard: Keyboard, citizen: Any, letters: Letterbox) -> None:
    enter(keyboard)
    keyboard.open("/trang-ca-nhan/thong-tin/dien-thoai/")
    keyboard.sees("Xác nhận mật khẩu")
    keyboard.fill("Mật khẩu hiện tại", PASSWORD)
    keyboard.page.keyboard.press("Enter")
    keyboard.page.wait_for_url("**/dien-thoai/")
    keyboard.sees("Đổi số điện thoại")
    keyboard.picture("personal-phone")
    keyboard.fill("Số điện thoại mới", "0907 654 321")
    keyboard.press("Gửi mã")
    keyboard.fill("Mã gồm 6 chữ số (OTP)", letters.newest)
    keyboard.press("Xác minh")
    keyboard.sees("Thông tin cá nhân")
    assert User.objects.get().phone == "+84907654321"


def test_details_change(keyboard: Keyboard, citizen: Any) -> None:
    enter(keyboard)
    keyboard.open("/trang-ca-nhan/thong-tin/")
    keyboard.press("Sửa thông tin")
    keyboard.sees("Sửa thông tin")
    keyboard.fill("Họ và tên", "")
    keyboard.fill("Ngày sinh (không bắt buộc)", "31/02/1990")
    keyboard.press("Lưu")
    expect(keyboard.page.locator(".govuk-error-summary")).to_be_focused()
    keyboard.sees("Sửa thông tin")
    keyboard.press("Hãy điền “Họ và tên”.", leaves=False)
    expect(keyboard.page.get_by_label("Họ và tên")).to_be_focused()
    keyboard.fill("Họ và tên", "Trần Thị Hoa Súng")
    keyboard.fill("Ngày sinh (không bắt buộc)", "5/9/1990")
    keyboard.press("Lưu")
    keyboard.sees("Thông tin cá nhân")
    assert User.objects.get().full_name == "Trần Thị Hoa Súng"


def test_what_was_typed_outlasts_the_session(keyboard: Keyboard, citizen: Any) -> None:
    enter(keyboard)
    keyboard.open("/trang-ca-nhan/thong-tin/sua/")
    keyboard.fill("Họ và tên", "Trần Thị Hoa Súng")
    keyboard.fill("Số nhà, đường (không bắt buộc)", "12 Hoà Bình")
    Session.objects.all().delete()
    keyboard.press("Lưu")
    keyboard.sees("Đăng nhập")
    expect(keyboard.page.locator("main .mc-notice").first).to_contain_text("được giữ lại")
    keyboard.picture("personal-kept-sign-in")
    keyboard.fill("Tên truy cập", "lucbinh90")
    keyboard.fill("Mật khẩu", PASSWORD)
    keyboard.page.keyboard.press("Enter")
    keyboard.page.wait_for_url("**/thong-tin/sua/")
    keyboard.sees("Sửa thông tin")
    said = keyboard.page.locator("form [role=status]")
    expect(said).to_contain_text("vẫn còn đây. Hãy kiểm tra rồi gửi lại.")
    expect(keyboard.page.get_by_label("Họ và tên")).to_have_value("Trần Thị Hoa Súng")
    keyboard.picture("personal-kept")
    assert User.objects.get().full_name == "Trần Thị Lục Bình"
    keyboard.press("Lưu")
    keyboard.sees("Thông tin cá nhân")
    assert User.objects.get().full_name == "Trần Thị Hoa Súng"
    assert User.objects.get().person.street == "12 Hoà Bình"


PARTS = {
    "lich-su/": ("Lịch sử tài khoản", "History of the account"),
    "da-xem/": ("Ai đã xem hồ sơ của tôi", "Who looked at my record"),
    "phien-dang-nhap/": ("Phiên đăng nhập", "Where you are signed in"),
    "nhan-tin/": ("Nhận tin", "Receiving news"),
    "dong-y/": ("Đồng ý", "Consents"),
    "du-lieu/": ("Dữ liệu của tôi", "My data"),
    "du-lieu/xoa-tai-khoan/": ("Xóa tài khoản", "Delete the account"),
    "thong-tin/sua/": ("Sửa thông tin", "Change details"),
}


def test_all_parts(keyboard: Keyboard, citizen: Any) -> None:
    enter(keyboard)
    for path, (vietnamese, english) in PARTS.items():
        keyboard.open(f"/trang-ca-nhan/{path}")
        keyboard.sees(vietnamese)
        keyboard.picture("personal-" + path.strip("/").replace("/", "-"))
        keyboard.open(f"/en/trang-ca-nhan/{path}")
        keyboard.sees(english)


def test_the_account_is_deleted(keyboard: Keyboard, citizen: Any) -> None:
    enter(keyboard)
    choose(keyboard, "Dữ liệu của tôi")
    keyboard.press("Xóa gì và giữ lại gì")
    keyboard.fill("Mật khẩu hiện tại", PASSWORD)
    keyboard.fill("Gõ lại từ hiện ở trên", "xóa")
    keyboard.press("Xóa tài khoản")
    keyboard.sees("Tài khoản đã được xóa")
    keyboard.picture("personal-deleted")
    assert User.objects.get(pk=citizen.pk).deleted_at is not None
