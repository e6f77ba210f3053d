"""A procedure's rows in the editor: cases, and the choices among them that follow at once."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from catalogue.models import ProcedurePage
from tests.e2e.admin.content import make_users
from tests.e2e.admin.signing import sign_in
from tests.factories import AgencyFactory, ProcedureFactory


def open_form(page: Page, address: str, role: str = "administrator") -> ProcedurePage:
    agency = AgencyFactory(title="Sở Minh hoạ")
    procedure = ProcedureFactory(parent=agency)
    sign_in(page, make_users(agency)[role], address)
    page.goto(f"{address}/admin/pages/{procedure.pk}/edit/")
    return procedure


def test_choices_of_cases_follow_the_cases(live_server, page: Page) -> None:
    procedure = open_form(page, live_server.url)
    page.get_by_role("tab", name="Thời hạn và phí, lệ phí").click()
    expect(page.locator("#id_fees-0-case_code")).to_be_hidden()
    for number, name in enumerate(("Cấp lần đầu", "Cấp lại")):
        page.locator("#id_cases-ADD").click()
        page.locator(f"#id_cases-{number}-name").fill(name)
    page.locator("#id_fees-0-case_code").select_option(label="Cấp lại")
    page.locator("#id_fees-ADD").click()
    page.locator("#id_fees-1-case_code").select_option(label="Cấp lần đầu")
    page.locator("#id_fees-1-kind").select_option("free")
    page.get_by_role("tab", name="Giấy tờ").click()
    page.locator("#inline_child_documents-0").get_by_label("Cấp lại").check()
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url("**/edit/**")
    draft = ProcedurePage.objects.get(pk=procedure.pk).get_latest_revision_as_object()
    codes = {case.name: case.code for case in draft.cases.all()}
    assert len(set(codes.values())) == 2
    chosen = [fee.case_code for fee in draft.fees.all()]
    assert chosen == [codes["Cấp lại"], codes["Cấp lần đầu"]]
    assert draft.documents.first().case_codes == [codes["Cấp lại"]]


def test_a_deleted_case_is_no_choice(live_server, page: Page) -> None:
    open_form(page, live_server.url)
    page.get_by_role("tab", name="Thời hạn và phí, lệ phí").click()
    for number, name in enumerate(("Cấp lần đầu", "Cấp lại")):
        page.locator("#id_cases-ADD").click()
        page.locator(f"#id_cases-{number}-name").fill(name)
    choices = page.locator("#id_fees-0-case_code option")
    expect(choices).to_have_text(["Mọi trường hợp", "Cấp lần đầu", "Cấp lại"])
    page.locator("#id_cases-0-DELETE-button").click()
    expect(choices).to_have_text(["Mọi trường hợp", "Cấp lại"])


def test_rows_are_accessible(live_server, page: Page, axe: Callable[[], list[str]]) -> None:
    open_form(page, live_server.url)
    for tab in ("Thời hạn và phí, lệ phí", "Giấy tờ", "Trình tự và kết quả"):
        page.get_by_role("tab", name=tab).click()
        assert not [problem for problem in axe() if ".rows" in problem or "fees-" in problem]
