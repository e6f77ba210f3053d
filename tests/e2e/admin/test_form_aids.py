"""The page form: choosers of many, named rich text, paste from Word, preview at phone width."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from catalogue.models import AgencyPage, ProcedurePage
from tests.e2e.admin.content import make_users
from tests.e2e.admin.signing import sign_in
from tests.factories import AgencyFactory, GuideFactory, LegalDocumentFactory, ProcedureFactory

WORD = Path(__file__).with_name("word.html")
PASTE = """
(editor, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "x");
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  editor.dispatchEvent(event);
}
"""


def open_form(page: Page, address: str, role: str = "editor") -> ProcedurePage:
    agency = AgencyFactory(title="Sở Minh hoạ")
    procedure = ProcedureFactory(parent=agency, title="Cấp giấy phép mẫu")
    sign_in(page, make_users(agency)[role], address)
    page.goto(f"{address}/admin/pages/{procedure.pk}/edit/")
    return procedure


def draft_of(procedure: ProcedurePage) -> ProcedurePage:
    return ProcedurePage.objects.get(pk=procedure.pk).get_latest_revision_as_object()


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_text("đã được lưu").or_(page.locator(".messages .success"))).to_be_visible()


def chooser(page: Page, name: str) -> Locator:
    return page.locator(f"[data-chosen][data-name={name}]")


def test_many_are_chosen_and_taken_out(
    live_server, page: Page, axe: Callable[[], list[str]]
) -> None:
    others = [
        ProcedureFactory(parent=AgencyFactory(), title=f"Thủ tục liên quan {letter}")
        for letter in "ABC"
    ]
    procedure = open_form(page, live_server.url)
    field = chooser(page, "related_procedures")
    field.get_by_role("button", name="Chọn").press("Enter")
    page.locator("#id_q").fill("lien quan")
    boxes = page.locator(".modal [data-multiple-choice-select]")
    expect(boxes).to_have_count(3)
    for number in range(3):
        boxes.nth(number).press("Space")
    page.locator(".modal [data-multiple-choice-submit]").press("Enter")
    expect(field.locator("li")).to_have_count(3)
    expect(field.get_by_role("button", name="Chọn")).to_be_focused()
    field.get_by_role("button", name="Bỏ “Thủ tục liên quan B”").press("Enter")
    expect(field.locator("li")).to_have_count(2)
    assert not [problem for problem in axe() if "picks" in problem or "related_proc" in problem]
    save(page)
    chosen = {item.pk for item in draft_of(procedure).related_procedures.all()}
    assert chosen == {others[0].pk, others[2].pk}


def test_laws_are_chosen(live_server, page: Page) -> None:
    laws = [LegalDocumentFactory(number=f"{n}/2024/NĐ-CP") for n in (1, 2)]
    LegalDocumentFactory(number="31/2024/QH15")
    procedure = open_form(page, live_server.url)
    page.get_by_role("tab", name="Căn cứ pháp lý").click()
    field = chooser(page, "legal_bases")
    field.get_by_role("button", name="Chọn").click()
    boxes = page.locator(".modal input[type=checkbox]")
    expect(boxes).to_have_count(3)
    page.locator(".modal input[name=q]").fill("nd-cp")
    expect(boxes).to_have_count(2)
    for number in range(2):
        boxes.nth(number).check()
    page.locator(".modal [data-multiple-choice-submit]").click()
    expect(field.locator("li")).to_have_count(2)
    save(page)
    assert {law.pk for law in draft_of(procedure).legal_bases.all()} == {law.pk for law in laws}


def test_rich_text_has_a_name(live_server, page: Page, axe: Callable[[], list[str]]) -> None:
    procedure = open_form(page, live_server.url, "administrator")
    page.get_by_role("tab", name="Căn cứ pháp lý").click()
    expect(page.get_by_role("textbox", name="Yêu cầu, điều kiện thực hiện")).to_be_visible()
    assert not [problem for problem in axe() if problem.startswith("aria-input-field-name")]
    agency = AgencyPage.objects.get(pk=procedure.get_parent().pk)
    for address in (GuideFactory().pk, agency.pk):
        page.goto(f"{live_server.url}/admin/pages/{address}/edit/")
        expect(page.locator("[contenteditable][role=textbox]").first).to_be_attached()
        expect(
            page.locator("[contenteditable][role=textbox]:not([aria-labelledby])")
        ).to_have_count(0)
        assert not [problem for problem in axe() if problem.startswith("aria-input-field-name")]


def test_a_paste_from_word_comes_out_clean(live_server, page: Page) -> None:
    procedure = open_form(page, live_server.url)
    page.get_by_role("tab", name="Căn cứ pháp lý").click()
    editor = page.get_by_role("textbox", name="Yêu cầu, điều kiện thực hiện")
    editor.click()
    editor.evaluate(PASTE, WORD.read_text(encoding="utf-8"))
    expect(editor).to_contain_text("Nhận kết quả")
    expect(page.locator("input[name=conditions]")).to_have_value(re.compile("Nhận kết quả"))
    save(page)
    text = draft_of(procedure).conditions
    for unwanted in ("style", "class", "Mso", "span", "<o:", "\xa0", "·", "mso-", "font"):
        assert unwanted not in text, text
    assert "<b>Điều kiện chung</b>" in text
    assert '<a href="https://vanban.chinhphu.vn/">Nghị định 96</a>' in text
    assert text.count("<p ") == 2, text
    assert text.count("<li ") == 4, text
    assert text.index("<ul>") < text.index("Có biển hiệu") < text.index("</ul>")
    assert text.index("<ol>") < text.index("Nộp hồ sơ") < text.index("</ol>")
    assert "Có <i>người phụ trách</i>" in text
    assert "Cơ sở phải có địa điểm cố định theo " in text


def test_preview_at_phone_width(live_server, page: Page) -> None:
    """Neither our policy nor the frame header stops the panel from showing the page."""
    procedure = open_form(page, live_server.url)
    page.get_by_role("button", name="Bật/tắt xem trước").or_(
        page.locator("[data-side-panel-toggle=preview]")
    ).first.click()
    panel = page.locator("[data-side-panel=preview]")
    expect(panel).to_be_visible()
    panel.locator("input[name=preview-size]").first.check(force=True)
    frame = panel.frame_locator("iframe").first
    expect(frame.locator("h1")).to_contain_text(procedure.official_name)
    width = panel.locator("iframe").first.evaluate("frame => frame.contentWindow.innerWidth")
    assert width <= 400
    sideways = frame.locator("html").evaluate("root => root.scrollWidth - root.clientWidth")
    assert sideways <= 0
