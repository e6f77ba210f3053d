"""The HTTP gateway against a real server: what it posts, and what each answer means."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.utils import timezone

from services.notifications import actions
from services.notifications.gateways import fill_body
from services.notifications.models import MessageState, Text
from tests.integration.services.notifications.carrier import Carrier, open_carrier

ROOT = Path(__file__).parents[4]
PHONE, CODE = "+84900000001", "135790"
NASTY = 'Mã "135790" & {phone} \\ \n 50% + 1=2 “Đường”'
VALUES = {
    "phone": PHONE,
    "phone_digits": PHONE[1:],
    "text": NASTY,
    "key": "k-1",
    "sender": "MOTCUA",
}


@pytest.fixture
def carrier(settings: Any) -> Iterator[Carrier]:
    with open_carrier() as carrier:
        settings.SMS = {
            "backend": "http",
            "url": carrier.url,
            "template": "",
            "secret": "s3cret",
            "sender": "MOTCUA",
            "timeout": 1,
        }
        yield carrier


def again() -> Text:
    Text.objects.update(due_at=timezone.now())
    actions.send_waiting_messages()
    return Text.objects.get()


def test_a_json_template_is_filled_without_letting_words_out() -> None:
    template = '{"to": ["{phone_digits}"], "sms": {"body": "[{text}]", "unicode": true}, "n": 1}'
    body, kind = fill_body(template, VALUES)
    assert kind == "application/json"
    assert json.loads(body) == {
        "to": ["84900000001"],
        "sms": {"body": f"[{NASTY}]", "unicode": True},
        "n": 1,
    }


def test_a_form_template_is_filled_without_letting_words_out() -> None:
    body, kind = fill_body("user=a%40b&to={phone}&text={text}&ref={key}&x=", VALUES)
    assert kind == "application/x-www-form-urlencoded"
    assert parse_qsl(body.decode(), keep_blank_values=True) == [
        ("user", "a@b"), ("to", PHONE), ("text", NASTY), ("ref", "k-1"), ("x", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("template", ['{"to": {phone}}', "just words", "{", "[1,"])
def test_a_template_that_is_neither_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        fill_body(template, VALUES)


@pytest.mark.django_db
def test_the_carrier_gets_the_message_with_its_key_and_the_secret(carrier: Carrier) -> None:
    text = actions.keep_text(phone=PHONE, text=NASTY, is_secret=True)
    assert actions.send_text(text.pk)
    ((path, headers, body),) = carrier.requests
    assert path == "/send"
    assert headers["Authorization"] == "Bearer s3cret"
    assert headers["Idempotency-Key"] == str(text.key)
    assert json.loads(body) == {
        "to": PHONE, "text": NASTY, "id": str(text.key), "from": "MOTCUA",
    }  # fmt: skip
    text.refresh_from_db()
    assert (text.state, text.text) == (MessageState.SENT, "")


@pytest.mark.django_db
def test_a_fault_of_the_carrier_is_tried_again_with_the_same_key(carrier: Carrier) -> None:
    carrier.answers = [500, 429, 200]
    text = actions.keep_text(phone=PHONE, text=CODE)
    assert not actions.send_text(text.pk)
    text.refresh_from_db()
    assert (text.state, text.error) == (MessageState.WAITING, "HTTP 500")
    assert not actions.send_text(text.pk)  # not before its time
    assert again().error == "HTTP 429"
    assert again().state == MessageState.SENT
    keys = {headers["Idempotency-Key"] for _path, headers, _body in carrier.requests}
    assert (len(carrier.requests), keys) == (3, {str(text.key)})


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 401, 404, 302])
def test_a_refusal_is_final(carrier: Carrier, status: int) -> None:
    carrier.answers = [status]
    text = actions.keep_text(phone=PHONE, text=CODE, is_secret=True)
    actions.send_text(text.pk)
    again()
    text.refresh_from_db()
    assert (text.state, text.error, text.text) == (MessageState.FAILED, f"HTTP {status}", "")
    assert len(carrier.requests) == 1


@pytest.mark.django_db
def test_a_silent_carrier_is_not_waited_for(carrier: Carrier) -> None:
    carrier.answers = [-3]
    text = actions.keep_text(phone=PHONE, text=CODE)
    began = timezone.now()
    assert not actions.send_text(text.pk)
    assert timezone.now() - began < timedelta(seconds=2.5)
    text.refresh_from_db()
    assert (text.state, text.error) == (MessageState.WAITING, "ReadTimeout")
    assert again().state == MessageState.SENT


@pytest.mark.django_db
def test_a_carrier_that_is_away_is_tried_again(settings: Any, carrier: Carrier) -> None:
    url = carrier.url
    settings.SMS = {**settings.SMS, "url": "http://127.0.0.1:9/"}
    text = actions.keep_text(phone=PHONE, text=CODE)
    actions.send_text(text.pk)
    text.refresh_from_db()
    assert (text.state, text.error) == (MessageState.WAITING, "ConnectionError")
    settings.SMS = {**settings.SMS, "url": url}
    assert again().state == MessageState.SENT


@pytest.mark.django_db
def test_no_log_of_any_library_holds_the_words(
    carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    carrier.answers = [503, 400]
    actions.keep_text(phone=PHONE, text=CODE)
    actions.send_waiting_messages()
    again()
    lines = [vars(r) for r in caplog.records if not r.name.startswith("django.db")]
    assert len(lines) >= 2
    for word in (CODE, PHONE[1:], "s3cret"):
        assert word not in str(lines)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_killed_while_the_carrier_answers_repeats_the_key(carrier: Carrier) -> None:
    from tests.integration.cms.core.test_worker import database_url

    text = actions.keep_text(phone=PHONE, text=CODE)
    # The task of the test's own process has sent it already; let it wait again for the worker.
    Text.objects.update(state=MessageState.WAITING, attempts=0, due_at=timezone.now())
    carrier.requests.clear()
    connection.close()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "SMS_BACKEND": "http",
        "SMS_HTTP_URL": carrier.url,
    }
    code = (
        "import django; django.setup();"
        "from services.notifications import actions;"
        "actions.send_waiting_messages()"
    )
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)
    carrier.on_request = lambda: worker.send_signal(signal.SIGKILL)
    assert worker.wait(60) == -signal.SIGKILL
    carrier.on_request = lambda: None
    text.refresh_from_db()
    assert (text.state, len(carrier.requests)) == (MessageState.SENDING, 1)

    actions.send_waiting_messages()
    assert len(carrier.requests) == 1  # the claim stands for a quarter of an hour
    assert again().state == MessageState.SENT
    first, second = (headers["Idempotency-Key"] for _path, headers, _body in carrier.requests)
    assert first == second == str(text.key)
