"""The developer's page shows what went out, with its codes, and is nothing outside DEBUG."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from services.notifications import actions, outbox
from services.notifications.models import Text
from services.notifications.views import show_messages

pytestmark = pytest.mark.django_db

PHONE = "+84900000001"


@pytest.fixture
def developer(settings: Any, tmp_path: Path) -> Any:
    settings.DATA_DIR = tmp_path
    settings.DEBUG = True
    settings.SMS = {**settings.SMS, "backend": "outbox"}
    settings.EMAIL_BACKEND = actions.CONSOLE_MAIL
    return settings


def page(language: str = "vi") -> str:
    request = RequestFactory().get("/_messages/")
    with translation.override(language):
        return show_messages(request).content.decode()


def test_mails_and_texts_are_shown_with_their_codes_newest_first(developer: Any) -> None:
    text = actions.keep_text(phone=PHONE, text="Mã: 135790\n<b>", is_secret=True)
    actions.send_waiting_messages()
    actions.keep_mail(
        address="nguyenvana@motcua.example", subject="Mã 246801", text="Mã: 246801", is_secret=True
    )
    actions.send_waiting_messages()
    text.refresh_from_db()
    assert text.text == ""
    shown = page()
    assert 0 < shown.index("Mã 246801") < shown.index("135790")
    assert "&lt;b&gt;" in shown
    assert "nguyenvana@motcua.example" in shown
    assert "Thư và tin nhắn đã gửi" in shown
    assert "Sent messages" in page("en")


def test_what_waits_is_counted(developer: Any) -> None:
    assert "Chưa gửi gì" in page()
    actions.keep_text(phone=PHONE, text="Xin chào")
    assert "1 thư hoặc tin nhắn đang chờ" in page()
    assert "1 message waits" in page("en")


def test_fifty_are_kept_and_only_their_owner_reads_them(developer: Any, tmp_path: Path) -> None:
    for number in range(60):
        outbox.keep_copy(outbox.Copy(kind="text", receiver=PHONE, subject="", text=str(number)))
    assert [copy.text for _at, copy in outbox.list_copies()] == [
        str(number) for number in range(59, 9, -1)
    ]
    files = list((tmp_path / "sent-in-debug").iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_outside_debug_nothing_is_kept_shown_or_left(developer: Any, tmp_path: Path) -> None:
    actions.keep_text(phone=PHONE, text="Xin chào")
    actions.send_waiting_messages()
    assert any(tmp_path.iterdir())
    developer.DEBUG = False
    with pytest.raises(Http404):
        page()
    assert outbox.list_copies() == []
    actions.delete_old_messages()
    actions.keep_text(phone=PHONE, text="Xin chào")
    actions.keep_mail(address="a@motcua.example", subject="A", text="A")
    actions.send_waiting_messages()
    assert not any(tmp_path.iterdir())
    assert Text.objects.last().error.startswith("no carrier")


def test_the_address_exists_in_debug_only(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("developer_messages")
    assert client.get("/_messages/").status_code == 404
