"""A circular changes forty fees: what is applied, what is reported, and that nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from catalogue.bulk import applying
from catalogue.bulk.applying import apply_change
from catalogue.models import BulkChange, ProcedurePage, RowState
from catalogue.tasks import resume_bulk_changes
from services.accounts.actions import sync_agency_access
from services.accounts.models import AgencyMembership
from services.accounts.states import Role
from tests.factories import AgencyFactory, LegalDocumentFactory, OutageFactory, SectorFactory
from tests.factories.members import make_member
from tests.factories.procedures import ProcedureFactory, create_many

pytestmark = pytest.mark.django_db
FEE = {"old": "30.000", "new": "45.000", "method": ""}


class Clerk:
    """An editor who makes bulk changes by the screens."""

    def __init__(self, agency: Any, role: Role = Role.EDITOR) -> None:
        self.user = make_member(agency, role)
        self.client = Client()
        self.client.force_login(self.user)

    def choose(self, **data: Any) -> BulkChange | None:
        answer = self.client.post(reverse("bulk_changes:choose"), {"continue": "1", **data})
        if answer.status_code != 302:
            return None
        return BulkChange.objects.get(pk=int(answer.url.split("/")[-3]))

    def describe(self, change: BulkChange, kind: str, **values: Any) -> Any:
        address = reverse("bulk_changes:describe", args=[change.pk])
        return self.client.post(f"{address}?kind={kind}", values)

    def apply(self, change: BulkChange, mode: str) -> BulkChange:
        self.client.post(reverse("bulk_changes:apply", args=[change.pk]), {"mode": mode})
        change.refresh_from_db()
        return change


def states(change: BulkChange) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in change.rows.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def fee_of(page: ProcedurePage) -> str:
    draft = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return f"{draft.fees.first().amount:f}".removesuffix(".00")


def uuids(page: ProcedurePage) -> set[str]:
    draft = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return {
        str(row.translation_key)
        for relation in ("fees", "offers", "documents", "steps", "results")
        for row in getattr(draft, relation).all()
    }


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory(title="Sở Minh hoạ")


def edit(page: ProcedurePage, user: Any, summary: str) -> None:
    draft = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.summary = summary
    draft.save_revision(user=user, log_action=True)


@pytest.mark.parametrize("mode", ["draft", "submit"])
def test_forty_fees_one_edited_meanwhile(agency: Any, mode: str) -> None:
    pages = create_many(40, parent=agency)
    for page in pages[:20]:
        page.save_revision()
    other = make_member(agency, Role.HEAD, "truong.phong")
    clerk = Clerk(agency)
    change = clerk.choose(all="1")
    assert change is not None
    clerk.describe(change, "fee_replace", **FEE)
    assert states(change) == {RowState.PENDING: 40}
    before = {page.pk: uuids(page) for page in pages}
    edit(pages[3], other, "Sửa trong lúc đó")
    numbers = set(Revision.objects.values_list("pk", flat=True))

    change = clerk.apply(change, mode)

    done = RowState.DRAFTED if mode == "draft" else RowState.SUBMITTED
    assert states(change) == {done: 39, RowState.CONFLICT: 1}
    reported = change.rows.get(state=RowState.CONFLICT)
    assert reported.page_id == pages[3].pk
    assert other.get_full_name() in reported.detail
    assert Revision.objects.exclude(pk__in=numbers).count() == 39
    edited = ProcedurePage.objects.get(pk=pages[3].pk).get_latest_revision_as_object()
    assert (edited.summary, fee_of(edited)) == ("Sửa trong lúc đó", "30000")
    assert {fee_of(page) for page in pages if page != pages[3]} == {"45000"}
    assert {page.pk: uuids(page) for page in pages} == before
    live = ProcedurePage.objects.get(pk=pages[0].pk)
    assert (f"{live.fees.get().amount:f}", live.has_unpublished_changes) == ("30000.00", True)
    assert live.workflow_in_progress is (mode == "submit")


def test_again_with_the_page_left_alone(agency: Any) -> None:
    pages = create_many(2, parent=agency)
    clerk = Clerk(agency)
    change = clerk.choose(all="1")
    clerk.describe(change, "fee_replace", **FEE)
    edit(pages[0], clerk.user, "Tôi sửa")
    clerk.apply(change, "draft")
    answer = clerk.client.post(reverse("bulk_changes:retry", args=[change.pk]))
    again = BulkChange.objects.exclude(pk=change.pk).get()
    assert answer.url == reverse("bulk_changes:show", args=[again.pk])
    clerk.apply(again, "draft")
    assert states(again) == {RowState.DRAFTED: 1}
    draft = ProcedurePage.objects.get(pk=pages[0].pk).get_latest_revision_as_object()
    assert (draft.summary, fee_of(draft)) == ("Tôi sửa", "45000")


def test_publishing_shows_at_once_and_spares_the_drafts_of_others(agency: Any) -> None:
    pages = create_many(3, parent=agency)
    edit(pages[2], None, "Nháp của người khác")
    head = Clerk(agency, Role.HEAD)
    change = head.choose(all="1")
    head.describe(change, "fee_replace", **FEE)
    head.apply(change, "publish")
    assert states(change) == {RowState.PUBLISHED: 2, RowState.DRAFTED: 1}
    row = change.rows.get(state=RowState.DRAFTED)
    assert (row.page_id, row.reason) == (pages[2].pk, "has_draft")
    live = [f"{ProcedurePage.objects.get(pk=p.pk).fees.get().amount:f}" for p in pages]
    assert live == ["45000.00", "45000.00", "30000.00"]
    page = ProcedurePage.objects.get(pk=pages[0].pk)
    assert str(page.fees.get().translation_key) in uuids(pages[0])


def test_an_editor_cannot_publish(agency: Any) -> None:
    create_many(1, parent=agency)
    clerk = Clerk(agency)
    change = clerk.choose(all="1")
    clerk.describe(change, "fee_replace", **FEE)
    clerk.apply(change, "publish")
    assert (change.state, states(change)) == ("previewed", {RowState.PENDING: 1})


def test_a_blocker_keeps_a_page_from_being_published(
    agency: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_many(1, parent=agency)
    monkeypatch.setattr("cms.core.publishing._gates", [lambda page: ["Thiếu tài khoản."]])
    head = Clerk(agency, Role.HEAD)
    change = head.choose(all="1")
    head.describe(change, "fee_replace", **FEE)
    head.apply(change, "publish")
    row = change.rows.get()
    assert (row.state, row.reason) == (RowState.DRAFTED, "blocked")
    assert "Thiếu tài khoản." in row.detail


def test_a_repeated_click_does_nothing(agency: Any) -> None:
    page = create_many(1, parent=agency)[0]
    clerk = Clerk(agency)
    change = clerk.choose(all="1")
    clerk.describe(change, "fee_replace", **FEE)
    clerk.apply(change, "draft")
    number = Revision.objects.count()
    clerk.apply(change, "draft")
    apply_change(change)
    clerk.describe(change, "fee_replace", old="45000", new="50000")
    assert Revision.objects.count() == number
    assert fee_of(page) == "45000"


def test_a_killed_process_goes_on(agency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = create_many(5, parent=agency)
    clerk = Clerk(agency)
    change = clerk.choose(all="1")
    clerk.describe(change, "fee_replace", **FEE)
    carry_out = applying._carry_out
    calls = []

    def killed(*args: Any) -> Any:
        calls.append(1)
        result = carry_out(*args)
        if len(calls) == 3:
            raise KeyboardInterrupt  # after the page was saved, before the row was
        return result

    monkeypatch.setattr(applying, "_carry_out", killed)
    BulkChange.objects.filter(pk=change.pk).update(state="applying", mode="draft")
    change.refresh_from_db()
    with pytest.raises(KeyboardInterrupt):
        apply_change(change)
    assert states(change) == {RowState.DRAFTED: 2, RowState.PENDING: 3}
    monkeypatch.undo()
    BulkChange.objects.filter(pk=change.pk).update(touched_at="2026-01-01T00:00:00Z")
    resume_bulk_changes()
    assert states(change) == {RowState.DRAFTED: 5}
    assert [fee_of(page) for page in pages] == ["45000"] * 5
    assert [page.revisions.count() for page in pages] == [1] * 5


def test_locked_gone_and_no_longer_mine(agency: Any) -> None:
    pages = create_many(3, parent=agency)
    other = make_member(agency, Role.HEAD, "truong.phong")
    elsewhere = AgencyFactory(title="Sở Khác")
    clerk = Clerk(agency)
    change = clerk.choose(all="1")
    clerk.describe(change, "fee_replace", **FEE)
    ProcedurePage.objects.filter(pk=pages[0].pk).update(locked=True, locked_by=other)
    ProcedurePage.objects.get(pk=pages[1].pk).delete()
    ProcedurePage.objects.get(pk=pages[2].pk).move(elsewhere, pos="last-child")
    clerk.apply(change, "draft")
    reasons = change.rows.order_by("position").values_list("state", "reason", "title")
    assert [(s, r) for s, r, _t in reasons] == [
        (RowState.REFUSED, "locked"), (RowState.REFUSED, "gone"), (RowState.REFUSED, "forbidden"),
    ]  # fmt: skip
    assert all(title for _s, _r, title in reasons)


def test_a_notice_is_attached_once(agency: Any) -> None:
    pages = create_many(3, parent=agency)
    notice = OutageFactory(headline="Bảo trì minh hoạ", procedures=[pages[0]])
    clerk = Clerk(agency, Role.REVIEWER)
    change = clerk.choose(all="1")
    clerk.describe(change, "outage", notice=notice.pk)
    assert states(change) == {RowState.PENDING: 2, RowState.UNCHANGED: 1}
    clerk.apply(change, "publish")
    assert set(notice.procedures.through.objects.values_list("procedurepage_id", flat=True)) == {
        page.pk for page in pages
    }


def test_who_keeps_no_notices_attaches_none(agency: Any) -> None:
    pages = create_many(2, parent=agency)
    notice = OutageFactory(procedures=[pages[0]])
    clerk = Clerk(agency)
    change = clerk.choose(all="1")
    answer = clerk.describe(change, "outage", notice=notice.pk)
    assert "kind=outage" not in answer.content.decode()
    assert not states(change).get(RowState.PENDING)
    assert notice.procedures.count() == 1
    reviewer = Clerk(agency, Role.REVIEWER)
    change = reviewer.choose(all="1")
    reviewer.describe(change, "outage", notice=notice.pk)
    AgencyMembership.objects.filter(user=reviewer.user).update(role=Role.EDITOR)
    sync_agency_access(agency)
    reviewer.apply(change, "publish")
    assert notice.procedures.count() == 1


def test_times_laws_and_sectors(agency: Any) -> None:
    old, new = LegalDocumentFactory(number="1/2020/TT-BTC"), LegalDocumentFactory()
    page = ProcedureFactory(parent=agency, legal_bases=[old])
    sector = SectorFactory()
    clerk = Clerk(agency)
    time = {"old": "5", "old_unit": "working_day", "new": "4", "new_unit": "working_day"}
    for kind, values in (
        ("time_replace", time),
        ("law_replace", {"old": old.pk, "new": new.pk}),
        ("sector_add", {"sector": sector.pk}),
    ):
        change = clerk.choose(page=[page.pk])
        clerk.describe(change, kind, **values)
        clerk.apply(change, "draft")
        assert states(change) == {RowState.DRAFTED: 1}, kind
    draft = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.offers.first().duration == 4
    assert list(draft.legal_bases.all()) == [new]
    assert list(draft.sectors.all()) == [sector]
