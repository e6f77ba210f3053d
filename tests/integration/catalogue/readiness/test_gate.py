"""Nobody and nothing publishes a page that a blocker stops; code that imports is not stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Site, WorkflowState
from wagtail.signal_handlers import disable_reference_index_auto_update

from catalogue.models import PageFinding, ProcedurePage, ReadinessSettings
from catalogue.readiness import Rule, Severity
from cms.core.publishing import REFUSED, PublishRefusedError, open_gate
from services.accounts.models import AgencyAccess, User
from services.accounts.states import Role
from tests.factories import AgencyFactory, ProcedureFactory
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory()


@pytest.fixture
def head(agency: Any) -> User:
    return make_member(agency, Role.HEAD)


@pytest.fixture
def signed_in(head: User, client: Client) -> Client:
    client.force_login(head)
    return client


def make_draft(agency: Any, **rows: Any) -> ProcedurePage:
    """This function will make a procedure that was never published."""
    with disable_reference_index_auto_update():
        page = ProcedureFactory(parent=agency, quiet=True, **rows)
    Page.objects.filter(pk=page.pk).update(live=False)
    page = ProcedurePage.objects.get(pk=page.pk)
    page.save_revision()
    return page


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_the_editor_is_told_what_stops_publication(agency: Any, signed_in: Client) -> None:
    page = make_draft(agency, fees=[])
    editor = Editor(signed_in, page)
    editor.set(summary="Đã sửa")
    response = editor.save(publish=True)
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Chưa có lệ phí" in said(response)
    assert not is_live(page)
    draft = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.summary == "Đã sửa"


def test_advice_stops_nothing(agency: Any, signed_in: Client) -> None:
    page = make_draft(agency, results=[])
    response = Editor(signed_in, page).save(publish=True)
    assert is_live(page), said(response)


def test_an_old_fault_of_a_published_page_stops_nothing(agency: Any, signed_in: Client) -> None:
    page = ProcedureFactory(parent=agency, steps=[])
    editor = Editor(signed_in, page)
    editor.set(summary="Đã sửa")
    editor.save(publish=True)
    assert ProcedurePage.objects.get(pk=page.pk).summary == "Đã sửa"


def test_a_new_fault_of_a_published_page_stops_publication(agency: Any, signed_in: Client) -> None:
    page = ProcedureFactory(parent=agency)
    editor = Editor(signed_in, page)
    editor.delete_row("fees", 0)
    editor.save(publish=True)
    assert ProcedurePage.objects.get(pk=page.pk).fees.count() == 1


def test_approval_is_refused_and_stays_open(agency: Any, head: User, signed_in: Client) -> None:
    page = make_draft(agency, steps=[])
    editor = make_member(agency, Role.EDITOR)
    AgencyAccess.objects.get(agency=agency).workflow.start(page, editor)
    state = page.current_workflow_task_state
    args = [page.pk, "approve", state.pk]
    url = reverse("wagtailadmin_pages:workflow_action", args=args)
    response = signed_in.post(url, {"comment": ""})
    assert response.status_code == 302
    assert "Chưa có trình tự" in said(response)
    assert not is_live(page)
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    dialog = signed_in.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert dialog.json()["redirect"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    with pytest.raises(PublishRefusedError):
        state.approve(user=head)


def test_approval_publishes_what_is_complete(agency: Any, head: User) -> None:
    page = make_draft(agency)
    AgencyAccess.objects.get(agency=agency).workflow.start(page, head)
    page.current_workflow_task_state.approve(user=head)
    assert is_live(page)


def test_the_clock_takes_a_page_off_the_schedule(agency: Any) -> None:
    bad, good = make_draft(agency, offers=[]), make_draft(agency)
    for page in (bad, good):
        revision = page.get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
    call_command("publish_scheduled")
    assert not is_live(bad)
    assert is_live(good)
    assert not bad.revisions.exclude(approved_go_live_at=None).exists()
    assert PageLogEntry.objects.filter(page=bad.pk, action=REFUSED).count() == 1


def readdressed(agency: Any) -> Any:
    """A live page whose draft has another address."""
    draft = make_draft(agency)
    draft.get_latest_revision().publish()
    page = ProcedurePage.objects.get(pk=draft.pk)
    page.slug = "cung-dia-chi"
    page.save_revision()
    return page


def make_taken(agency: Any) -> Any:
    """A page whose draft has the address that another draft had, which is published."""
    first, second = readdressed(agency), readdressed(agency)
    first.get_latest_revision().publish()
    return second


def test_an_address_taken_meanwhile_is_told_to_the_reviewer(agency: Any, head: User) -> None:
    second = make_taken(agency)
    with pytest.raises(PublishRefusedError) as refused:
        second.get_latest_revision().publish(user=head)
    assert refused.value.complaints
    assert ProcedurePage.objects.get(pk=second.pk).slug != "cung-dia-chi"


def test_an_address_taken_meanwhile_takes_a_page_off_the_schedule(agency: Any) -> None:
    second = make_taken(agency)
    revision = second.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    good = make_draft(agency)
    waiting = good.get_latest_revision()
    waiting.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    waiting.save()
    call_command("publish_scheduled")
    assert is_live(good)
    assert not second.revisions.exclude(approved_go_live_at=None).exists()
    assert PageLogEntry.objects.filter(page=second.pk, action=REFUSED).count() == 1


def test_a_list_is_published_without_those_that_are_stopped(agency: Any, signed_in: Client) -> None:
    bad, good = make_draft(agency, fees=[]), make_draft(agency)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = signed_in.post(f"{url}?id={bad.pk}&id={good.pk}", {"include_descendants": ""})
    assert response.status_code == 302
    assert bad.title in said(response)
    assert not is_live(bad)
    assert is_live(good)


def test_a_list_with_a_stopped_page_below_publishes_nothing(agency: Any, signed_in: Client) -> None:
    bad = make_draft(agency, fees=[])
    unit = AgencyFactory(parent=agency)
    bad.move(unit, pos="last-child")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    signed_in.post(f"{url}?id={unit.pk}", {"include_descendants": "on"})
    assert not is_live(bad)


def test_code_that_publishes_is_counted_but_not_stopped(agency: Any) -> None:
    page = make_draft(agency, fees=[], steps=[])
    page.get_latest_revision().publish()
    assert is_live(page)
    rules = PageFinding.objects.filter(page=page.pk, severity=Severity.BLOCKER)
    assert set(rules.values_list("rule", flat=True)) == {Rule.FEE_MISSING, Rule.STEPS_MISSING}


def test_a_request_may_open_the_gate(agency: Any, head: User) -> None:
    page = make_draft(agency, fees=[])
    with open_gate():
        page.get_latest_revision().publish(user=head)
    assert is_live(page)


def test_a_portal_decides_what_stops_publication(agency: Any, signed_in: Client) -> None:
    page = make_draft(agency, fees=[])
    rules = ReadinessSettings.for_site(Site.objects.get(is_default_site=True))
    rules.fee_missing = Severity.ADVICE
    rules.save()
    found = PageFinding.objects.get(page=page.pk, rule=Rule.FEE_MISSING)
    assert found.severity == Severity.ADVICE
    Editor(signed_in, page).save(publish=True)
    assert is_live(page)
