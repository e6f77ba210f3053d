"""Operators: the test message, the checks before a deployment, the end of every mail."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from wagtail.models import Site

from cms.core.models import PortalSettings
from services.notifications import checks
from services.notifications.actions import CONSOLE_MAIL
from services.notifications.gateways import MemoryGateway, sent_texts
from services.notifications.models import Mail, Text
from services.notifications.notices import sign_off
from tests.integration.services.notifications.carrier import open_carrier

ROOT = Path(__file__).parents[4]
OWN_GATEWAY = f"{MemoryGateway.__module__}.{MemoryGateway.__qualname__}"
HTTP = {
    "backend": "http",
    "url": "https://sms.example/send",
    "template": "to={phone}&text={text}",
    "secret": "",
    "sender": "",
    "timeout": 10,
}


def send(*arguments: str) -> str:
    out = StringIO()
    call_command("send_test_message", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_test_mail_is_sent_now_in_the_language_asked_for() -> None:
    assert "đã nhận thư" in send("--mail", "nguyenvana@motcua.example")
    send("--mail", "nguyenvana@motcua.example", "--language", "en")
    assert [message.subject for message in mail.outbox] == ["Thư thử", "Test message"]
    assert "Please do not answer" in mail.outbox[1].body
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_a_test_text_is_sent_now(settings: Any) -> None:
    assert "+84912345678" in send("--phone", "0912 345 678")
    assert [text.phone for text in sent_texts] == ["+84912345678"]
    with open_carrier() as carrier:
        settings.SMS = {**HTTP, "url": carrier.url}
        carrier.answers = [401]
        with pytest.raises(CommandError, match="HTTP 401"):
            send("--phone", "0912345678")
        assert "đã nhận tin nhắn" in send("--phone", "0912345678")
    assert not Text.objects.exists()


@pytest.mark.django_db
def test_a_failure_is_told_in_plain_words(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise ConnectionRefusedError("refused")

    with pytest.raises(CommandError, match="không phải là địa chỉ"):
        send("--mail", "nobody")
    for number in ("12", "abc", "0912"):
        with pytest.raises(CommandError, match="không phải là số điện thoại"):
            send("--phone", number)
    with pytest.raises(CommandError):
        send()
    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    with pytest.raises(CommandError, match="ConnectionRefusedError: refused"):
        send("--mail", "nguyenvana@motcua.example")
    settings.EMAIL_BACKEND = CONSOLE_MAIL
    with pytest.raises(CommandError, match="EMAIL_URL"):
        send("--mail", "nguyenvana@motcua.example")
    settings.SMS = {**settings.SMS, "backend": "outbox"}
    with pytest.raises(CommandError, match="no carrier"):
        send("--phone", "0912345678")


def test_the_exit_code_of_a_failure_is_one() -> None:
    command = [sys.executable, "manage.py", "send_test_message", "--phone", "12"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def found(check: Any) -> list[str]:
    return [message.id for message in check()]


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({}, []),
        ({"template": ""}, []),
        ({"template": '{"to": "{phone_digits}", "text": "{text}"}'}, []),
        ({"backend": OWN_GATEWAY}, []),
        ({"backend": "pigeon"}, ["E001"]),
        ({"backend": "no.such.Gateway"}, ["E001"]),
        ({"url": "sms.example"}, ["E002"]),
        ({"template": '{"to": {phone}}'}, ["E003"]),
        ({"template": "to={phone}"}, ["E004"]),
        ({"template": '{"text": "{text}"}'}, ["E004"]),
        ({"timeout": 0}, ["E005"]),
    ],
)
def test_wrong_settings_are_found(settings: Any, changes: dict[str, Any], ids: list[str]) -> None:
    settings.SMS = {**HTTP, **changes}
    assert found(checks.check_gateway) == [f"notifications.{name}" for name in ids]


@pytest.mark.parametrize(
    ("changes", "mail_url", "ids"),
    [
        ({}, "smtp", []),
        ({"backend": "outbox"}, "smtp", ["W001"]),
        ({"backend": "console"}, "smtp", ["W001"]),
        ({"url": "http://sms.example/send"}, "smtp", ["W002"]),
        ({}, "console", ["W003"]),
    ],
)
def test_a_deployment_without_ways_out_is_warned(
    settings: Any, changes: dict[str, Any], mail_url: str, ids: list[str]
) -> None:
    settings.SMS = {**HTTP, **changes}
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{mail_url}.EmailBackend"
    assert found(checks.check_real_ways_out) == [f"notifications.{name}" for name in ids]


@pytest.mark.django_db
def test_a_mail_ends_with_the_portal_and_its_help_line_in_the_readers_language() -> None:
    site = Site.objects.get(is_default_site=True)
    kept = PortalSettings.for_site(site)
    kept.support_phone, kept.support_hours = "1022", "Thứ Hai – Thứ Sáu"
    kept.support_hours_en = "Monday to Friday"
    kept.save()
    assert sign_off("vi").startswith("\n\n-- \nCổng dịch vụ công\nThư này do hệ thống")
    assert sign_off("vi").endswith("\nĐường dây hỗ trợ: 1022 (Thứ Hai – Thứ Sáu)\n")
    assert "Public Services Portal\nThis mail was sent" in sign_off("en")
    assert sign_off("en").endswith("\nHelp line: 1022 (Monday to Friday)\n")
    kept.support_phone = ""
    kept.save()
    assert sign_off("vi").endswith("không trả lời thư này.\n")
