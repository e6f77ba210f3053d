"""Mails about approval: in Vietnamese, by the worker, once, and never for what was undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from catalogue.models import ProcedurePage
from services.accounts.states import Role
from services.notifications import actions, tasks
from services.notifications.models import Mail, MailState
from tests.factories import AgencyFactory, ProcedureFactory
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(portal: Any) -> dict[str, Any]:
    agency, foreign = AgencyFactory(), AgencyFactory()
    procedure = ProcedureFactory(parent=agency, official_name="Cấp giấy minh hoạ")
    procedure.save_revision()
    return {
        "procedure": procedure,
        "editor": make_member(
            agency, Role.EDITOR, "bientap", last_name="Nguyễn Văn", first_name=""
        ),
        "reviewer": make_member(
            agency, Role.REVIEWER, "duyet", last_name="Trần Thị", first_name=""
        ),
        "foreign": make_member(foreign, Role.REVIEWER, "khac"),
    }


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def submit(people: dict[str, Any]) -> None:
    editor = Editor(signed_in(people["editor"]), people["procedure"])
    editor.set(summary="Tóm tắt mới")
    response = editor.client.post(editor.url, {**editor.data, "action-submit": ["1"]})
    assert response.status_code == 302


def answer(people: dict[str, Any], action: str, comment: str = "") -> None:
    page = ProcedurePage.objects.get(pk=people["procedure"].pk)
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    response = signed_in(people["reviewer"]).post(url, {"comment": comment})
    assert response.status_code in {200, 302}


def sent() -> list[tuple[list[str], str]]:
    return [(message.to, message.subject) for message in mail.outbox]


def test_a_submission_is_told_to_the_reviewers_of_the_agency(
    people: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with translation.override("en"), django_capture_on_commit_callbacks(execute=True):
        submit(people)
        assert not mail.outbox
        assert Mail.objects.get().state == MailState.WAITING
    assert sent() == [(["duyet@motcua.example"], "Đề nghị duyệt: Cấp giấy minh hoạ")]
    body = mail.outbox[0].body
    assert body.startswith("Kính gửi Trần Thị,")
    assert "Nguyễn Văn đề nghị duyệt trang “Cấp giấy minh hoạ”." in body
    assert f"http://127.0.0.1:8000/admin/pages/{people['procedure'].pk}/edit/" in body
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_was_sent_back_comes_with_the_comment(
    people: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    submit(people)
    Mail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        answer(people, "reject", "Lệ phí <chưa đúng> & thiếu căn cứ")
    assert sent() == [(["bientap@motcua.example"], "Bị trả lại: Cấp giấy minh hoạ")]
    assert "Lệ phí <chưa đúng> & thiếu căn cứ" in mail.outbox[0].body
    assert "Trần Thị đã trả lại" in mail.outbox[0].body


def test_an_approval_is_told_with_the_public_address(
    people: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    submit(people)
    Mail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        answer(people, "approve")
    assert sent() == [(["bientap@motcua.example"], "Đã duyệt: Cấp giấy minh hoạ")]
    page = ProcedurePage.objects.get(pk=people["procedure"].pk)
    assert page.summary == "Tóm tắt mới"
    assert page.full_url in mail.outbox[0].body


def test_no_mail_for_what_was_rolled_back(
    people: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        submit(people)
        assert Mail.objects.exists()
        transaction.set_rollback(True)
    assert not callbacks
    assert not Mail.objects.exists()
    assert not mail.outbox


def test_a_broken_mail_server_leaves_the_approval_alone(
    people: dict[str, Any],
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", fail)
        patch.setattr(EmailBackend, "open", fail, raising=False)
        with django_capture_on_commit_callbacks(execute=True):
            submit(people)
    page = ProcedurePage.objects.get(pk=people["procedure"].pk)
    assert page.current_workflow_task_state is not None
    kept = Mail.objects.get()
    assert (kept.state, kept.attempts, kept.error) == ("waiting", 1, "ConnectionRefusedError")

    actions.send_waiting_messages()
    assert not mail.outbox  # not before its time
    Mail.objects.update(due_at=timezone.now())
    actions.send_waiting_messages()
    actions.send_waiting_messages()
    assert len(mail.outbox) == 1
    assert Mail.objects.get().state == MailState.SENT


def test_a_mail_goes_out_once(people: dict[str, Any]) -> None:
    submit(people)
    key = Mail.objects.get().pk
    for _time in range(3):
        tasks.send.call(key)
        actions.send_waiting_messages()
    assert len(mail.outbox) == 1


def test_what_a_killed_worker_had_claimed_is_sent_later(people: dict[str, Any]) -> None:
    submit(people)
    Mail.objects.update(state=MailState.SENDING, due_at=timezone.now() + timedelta(minutes=15))
    actions.send_waiting_messages()
    assert not mail.outbox
    Mail.objects.update(due_at=timezone.now())
    actions.send_waiting_messages()
    assert len(mail.outbox) == 1


def test_a_mail_is_given_up_in_the_end(
    people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise TimeoutError

    submit(people)
    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    for _time in range(len(actions.PAUSES) + 3):
        Mail.objects.filter(state=MailState.WAITING).update(due_at=timezone.now())
        actions.send_waiting_messages()
    kept = Mail.objects.get()
    assert (kept.state, kept.attempts) == (MailState.FAILED, len(actions.PAUSES) + 1)
    Mail.objects.update(created_at=timezone.now() - timedelta(days=15))
    actions.delete_old_messages()
    assert not Mail.objects.exists()
