"""Import by the screens: preview in three lists, drafts, approval, publication, conflicts."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Revision

from catalogue.importers.directory import Directory
from catalogue.models import ImportRun, ProcedurePage, RowState
from catalogue.tasks import delete_import_files, resume_imports
from catalogue.transfers import applying
from catalogue.transfers.applying import apply_run
from cms.core.private_files import private_storage
from services.accounts.states import Role
from tests.factories import AgencyFactory
from tests.factories.members import make_member
from tests.factories.procedures import ProcedureFactory
from tests.integration.catalogue.transfers.clerk import Clerk, draft_of, new_row, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")


@pytest.fixture
def pages(agency: Any) -> list[ProcedurePage]:
    return [ProcedureFactory(parent=agency, key=f"8.00000{n}") for n in (1, 2)]


def edit(page: ProcedurePage, user: Any, summary: str) -> None:
    draft = draft_of(page)
    draft.summary = summary
    draft.save_revision(user=user, log_action=True)


def changed_rows(clerk: Clerk) -> list[dict[str, Any]]:
    """An export in which one fee was raised and a paper added, and a new procedure."""
    records = clerk.records()
    first = records["8.000001"]
    first["fees"][0]["amount"] = "45000"
    first["documents"].append({"name": "Bản sao sổ hộ khẩu"})
    return [*records.values(), new_row()]


def test_three_lists_and_every_difference(agency: Any, pages: list[ProcedurePage]) -> None:
    clerk = Clerk(agency)
    numbers = set(Revision.objects.values_list("pk", flat=True))
    run = clerk.preview(changed_rows(clerk))
    assert (run.state, run.problems) == ("previewed", [])
    assert states(run) == {
        "8.000001": RowState.PENDING, "8.000002": RowState.UNCHANGED, "9.000001": RowState.PENDING,
    }  # fmt: skip
    assert run.rows.get(is_new=True).key == "9.000001"
    html = clerk.show(run, group="changed")
    for words in ("Sẽ tạo mới: 1", "Sẽ thay đổi: 1", "Giữ nguyên: 1", "30.000", "45.000"):
        assert words in html
    assert "Bản sao sổ hộ khẩu" in html
    assert pages[1].title not in html
    assert pages[1].title in clerk.show(run, group="unchanged")
    assert set(Revision.objects.values_list("pk", flat=True)) == numbers
    assert not ProcedurePage.objects.filter(key="9.000001").exists()


def test_drafts_of_an_editor(agency: Any, pages: list[ProcedurePage]) -> None:
    clerk = Clerk(agency)
    run = clerk.apply(clerk.preview(changed_rows(clerk)))
    assert run.state == "done"
    draft = draft_of(pages[0])
    assert draft.fees.get().amount == 45000
    assert [row.name for row in draft.documents.all()][-1] == "Bản sao sổ hộ khẩu"
    assert draft.latest_revision.user == clerk.user
    live = ProcedurePage.objects.get(pk=pages[0].pk)
    assert (live.fees.get().amount, live.has_unpublished_changes) == (30000, True)
    made = ProcedurePage.objects.get(key="9.000001")
    assert (made.live, made.owner, made.get_parent().pk) == (False, clerk.user, agency.pk)
    assert draft_of(made).fees.get().amount == 50000
    assert draft_of(pages[1]).revisions.count() == 0
    again = clerk.preview([*clerk.records().values()])
    assert set(states(again).values()) == {RowState.UNCHANGED}


def test_for_approval_and_published_by_a_head(agency: Any, pages: list[ProcedurePage]) -> None:
    head = make_member(agency, Role.HEAD, "truong.phong")
    clerk = Clerk(agency)
    run = clerk.apply(clerk.preview(changed_rows(clerk)), "submit")
    assert states(run)["9.000001"] == RowState.SUBMITTED
    assert ProcedurePage.objects.get(key="9.000001").workflow_in_progress
    assert ProcedurePage.objects.get(key="8.000001").workflow_in_progress
    run = clerk.preview([new_row("9.000002")])
    assert clerk.apply(run, "publish").state == "previewed", "an editor may not publish"

    chief = Clerk(agency, user=head)
    record = chief.records()["8.000002"]
    record["summary"] = "Tóm tắt mới"
    run = chief.apply(chief.preview([record, new_row("9.000003")]), "publish")
    assert states(run) == {"8.000002": RowState.PUBLISHED, "9.000003": RowState.PUBLISHED}
    assert ProcedurePage.objects.get(key="8.000002").summary == "Tóm tắt mới"
    assert ProcedurePage.objects.get(key="9.000003").live


def test_what_keeps_a_page_from_being_published(
    agency: Any, pages: list[ProcedurePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = Clerk(agency, Role.HEAD)
    edit(pages[1], None, "Nháp của người khác")
    records = chief.records()
    for record in records.values():
        record["seo_title"] = "Tên mới"
    run = chief.preview([*records.values(), new_row()])
    assert "bản nháp trước chưa đăng" in chief.show(run, group="changed")
    monkeypatch.setattr(
        "cms.core.publishing._gates",
        [lambda page: ["Thiếu lệ phí."] if page.key == "9.000001" else []],
    )
    chief.apply(run, "publish")
    found = {row.key: (row.state, row.reason) for row in run.rows.all()}
    assert found == {
        "8.000001": (RowState.PUBLISHED, ""),
        "8.000002": (RowState.DRAFTED, "has_draft"),
        "9.000001": (RowState.DRAFTED, "blocked"),
    }
    assert "Thiếu lệ phí." in run.rows.get(key="9.000001").detail


def test_an_edit_since_the_preview_is_never_overwritten(
    agency: Any, pages: list[ProcedurePage]
) -> None:
    clerk = Clerk(agency)
    other = make_member(agency, Role.HEAD, "truong.phong")
    records = clerk.records()
    for record in records.values():
        record["fees"][0]["amount"] = "45000"
    run = clerk.preview([*records.values()])
    edit(pages[0], other, "Sửa trong lúc đó")
    clerk.apply(run)
    assert states(run) == {"8.000001": RowState.CONFLICT, "8.000002": RowState.DRAFTED}
    assert other.get_full_name() in run.rows.get(key="8.000001").detail
    draft = draft_of(pages[0])
    assert (draft.summary, draft.fees.get().amount) == ("Sửa trong lúc đó", 30000)
    answer = clerk.post("again", run)
    again = ImportRun.objects.exclude(pk=run.pk).get()
    assert answer.url.endswith(f"/{again.pk}/")
    clerk.apply(again)
    assert states(again) == {"8.000001": RowState.DRAFTED, "8.000002": RowState.UNCHANGED}


def test_a_code_taken_and_a_page_gone_since_the_preview(
    agency: Any, pages: list[ProcedurePage]
) -> None:
    clerk = Clerk(agency)
    record = clerk.records()["8.000001"] | {"summary": "Mới"}
    run = clerk.preview([record, new_row()])
    ProcedureFactory(parent=agency, key="9.000001", official_name="Người khác tạo")
    pages[0].delete()
    clerk.apply(run)
    found = {row.key: (row.state, row.reason) for row in run.rows.all()}
    assert found["9.000001"] == (RowState.CONFLICT, "exists")
    assert found["8.000001"] == (RowState.REFUSED, "gone")
    assert ProcedurePage.objects.get(key="9.000001").official_name == "Người khác tạo"


def test_nothing_is_written_when_the_file_no_longer_fits(
    agency: Any, pages: list[ProcedurePage]
) -> None:
    clerk = Clerk(agency)
    run = clerk.preview([new_row(related_procedures=["8.000001"]), new_row("9.000002")])
    pages[0].delete()
    clerk.apply(run)
    assert (run.state, run.finished_at is not None) == ("failed", True)
    assert set(states(run).values()) == {RowState.REFUSED}
    assert not ProcedurePage.objects.filter(key__startswith="9.").exists()
    html = clerk.show(run)
    assert "8.000001" in html
    assert "So sánh lại" in html


def test_another_file_in_its_place_is_refused(agency: Any) -> None:
    clerk = Clerk(agency)
    run = clerk.preview([new_row()])
    with private_storage().open(run.file.name, "wb") as kept:
        kept.write(b'{"key": "9.000001", "official_name": "Khac"}\n')
    clerk.apply(run)
    assert run.state == "failed"
    assert "không phải tệp" in run.message
    assert not ProcedurePage.objects.filter(key="9.000001").exists()


def test_a_repeated_click_imports_once(agency: Any, pages: list[ProcedurePage]) -> None:
    clerk = Clerk(agency)
    rows = changed_rows(clerk)
    run = clerk.preview(rows)
    assert clerk.preview(rows) == run, "a second click on the same file is the same import"
    clerk.apply(run)
    number = Revision.objects.count()
    clerk.apply(run, "submit")
    ImportRun.objects.filter(pk=run.pk).update(state="applying")
    run.refresh_from_db()
    apply_run(run)
    assert Revision.objects.count() == number
    assert ProcedurePage.objects.filter(key="9.000001").count() == 1


@pytest.mark.parametrize("method", ["_finish", "_change"])
def test_a_killed_process_goes_on(
    agency: Any, pages: list[ProcedurePage], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    clerk = Clerk(agency)
    records = [record | {"summary": "Mới"} for record in clerk.records().values()]
    news = [
        new_row("9.000001", related_procedures=["9.000002"]),
        new_row("9.000002", related_procedures=["9.000001", "8.000001"]),
    ]
    run = clerk.preview([*records, *news])
    work, calls = getattr(applying.Writer, method), []

    def killed(self: Any, row: Any) -> Any:
        calls.append(1)
        result = work(self, row)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(applying.Writer, method, killed)
    ImportRun.objects.filter(pk=run.pk).update(state="applying", mode="draft")
    run.refresh_from_db()
    with pytest.raises(KeyboardInterrupt):
        apply_run(run)
    assert list(states(run).values()).count(RowState.PENDING) >= 1
    monkeypatch.undo()
    resume_imports()
    assert ImportRun.objects.get(pk=run.pk).state == "applying", "it may be alive still"
    ImportRun.objects.filter(pk=run.pk).update(touched_at=timezone.now() - timedelta(hours=1))
    resume_imports()
    run.refresh_from_db()
    assert run.state == "done"
    assert set(states(run).values()) == {RowState.DRAFTED}
    found = ProcedurePage.objects.in_bulk(["9.000001", "9.000002"], field_name="key")
    related = {key: [p.key for p in page.related_procedures.all()] for key, page in found.items()}
    assert related["9.000001"] == ["9.000002"]
    assert sorted(related["9.000002"]) == ["8.000001", "9.000001"]
    assert [page.revisions.count() for page in (*pages, *found.values())] == [1, 1, 1, 1]


def test_another_worker_writes_while_the_file_is_read(
    agency: Any, pages: list[ProcedurePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the other one wrote in between is no fault of the file."""
    clerk = Clerk(agency)
    run = clerk.preview(changed_rows(clerk))
    ImportRun.objects.filter(pk=run.pk).update(state="applying", mode="draft")
    run.refresh_from_db()
    load = Directory.load

    def stop(*args: Any) -> None:
        raise KeyboardInterrupt

    def load_and_wait() -> Directory:
        outdated = load()
        monkeypatch.setattr(Directory, "load", load)
        with pytest.raises(KeyboardInterrupt):
            apply_run(run)
        monkeypatch.setattr(applying.Writer, "_finish", finish)
        return outdated

    finish = applying.Writer._finish
    monkeypatch.setattr(applying.Writer, "_finish", stop)  # new pages are made, not linked
    monkeypatch.setattr(Directory, "load", load_and_wait)
    apply_run(ImportRun.objects.select_related("user", "agency").get(pk=run.pk))
    run.refresh_from_db()
    assert (run.state, run.problems) == ("done", [])
    assert RowState.REFUSED not in states(run).values()
    assert ProcedurePage.objects.filter(key="9.000001").count() == 1


def test_a_killed_preview_is_made_anew(agency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Clerk(agency)
    with monkeypatch.context() as patch:
        patch.setattr("catalogue.tasks.prepare_run", lambda run: None)
        run = clerk.preview([new_row()])
    assert run.state == "preparing"
    assert "Đang đọc" in clerk.show(run)
    ImportRun.objects.filter(pk=run.pk).update(touched_at=timezone.now() - timedelta(hours=1))
    resume_imports()
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == ("previewed", 1)


def test_the_report_is_a_file_and_outlives_the_upload(
    agency: Any, pages: list[ProcedurePage]
) -> None:
    clerk = Clerk(agency)
    name = {"official_name": "=1+1 Thủ tục", "title": "=1+1"}
    done = clerk.apply(clerk.preview([*changed_rows(clerk), new_row("9.000009", **name)]))
    waiting = clerk.preview([new_row("9.000008")])
    lines = list(csv.reader(clerk.report(done).splitlines()))
    assert lines[0][0] == "Vị trí trong tệp"
    raised = next(line for line in lines if line[-1] == "45.000")
    assert (raised[1], raised[3], raised[-2]) == ("8.000001", "đã lưu bản nháp", "30.000")
    assert any(line[2] == "'=1+1" for line in lines)
    names = [run.file.name for run in (done, waiting)]
    delete_import_files()
    assert all(private_storage().exists(name) for name in names)
    week = timezone.now() - timedelta(days=8)
    ImportRun.objects.update(touched_at=week)
    delete_import_files()
    assert not any(private_storage().exists(name) for name in names)
    for run in (done, waiting):
        run.refresh_from_db()
    assert (done.state, done.file.name, waiting.state) == ("done", "", "expired")
    assert len(list(csv.reader(clerk.report(done).splitlines()))) == len(lines)
    assert "đã bị xóa" in clerk.show(waiting)
    clerk.apply(waiting)
    clerk.post("again", done)
    assert waiting.state == "expired"
    assert not ProcedurePage.objects.filter(key="9.000008").exists()
    assert ImportRun.objects.count() == 2
