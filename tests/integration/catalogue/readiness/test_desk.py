"""The desk shows an editor their own work, in as many queries for one page as for many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from catalogue.models import PageFinding
from catalogue.selectors.desk import build_desk
from services.accounts.models import AgencyAccess, User
from services.accounts.states import Role
from tests.factories import AgencyFactory, GuideFactory, ProcedureFactory
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory(title="Sở Một")


@pytest.fixture
def other(portal: Any) -> Any:
    return AgencyFactory(title="Sở Hai")


@pytest.fixture
def editor(agency: Any) -> User:
    return make_member(agency, Role.EDITOR)


@pytest.fixture
def head(agency: Any) -> User:
    return make_member(agency, Role.HEAD)


def titles(found: Any) -> list[str]:
    return [line.title for line in found.lines]


def submit(page: Any, agency: Any, person: User) -> Any:
    page.save_revision(user=person)
    return AgencyAccess.objects.get(agency=agency).workflow.start(page, person)


def test_a_submitted_page_waits_for_the_approver(agency: Any, editor: User, head: User) -> None:
    page = ProcedureFactory(parent=agency)
    submit(page, agency, editor)
    assert titles(build_desk(head).waiting) == [page.title]
    assert build_desk(head).waiting.lines[0].person
    assert titles(build_desk(editor).submitted) == [page.title]
    assert build_desk(editor).waiting.total == 0


def test_a_page_that_was_sent_back_shows_why(agency: Any, editor: User, head: User) -> None:
    page = ProcedureFactory(parent=agency)
    submit(page, agency, editor)
    page.current_workflow_task_state.reject(user=head, comment="Thiếu lệ phí mới")
    desk = build_desk(editor)
    assert titles(desk.sent_back) == [page.title]
    assert desk.sent_back.lines[0].text == "Thiếu lệ phí mới"
    assert desk.submitted.total == 0


def test_drafts_are_those_that_one_wrote_last(agency: Any, editor: User, head: User) -> None:
    page = ProcedureFactory(parent=agency)
    page.save_revision(user=editor)
    assert titles(build_desk(editor).drafts) == [page.title]
    assert build_desk(head).drafts.total == 0


def test_old_and_expiring_pages_are_listed(agency: Any, head: User) -> None:
    old, ending = ProcedureFactory(parent=agency), ProcedureFactory(parent=agency)
    now = timezone.now()
    Page.objects.all().update(last_published_at=now)
    Page.objects.filter(pk=old.pk).update(last_published_at=now - timedelta(days=400))
    Page.objects.filter(pk=ending.pk).update(expire_at=now + timedelta(days=3))
    desk = build_desk(head)
    assert titles(desk.to_review) == [old.title]
    assert titles(desk.expiring) == [ending.title]


def test_faults_and_broken_links_are_listed(agency: Any, head: User) -> None:
    bad = ProcedureFactory(parent=agency, fees=[], steps=[])
    gone = ProcedureFactory(parent=agency)
    linking = ProcedureFactory(parent=agency, related_procedures=[gone])
    gone.unpublish()
    linking.save_revision()
    desk = build_desk(head)
    assert (desk.blocked.lines[0].title, desk.blocked.lines[0].number) == (bad.title, 2)
    assert titles(desk.broken) == [linking.title]
    assert desk.broken.lines[0].field == "related_procedures"


def test_nothing_of_another_agency_is_shown(
    agency: Any, other: Any, editor: User, head: User
) -> None:
    make_member(other, Role.HEAD)
    foreign = ProcedureFactory(parent=other, fees=[], official_name="Thủ tục của Sở Hai")
    submit(foreign, other, editor)
    Page.objects.filter(pk=foreign.pk).update(
        last_published_at=timezone.now() - timedelta(days=400), expire_at=timezone.now()
    )
    assert PageFinding.objects.filter(page=foreign.pk).exists()
    for person in (editor, head):
        desk = build_desk(person)
        shown = [found for found in vars(desk).values() if hasattr(found, "lines")]
        assert all(foreign.title not in titles(found) for found in shown)
    assert foreign.title in titles(build_desk(User.objects.create_superuser("quan")).blocked)


def test_many_pages_cost_as_many_queries_as_one(
    agency: Any, editor: User, head: User, client: Client
) -> None:
    def count() -> int:
        client.force_login(User.objects.get(pk=head.pk))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(reverse("wagtailadmin_home"))
        assert response.status_code == 200
        return len(queries)

    def add(number: int) -> None:
        for page in ProcedureFactory.create_batch(number, parent=agency, fees=[]):
            submit(page, agency, editor)
        for page in ProcedureFactory.create_batch(number, parent=agency, handled_at=[draft]):
            page.save_revision(user=head)

    draft = AgencyFactory(parent=agency, quiet=True)
    Page.objects.filter(pk=draft.pk).update(live=False)
    add(1)
    count()
    few = count()
    add(19)
    assert count() == few


def test_the_dashboard_is_in_vietnamese_and_leads_to_the_field(
    agency: Any, head: User, client: Client
) -> None:
    guide = GuideFactory()
    client.force_login(head)
    bad = ProcedureFactory(parent=agency, related_guides=[guide])
    guide.unpublish()
    bad.save_revision()
    document = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    headings = [h.get_text(" ", strip=True) for h in document.select(".desk h2")]
    assert headings[0] == "Chờ tôi duyệt"
    assert "Liên kết hỏng (1)" in headings
    links = [a["href"] for a in document.select(".desk a")]
    edit = reverse("wagtailadmin_pages:edit", args=[bad.pk])
    assert f"{edit}#:w:contentpath=related_guides" in links
