"""The screens of bulk changes: filters, choosing over pages, strangers, the report."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import BulkChange, ProcedurePage
from services.accounts.states import Role
from tests.factories import AgencyFactory, LegalDocumentFactory, SectorFactory
from tests.factories.members import make_member
from tests.factories.procedures import ProcedureFactory, create_many

pytestmark = pytest.mark.django_db
CHOOSE = "/admin/bulk-changes/choose/"


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory(title="Sở Minh hoạ")


@pytest.fixture
def clerk(agency: Any) -> Client:
    client = Client()
    client.force_login(make_member(agency, Role.EDITOR))
    return client


def found(client: Client, **query: Any) -> list[int]:
    answer = client.get(CHOOSE, query)
    assert answer.status_code == 200
    return [page.pk for page, _owner, _kept in answer.context["rows"]]


def test_filters(agency: Any, clerk: Client) -> None:
    law, sector = LegalDocumentFactory(number="25/2025/TT-BTC"), SectorFactory()
    unit = AgencyFactory(parent=agency, title="Chi cục Minh hoạ")
    one = ProcedureFactory(parent=agency, official_name="Đăng ký đất đai", legal_bases=[law])
    two = ProcedureFactory(parent=unit, official_name="Cấp phép xây dựng", sectors=[sector])
    draft = ProcedureFactory(parent=unit, official_name="Đổi giấy phép", quiet=True)
    ProcedurePage.objects.filter(pk=draft.pk).update(live=False)
    ProcedureFactory(parent=AgencyFactory(title="Sở Khác"), official_name="Đăng ký đất đai")
    assert set(found(clerk)) == {one.pk, two.pk, draft.pk}
    assert found(clerk, q="dang ky DAT") == [one.pk]
    assert found(clerk, q="doi giay") == [draft.pk]
    assert found(clerk, q=two.key) == [two.pk]
    assert found(clerk, law="25/2025") == [one.pk]
    assert found(clerk, sector=sector.pk) == [two.pk]
    assert set(found(clerk, agency=unit.pk)) == {two.pk, draft.pk}


def test_choosing_over_pages_and_a_foreign_page(agency: Any, clerk: Client) -> None:
    pages = create_many(60, parent=agency)
    foreign = ProcedureFactory(parent=AgencyFactory(title="Sở Khác"))
    first = clerk.post(CHOOSE, {"p": "2", "page": [pages[0].pk, pages[1].pk]})
    assert first.context["kept"] == [pages[0].pk, pages[1].pk]
    kept = f"{pages[0].pk},{pages[1].pk},{foreign.pk},x"
    clerk.post(CHOOSE, {"continue": "1", "kept": kept, "page": [pages[55].pk]})
    change = BulkChange.objects.get()
    assert list(change.rows.values_list("page_id", flat=True)) == [
        pages[0].pk, pages[1].pk, pages[55].pk,
    ]  # fmt: skip


def test_nothing_chosen_says_so(agency: Any, clerk: Client) -> None:
    ProcedureFactory(parent=agency)
    answer = clerk.post(CHOOSE, {"continue": "1"})
    assert answer.status_code == 200
    assert "Hãy chọn ít nhất một thủ tục." in answer.content.decode()
    assert not BulkChange.objects.exists()


def make_preview(clerk: Client) -> BulkChange:
    clerk.post(CHOOSE, {"continue": "1", "all": "1"})
    change = BulkChange.objects.get()
    address = reverse("bulk_changes:describe", args=[change.pk])
    clerk.post(f"{address}?kind=fee_replace", {"old": "30000", "new": "45.000"})
    return change


def test_preview_tells_the_unchanged_apart(agency: Any, clerk: Client) -> None:
    ProcedureFactory(parent=agency, official_name="Có lệ phí cũ")
    ProcedureFactory(parent=agency, official_name="Miễn phí sẵn", free=True)
    change = make_preview(clerk)
    address = reverse("bulk_changes:show", args=[change.pk])
    html = clerk.get(address).content.decode()
    assert "30.000 đồng" in html
    assert "45.000 đồng" in html
    assert "Có lệ phí cũ" in html
    assert "Miễn phí sẵn" not in html
    html = clerk.get(address, {"group": "unchanged"}).content.decode()
    assert "Miễn phí sẵn" in html
    assert "Không có giá trị cũ." in html


def test_the_report_is_a_file(agency: Any, clerk: Client) -> None:
    ProcedureFactory(parent=agency, official_name="=1+1 Thủ tục", title="=1+1")
    change = make_preview(clerk)
    clerk.post(reverse("bulk_changes:apply", args=[change.pk]), {"mode": "draft"})
    answer = clerk.get(reverse("bulk_changes:report", args=[change.pk]))
    text = answer.getvalue().decode("utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    assert lines[1][1] == "'=1+1"
    assert lines[1][-2:] == ["30.000 đồng", "45.000 đồng"]
    assert lines[1][2] == "đã lưu bản nháp"
    progress = clerk.get(reverse("bulk_changes:progress", args=[change.pk])).json()
    assert progress == {"done": 1, "total": 1, "is_running": False}


def test_wrong_values_are_refused_in_words(agency: Any, clerk: Client) -> None:
    ProcedureFactory(parent=agency)
    clerk.post(CHOOSE, {"continue": "1", "all": "1"})
    change = BulkChange.objects.get()
    address = reverse("bulk_changes:describe", args=[change.pk])
    html = clerk.post(f"{address}?kind=fee_replace", {"old": "x", "new": "1"}).content.decode()
    assert "Hãy nhập số tiền" in html
    html = clerk.post(f"{address}?kind=fee_replace", {"old": "1", "new": "1"}).content.decode()
    assert "Giá trị cũ và mới giống nhau." in html
    change.refresh_from_db()
    assert change.state == "chosen"


def test_a_colleague_of_another_agency_sees_nothing(agency: Any, clerk: Client) -> None:
    ProcedureFactory(parent=agency)
    change = make_preview(clerk)
    stranger = Client()
    stranger.force_login(make_member(AgencyFactory(title="Sở Khác"), Role.HEAD))
    for name in ("show", "describe", "progress", "report"):
        assert stranger.get(reverse(f"bulk_changes:{name}", args=[change.pk])).status_code == 404
    for name in ("apply", "retry", "describe"):
        answer = stranger.post(reverse(f"bulk_changes:{name}", args=[change.pk]), {"mode": "draft"})
        assert answer.status_code == 404
    change.refresh_from_db()
    assert change.state == "previewed"
    assert list(stranger.get("/admin/bulk-changes/").context["changes"]) == []


def test_every_screen_answers(agency: Any, clerk: Client) -> None:
    ProcedureFactory(parent=agency)
    change = make_preview(clerk)
    for kind in ("fee_set", "time_replace", "law_replace", "sector_add", "outage"):
        address = reverse("bulk_changes:describe", args=[change.pk])
        assert clerk.get(f"{address}?kind={kind}").status_code == 200
    assert clerk.get("/admin/bulk-changes/").status_code == 200
    assert "/admin/bulk-changes/" in clerk.get("/admin/").content.decode()
