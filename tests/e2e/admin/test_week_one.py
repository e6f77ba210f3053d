"""What a clerk does in the first week, from the sign-in screen to the public page, in Vietnamese.

Raise a fee, add a paper with its form, replace a picture, send for approval, be sent back,
correct, be published, see it in public. No address is typed; it is walked with the mouse and
again with the keyboard alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from catalogue.models import AgencyPage
from services.accounts.states import Role
from tests.e2e.admin.content import make_image
from tests.e2e.admin.hands import Keyboard, Mouse
from tests.factories import AgencyFactory, GuideFactory, ProcedureFactory, make_portal
from tests.factories.members import PASSWORD, make_member

PROCEDURE = "Cấp giấy phép minh hoạ"
GUIDE = "Nộp hồ sơ tại Sở"
COMMENT = "Cần ghi rõ mẫu số 02."
Hands = Mouse | Keyboard


@pytest.fixture
def stored_files(settings: Any, tmp_path: Path) -> None:
    """Pictures that the browser can fetch."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def agency(fresh_database: None, stored_files: None) -> AgencyPage:
    make_portal()
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa", demo=True)
    ProcedureFactory(parent=agency, official_name=PROCEDURE, title=PROCEDURE, slug="giay-phep")
    guide = GuideFactory(parent=agency, title=GUIDE, slug="nop-ho-so")
    guide.parts[0].value["screenshot"]["image"] = make_image()
    guide.save_revision().publish()
    return agency


@pytest.fixture
def clerk(agency: AgencyPage) -> Any:
    return make_member(agency, Role.EDITOR, "bien.tap", first_name="Biên")


@pytest.fixture
def reviewer(agency: AgencyPage) -> Any:
    return make_member(agency, Role.REVIEWER, "duyet", first_name="Duyệt")


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def hands(request: pytest.FixtureRequest, page: Page) -> Hands:
    made: Hands = request.param(page)
    return made


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A blank form and a new picture on the clerk's own disk."""
    form, picture = tmp_path / "mau-02.pdf", tmp_path / "man-hinh-moi.png"
    form.write_bytes(b"%PDF-1.4\n%%EOF\n")
    Image.new("RGB", (800, 500), "#7a1f2b").save(picture)
    return {"form": form, "picture": picture}


def sign_in(hands: Hands, address: str, user: Any) -> None:
    page = hands.page
    page.goto(f"{address}/admin/")
    hands.write(page.get_by_label("Tên truy cập"), user.username)
    hands.write(page.get_by_label("Mật khẩu", exact=True), PASSWORD)
    hands.press(page.get_by_role("button", name="Đăng nhập"))
    expect(page.locator(".desk")).to_be_visible()


def sign_out(hands: Hands) -> None:
    page = hands.page
    hands.press(page.locator(".sidebar-footer__account"))
    hands.press(page.get_by_role("button", name="Đăng xuất"))
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()


def find(hands: Hands, words: str, title: str) -> None:
    """Look a page up from the dashboard and open its form."""
    page = hands.page
    if not page.locator(".desk").is_visible():
        hands.press(page.get_by_role("link", name="Trang tổng quan"))
    hands.write(page.get_by_placeholder("Tìm kiếm trong tất cả các trang"), words)
    page.keyboard.press("Enter")
    hands.press(page.get_by_role("link", name=title, exact=True))
    wait_for_form(page)


def open_box(hands: Hands, box: str, title: str) -> None:
    """Open a page from a box of the dashboard."""
    desk = hands.page.get_by_role("region", name=box)
    hands.press(desk.get_by_role("link", name=title))
    wait_for_form(hands.page)


def wait_for_form(page: Page) -> None:
    expect(page.get_by_role("button", name="Lưu nháp")).to_be_visible()
    page.wait_for_load_state("load")


def act(hands: Hands, name: str) -> None:
    """Use one of the actions behind the arrow beside “save draft”."""
    page = hands.page
    hands.press(page.get_by_role("button", name="Thao tác khác"))
    hands.press(page.get_by_role("button", name=name))


def open_dialog(page: Page) -> Locator:
    """The dialog, as soon as it has taken the focus."""
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_focused()
    return dialog


def raise_the_fee(hands: Hands) -> None:
    page = hands.page
    hands.tab(page.get_by_role("tab", name="Thời hạn và phí, lệ phí"))
    hands.write(page.locator("#id_fees-0-amount"), "45000")


def add_a_paper_with_its_form(hands: Hands, form: Path) -> None:
    page = hands.page
    hands.tab(page.get_by_role("tab", name="Giấy tờ"))
    number = page.locator("[id^=inline_child_documents-]").count()
    hands.press(page.get_by_role("button", name="Thêm thành phần hồ sơ"))
    row = page.locator(f"#inline_child_documents-{number}")
    hands.write(row.get_by_label("Tên"), "Tờ khai minh hoạ")
    hands.press(row.get_by_role("button", name="Chọn tài liệu"))
    dialog = open_dialog(page)
    hands.tab(dialog.get_by_role("tab", name="Tải lên"))
    hands.write(dialog.get_by_label("Tiêu đề"), "Mẫu số 02")
    hands.upload(dialog.get_by_label("Tệp"), form)
    hands.press(dialog.get_by_role("button", name="Tải lên"))
    expect(row.get_by_text("Mẫu số 02")).to_be_visible()


def replace_the_picture(hands: Hands, picture: Path) -> None:
    page = hands.page
    chooser = page.locator(".image-chooser").first
    hands.press(chooser.get_by_role("button", name="Thao tác"))
    hands.press(page.get_by_role("button", name="Thay hình ảnh"))
    dialog = open_dialog(page)
    hands.tab(dialog.get_by_role("tab", name="Tải lên"))
    hands.upload(dialog.get_by_label("Tệp"), picture)
    hands.write(dialog.get_by_label("Tiêu đề"), "Màn hình mới")
    hands.press(dialog.get_by_role("button", name="Tải lên"))
    expect(chooser.get_by_text("Màn hình mới")).to_be_visible()


def send_back(hands: Hands, comment: str) -> None:
    act(hands, "Trả lại")
    dialog = open_dialog(hands.page)
    hands.write(dialog.get_by_label("Nhận xét"), comment)
    hands.press(dialog.get_by_role("button", name="Trả lại"))
    expect(hands.page.get_by_text("Đã cập nhật trang")).to_be_visible()


def test_week_one(
    live_server: Any, clerk: Any, reviewer: Any, files: dict[str, Path], page: Page, hands: Hands
) -> None:
    page.set_default_timeout(15_000)
    sign_in(hands, live_server.url, clerk)
    find(hands, "giay phep minh hoa", PROCEDURE)
    raise_the_fee(hands)
    add_a_paper_with_its_form(hands, files["form"])
    act(hands, "Gửi duyệt")
    expect(page.get_by_text("Đã gửi duyệt trang")).to_be_visible()
    find(hands, "nop ho so tai so", GUIDE)
    replace_the_picture(hands, files["picture"])
    act(hands, "Gửi duyệt")
    expect(page.get_by_text("Đã gửi duyệt trang")).to_be_visible()
    sign_out(hands)

    sign_in(hands, live_server.url, reviewer)
    open_box(hands, "Chờ tôi duyệt (2)", PROCEDURE)
    send_back(hands, COMMENT)
    hands.press(page.get_by_role("link", name="Trang tổng quan"))
    open_box(hands, "Chờ tôi duyệt (1)", GUIDE)
    act(hands, "Duyệt và đăng")
    expect(page.get_by_text("Đã cập nhật trang")).to_be_visible()
    sign_out(hands)

    sign_in(hands, live_server.url, clerk)
    expect(page.get_by_role("region", name="Bị trả lại cho tôi (1)")).to_contain_text(COMMENT)
    open_box(hands, "Bị trả lại cho tôi (1)", PROCEDURE)
    hands.tab(page.get_by_role("tab", name="Giấy tờ"))
    last = page.locator("[id^=inline_child_documents-]:visible").last
    hands.write(last.get_by_label("Tên"), "Tờ khai theo mẫu số 02")
    act(hands, "Gửi duyệt lại")
    expect(page.get_by_text("Đã gửi duyệt trang")).to_be_visible()
    sign_out(hands)

    sign_in(hands, live_server.url, reviewer)
    open_box(hands, "Chờ tôi duyệt (1)", PROCEDURE)
    act(hands, "Duyệt và đăng")
    expect(page.get_by_text("Đã cập nhật trang")).to_be_visible()
    with page.expect_popup() as opened:
        hands.press(page.locator("header").get_by_role("link", name="Đang hiển thị"))
    see_it_in_public(type(hands)(opened.value))


def see_it_in_public(hands: Hands) -> None:
    """From the agency's public page to the procedure, and to the guide."""
    page = hands.page
    hands.press(page.locator("main").get_by_role("link", name=PROCEDURE))
    main = page.locator("main")
    expect(main).to_contain_text("45.000 đồng")
    expect(main).to_contain_text("Tờ khai theo mẫu số 02")
    expect(main.get_by_role("link", name="Mẫu số 02").first).to_be_visible()
    page.go_back()
    hands.press(page.locator("main").get_by_role("link", name=GUIDE))
    picture = page.locator("main img").first
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 700
    assert "man-hinh-moi" in picture.get_attribute("src")
