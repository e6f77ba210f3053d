"""Mails and text messages: kept with their cause, sent once, in time, secrets without a trace."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from services.notifications import actions, gateways, tasks
from services.notifications.exceptions import DeliveryError, RefusedError
from services.notifications.gateways import MemoryGateway, sent_texts
from services.notifications.models import Mail, MessageState, Text

pytestmark = pytest.mark.django_db

PHONE, ADDRESS, CODE = "+84900000001", "nguyenvana@motcua.example", "135790"


def keep(kind: str, **kwargs: Any) -> Mail | Text:
    if kind == "text":
        return actions.keep_text(phone=PHONE, text=f"Mã: {CODE}", **kwargs)
    return actions.keep_mail(
        address=ADDRESS, subject=f"Mã {CODE}", text=f"Mã của bạn: {CODE}", **kwargs
    )


def delivered() -> int:
    return len(sent_texts) + len(mail.outbox)


def words(message: Mail | Text) -> list[str]:
    message.refresh_from_db()
    return [getattr(message, name) for name in message.words]


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    monkeypatch.setattr(MemoryGateway, "send", fail)


both = pytest.mark.parametrize("kind", ["mail", "text"])


@both
def test_a_message_goes_out_once_on_commit(
    kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = keep(kind)
        assert delivered() == 0
    for _time in range(3):
        tasks.send.call(message.pk)
        tasks.send_text.call(message.pk)
        actions.send_waiting_messages()
    message.refresh_from_db()
    assert (delivered(), message.state, message.attempts) == (1, MessageState.SENT, 1)
    assert words(message)[-1].endswith(CODE)


@both
def test_nothing_is_sent_of_what_was_rolled_back(
    kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        keep(kind)
        transaction.set_rollback(True)
    actions.send_waiting_messages()
    assert (callbacks, delivered()) == ([], 0)


@both
def test_a_secret_is_erased_once_it_is_sent(kind: str) -> None:
    message = keep(kind, is_secret=True)
    assert CODE in words(message)[-1]
    actions.send_waiting_messages()
    assert delivered() == 1
    assert set(words(message)) == {""}


@both
def test_a_secret_is_erased_when_it_is_given_up(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = keep(kind, is_secret=True)
    fail_with(monkeypatch, DeliveryError("HTTP 503"))
    for _time in range(len(actions.PAUSES)):
        actions.send_waiting_messages()
        assert CODE in words(message)[-1]
        type(message)._default_manager.update(due_at=timezone.now())
    actions.send_waiting_messages()
    assert set(words(message)) == {""}
    assert (message.state, message.error) == (MessageState.FAILED, "HTTP 503")


@both
def test_what_is_refused_is_not_tried_again(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = keep(kind, is_secret=True)
    fail_with(monkeypatch, RefusedError("HTTP 400"))
    actions.send_waiting_messages()
    assert set(words(message)) == {""}
    assert (message.state, message.attempts) == (MessageState.FAILED, 1)


@both
def test_what_is_past_its_end_is_never_sent(kind: str) -> None:
    message = keep(kind, is_secret=True, expires_at=timezone.now() - timedelta(seconds=1))
    tasks.send.call(message.pk)
    tasks.send_text.call(message.pk)
    actions.send_waiting_messages()
    assert delivered() == 0
    assert set(words(message)) == {""}
    assert (message.state, message.attempts) == (MessageState.EXPIRED, 0)


@both
def test_what_waits_for_its_next_attempt_ends_in_time(kind: str) -> None:
    end = timezone.now() + timedelta(minutes=10)
    message = keep(kind, is_secret=True, expires_at=end)
    rows = type(message)._default_manager
    rows.update(due_at=timezone.now() + timedelta(hours=1))
    actions.send_waiting_messages()
    assert CODE in words(message)[-1]
    rows.update(expires_at=timezone.now())
    actions.send_waiting_messages()
    assert set(words(message)) == {""}
    assert (delivered(), message.state) == (0, MessageState.EXPIRED)


@both
def test_no_attempt_is_planned_beyond_the_end(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = keep(kind, is_secret=True, expires_at=timezone.now() + timedelta(seconds=30))
    fail_with(monkeypatch, TimeoutError())
    actions.send_waiting_messages()
    assert set(words(message)) == {""}
    assert (message.state, message.error) == (MessageState.EXPIRED, "TimeoutError")


@both
def test_a_killed_worker_loses_nothing_and_repeats_with_the_same_key(kind: str) -> None:
    message = keep(kind)
    rows = type(message)._default_manager
    actions.send_waiting_messages()
    # Killed between sending and noting: the claim stands.
    rows.update(state=MessageState.SENDING, due_at=timezone.now() + timedelta(minutes=15))
    actions.send_waiting_messages()
    assert delivered() == 1
    rows.update(due_at=timezone.now())
    actions.send_waiting_messages()
    keys = [text.key for text in sent_texts]
    keys += [m.extra_headers["Message-ID"] for m in mail.outbox]
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert str(message.key) in keys[0]


@both
def test_a_slow_worker_does_not_undo_what_another_did(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = keep(kind)
    rows = type(message)._default_manager

    def be_slow(*args: Any, **kwargs: Any) -> None:
        rows.update(state=MessageState.SENT, attempts=2)
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "send_messages", be_slow)
    monkeypatch.setattr(MemoryGateway, "send", be_slow)
    actions.send_waiting_messages()
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@both
def test_the_log_tells_of_messages_without_words_or_receivers(
    kind: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keep(kind)
    with monkeypatch.context() as patch:
        fail_with(patch, ConnectionRefusedError(f"{PHONE} {ADDRESS} {CODE}"))
        actions.send_waiting_messages()
    for model in (Mail, Text):
        model._default_manager.update(due_at=timezone.now())
    actions.send_waiting_messages()
    lines = [record for record in caplog.records if record.name.startswith("services")]
    assert [record.getMessage() for record in lines] == ["message not sent", "message sent"]
    said = str([vars(record) for record in lines])
    for word in (CODE, PHONE, PHONE[3:], ADDRESS, "nguyenvana"):
        assert word not in said


def test_without_a_carrier_a_text_is_given_up(settings: Any) -> None:
    message = keep("text", is_secret=True)
    settings.SMS = {**settings.SMS, "backend": "outbox"}
    actions.send_waiting_messages()
    assert words(message) == [""]
    assert (message.state, message.error) == (
        MessageState.FAILED, "no carrier: SMS_BACKEND is outbox",
    )  # fmt: skip


def test_a_text_is_written_out_in_debug_alone(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SMS = {**settings.SMS, "backend": "console"}
    keep("text")
    actions.send_waiting_messages()
    assert CODE not in capsys.readouterr().out
    settings.DEBUG = True
    keep("text")
    actions.send_waiting_messages()
    assert CODE in capsys.readouterr().out


def test_old_messages_are_forgotten() -> None:
    for kind in ("mail", "text"):
        keep(kind)
        keep(kind, expires_at=timezone.now())
    actions.send_waiting_messages()
    waiting = keep("text")
    for model in (Mail, Text):
        model._default_manager.update(created_at=timezone.now() - timedelta(days=15))
    actions.delete_old_messages()
    assert not Mail.objects.exists()
    assert Text.objects.get() == waiting


def test_a_run_leaves_the_rest_to_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for _time in range(3):
        keep("text")
        keep("mail")
    monkeypatch.setattr(actions, "PATIENCE", -1)
    actions.send_waiting_messages()
    assert delivered() == 0
    monkeypatch.setattr(actions, "PATIENCE", 30)
    actions.send_waiting_messages()
    assert (len(sent_texts), len(mail.outbox)) == (3, 3)


def test_an_unknown_way_out_is_put_off(settings: Any) -> None:
    settings.SMS = {**settings.SMS, "backend": "pigeon"}
    message = keep("text")
    actions.send_waiting_messages()
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.WAITING, "ImproperlyConfigured")
    assert "pigeon" not in gateways.GATEWAYS
