"""Whose rows, files, drafts and imports are whose: nothing of another agency is told or changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue.models import AgencyPage, ImportRun, LegalDocument, ProcedurePage, Sector
from cms.core.models import PortalDocument
from services.accounts.models import AgencyAccess, User
from services.accounts.states import Role
from tests.factories import AgencyFactory, LegalDocumentFactory, SectorFactory
from tests.factories.members import make_member
from tests.factories.procedures import ProcedureFactory
from tests.integration.catalogue.transfers.clerk import START, Clerk, new_row

pytestmark = pytest.mark.django_db
SECRET = "bimatnoibo"


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")


@pytest.fixture
def other(portal: Any) -> Any:
    return AgencyFactory(title="Sở Khác", slug="so-khac")


def hide(page: ProcedurePage) -> ProcedurePage:
    """Make a page a draft that was never public."""
    ProcedurePage.objects.filter(pk=page.pk).update(live=False)
    page.refresh_from_db()
    return page


@pytest.fixture
def foreign(other: Any) -> ProcedurePage:
    """A live procedure of the other agency."""
    return ProcedureFactory(parent=other, key="7.000001")


@pytest.fixture
def secret(other: Any) -> ProcedurePage:
    """A draft of the other agency."""
    name = f"Nháp {SECRET}"
    return hide(ProcedureFactory(parent=other, key="7.000002", official_name=name, quiet=True))


def reasons(run: ImportRun) -> dict[str, str]:
    return {problem["key"]: problem["reason"] for problem in run.problems}


def test_rows_of_others_are_faults_and_nothing_is_written(
    agency: Any, foreign: ProcedurePage, secret: ProcedurePage
) -> None:
    clerk = Clerk(agency)
    rows = [
        new_row("9.000001"),
        new_row("7.000001", official_name="Bị đổi"),
        new_row("7.000002", official_name="Bị đổi"),
        new_row("9.000002", agency="so-khac"),
    ]
    run = clerk.preview(rows)
    found = reasons(run)
    assert set(found) == {"7.000001", "7.000002", "9.000002"}
    assert found["7.000001"] == found["7.000002"], "a draft is told from a live page"
    assert "Sở Minh hoạ" in found["9.000002"]
    html = clerk.show(run) + clerk.show(run, group="new") + clerk.report(run)
    assert SECRET not in html
    assert foreign.title not in html
    clerk.apply(run)
    assert run.state == "previewed", "with a fault nothing is imported"
    assert not ProcedurePage.objects.filter(key__startswith="9.").exists()


def test_no_uuid_link_or_file_leads_to_what_is_not_theirs(
    agency: Any, other: Any, secret: ProcedurePage
) -> None:
    clerk = Clerk(agency)
    make_member(other, Role.EDITOR)
    collection = AgencyAccess.objects.get(agency=other).collection
    file = ContentFile(b"%PDF", f"{SECRET}.pdf")
    PortalDocument.objects.create(title="Mẫu kín", file=file, collection=collection)
    paper = secret.documents.first()
    rows = [
        new_row("9.000001", related_procedures=[secret.key]),
        new_row("9.000002", successor=secret.key),
        new_row("9.000003", uuid=str(secret.translation_key)),
        new_row("9.000004", documents=[{"name": "Đơn", "form": "Mẫu kín"}]),
        new_row("9.000005", documents=[{"name": "Đơn", "uuid": str(paper.translation_key)}]),
    ]
    run = clerk.preview(rows)
    found = reasons(run)
    assert set(found) == {row["key"] for row in rows}
    assert "7.000002" not in found["9.000003"]
    assert "7.000002" not in found["9.000005"]
    nowhere = reasons(clerk.preview([new_row("9.000001", related_procedures=["7.999999"])]))
    assert nowhere["9.000001"].replace("7.999999", "7.000002") == found["9.000001"]


def test_an_editor_makes_nothing_that_all_agencies_share(agency: Any) -> None:
    SectorFactory(name="Đất đai", slug="dat-dai")
    LegalDocumentFactory(number="1/2020/TT-BTC", title="Thông tư cũ")
    clerk = Clerk(agency)
    shared = [
        {"record": "legal_document", "number": "1/2020/TT-BTC", "title": "Bị đổi"},
        {"record": "sector", "slug": "moi", "name": "Mới"},
        {"record": "agency", "path": "so-moi", "name": "Sở Mới"},
    ]
    run = clerk.preview([*shared, new_row(sectors=["moi"], legal_bases=["9/9999/TT"])])
    assert [problem["field"] for problem in run.problems] == ["legal_bases", "sectors"]
    known = new_row(sectors=["Đất đai"], legal_bases=["1/2020/TT-BTC"])
    run = clerk.apply(clerk.preview([*shared, known]))
    assert run.state == "done"
    assert "chỉ quản trị" in clerk.show(run)
    assert LegalDocument.objects.get().title == "Thông tư cũ"
    assert Sector.objects.filter(slug="moi").count() == 0
    assert not AgencyPage.objects.filter(slug="so-moi").exists()
    page = ProcedurePage.objects.get(key="9.000001")
    assert [sector.slug for sector in page.sectors.all()] == ["dat-dai"]
    clerk.upload(SimpleUploadedFile("xuat.xlsx", clerk.export(file_format="xlsx")))
    assert ImportRun.objects.latest("pk").notes == [], "an export brings nothing new"


def test_a_file_moves_no_page_and_stays_within_the_chosen_unit(agency: Any) -> None:
    unit = AgencyFactory(parent=agency, title="Phòng Một", slug="phong-mot")
    AgencyFactory(parent=agency, title="Phòng Hai", slug="phong-hai")
    ProcedureFactory(parent=unit, key="8.000001")
    ProcedureFactory(parent=agency, key="8.000002")
    clerk = Clerk(agency)
    record = clerk.records()["8.000001"]
    run = clerk.preview([record | {"agency": "so-minh-hoa/phong-hai"}])
    assert "so-minh-hoa/phong-mot" in reasons(run)["8.000001"]
    rows = [clerk.records()["8.000002"], new_row(), new_row("9.000002", agency="so-minh-hoa")]
    run = clerk.preview(rows, agency=unit.pk)
    assert set(reasons(run)) == {"8.000002", "9.000002"}
    clerk.apply(clerk.preview([new_row()], agency=unit.pk))
    assert ProcedurePage.objects.get(key="9.000001").get_parent().pk == unit.pk


def test_the_portals_administrator_makes_what_is_missing(portal: Any, foreign: Any) -> None:
    boss = Clerk(None, user=User.objects.create_superuser("quantri", "quantri@motcua.example"))
    rows = [
        {"record": "agency", "path": "so-moi", "name": "Sở Mới"},
        new_row(agency="so-moi", sectors=["Lĩnh vực mới"], legal_bases=["1/2026/TT"]),
        new_row("7.000001", agency="so-khac", official_name="Đổi tên"),
    ]
    run = boss.apply(boss.preview(rows), "publish")
    assert run.state == "done"
    assert ProcedurePage.objects.get(key="9.000001").get_parent().slug == "so-moi"
    assert ProcedurePage.objects.get(key="7.000001").official_name == "Đổi tên"
    assert LegalDocument.objects.filter(number="1/2026/TT").exists()


def test_an_import_is_its_makers_own(agency: Any, other: Any) -> None:
    clerk = Clerk(agency)
    run = clerk.preview([new_row()])
    colleague = make_member(agency, Role.HEAD, "dong-nghiep")
    for person in (Clerk(other, Role.HEAD), Clerk(agency, user=colleague)):
        for name in ("show", "progress", "report"):
            answer = person.client.get(reverse(f"transfers:{name}", args=[run.pk]))
            assert answer.status_code == 404, name
        for name in ("apply", "again"):
            assert person.post(name, run, mode="draft").status_code == 404, name
        assert person.client.get(START).context["summaries"] == []
    run.refresh_from_db()
    assert run.state == "previewed"
    boss = Clerk(None, user=User.objects.create_superuser("quantri", "quantri@motcua.example"))
    assert "9.000001" in boss.show(run)


def test_nobody_and_people_without_rights_come_in(agency: Any, other: Any) -> None:
    run = Clerk(agency).preview([new_row()])
    inner = [reverse(f"transfers:{n}", args=[run.pk]) for n in ("show", "progress", "report")]
    stranger = Client()
    for address in (START, f"{START}export/", *inner):
        assert "/dang-nhap/" in stranger.get(address)["Location"]
    officer = Client()
    officer.force_login(make_member(agency, Role.OFFICER))
    for address in (START, f"{START}export/"):
        assert officer.get(address).status_code == 302
    assert "import-export" not in officer.get("/admin/").content.decode()
    for address in inner:
        assert officer.get(address).status_code == 404
    assert officer.post(START, {"agency": agency.pk}).status_code == 302
    intruder = Clerk(other)
    answer = intruder.client.post(START, {"agency": agency.pk, "file": ContentFile(b"x", "a.csv")})
    assert "agency" in answer.context["form"].errors
    assert ImportRun.objects.count() == 1


def test_a_right_that_is_gone_stops_the_import(agency: Any) -> None:
    clerk = Clerk(agency)
    run = clerk.preview([new_row()])
    ImportRun.objects.filter(pk=run.pk).update(state="applying", mode="draft")
    clerk.user.groups.clear()
    from catalogue.tasks import carry_on_import

    carry_on_import.enqueue(run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    assert not ProcedurePage.objects.filter(key="9.000001").exists()


def test_an_export_holds_own_procedures_only(
    agency: Any, foreign: ProcedurePage, secret: ProcedurePage
) -> None:
    mine = ProcedureFactory(parent=agency, key="8.000001", related_procedures=[secret, foreign])
    draft = hide(ProcedureFactory(parent=agency, key="8.000002", quiet=True))
    draft.save_revision()
    changed = mine.get_latest_revision_as_object()
    changed.summary = "Bản nháp mới"
    changed.save_revision()
    clerk = Clerk(agency)
    latest = clerk.records()
    assert set(latest) == {"8.000001", "8.000002"}
    assert latest["8.000001"]["summary"] == "Bản nháp mới"
    assert latest["8.000001"]["related_procedures"] == ["7.000001"]
    published = clerk.records(content="published")
    assert set(published) == {"8.000001"}
    assert "summary" not in published["8.000001"]
    raw = clerk.export().decode()
    assert SECRET not in raw
    assert "7.000002" not in raw
    boss = Clerk(None, user=User.objects.create_superuser("quantri", "quantri@motcua.example"))
    assert set(boss.records()) == {"7.000001", "7.000002", "8.000001", "8.000002"}
    answer = clerk.client.get(f"{START}export/", {"agency": foreign.get_parent().pk})
    assert answer.status_code == 302


def test_the_list_of_an_agency_leads_to_its_export(agency: Any, other: Any) -> None:
    unit = AgencyFactory(parent=agency, title="Phòng Một", slug="phong-mot")
    clerk = Clerk(agency)
    html = clerk.client.get(f"/admin/pages/{unit.pk}/").content.decode()
    assert f"{START}?agency={unit.pk}#transfer-export" in html
    form = clerk.client.get(START, {"agency": unit.pk}).context["export_form"]
    assert f'value="{unit.pk}" selected' in str(form["agency"])
    assert START not in Clerk(other).client.get(f"/admin/pages/{agency.pk}/").content.decode()
