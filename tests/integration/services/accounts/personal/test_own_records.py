"""History, who looked, sessions, channels, consents: the owner's alone, in as many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.accounts.actions import log_event
from services.accounts.models import AccountEvent, Consent, RecordView
from services.accounts.states import EventKind, RecordPart
from services.accounts.views.devices import describe_device

pytestmark = pytest.mark.django_db
BASE = "/trang-ca-nhan/"
HISTORY, VIEWS, SESSIONS = f"{BASE}lich-su/", f"{BASE}da-xem/", f"{BASE}phien-dang-nhap/"
CHANNELS, CONSENTS = f"{BASE}nhan-tin/", f"{BASE}dong-y/"
PAGES = [BASE, f"{BASE}thong-tin/", HISTORY, VIEWS, SESSIONS, CHANNELS, CONSENTS, f"{BASE}du-lieu/"]


def look(subject: Any, name: str = "Cán bộ Minh hoạ", reason: str = "đối chiếu hồ sơ") -> None:
    RecordView.objects.create(
        subject=subject,
        viewer_name=name,
        agency_name="Sở Y tế",
        what=RecordPart.IDENTITY,
        reason=reason,
    )


@pytest.mark.parametrize("page", [*PAGES, f"{BASE}du-lieu/xoa-tai-khoan/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_page_opens_in_both_languages(
    client: Client, citizen: Any, page: str, prefix: str
) -> None:
    client.force_login(citizen)
    look(citizen)
    answer = client.get(prefix + page)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_each_page_shows_its_owner_alone(
    client: Client, citizen: Any, make_citizen: Callable[..., Any], page: str
) -> None:
    other = make_citizen(username="nguoikhac", phone="+84907654321", full_name="Người Khác")
    look(other, name="Cán bộ Bí mật")
    log_event(other, EventKind.DETAILS_CHANGED, field="street", before="", after="Phố Bí mật")
    client.force_login(citizen)
    text = client.get(page).content.decode()
    assert "Bí mật" not in text
    assert "Người Khác" not in text


@pytest.mark.parametrize("page", [HISTORY, VIEWS, SESSIONS, BASE])
def test_queries_do_not_grow(
    client: Client, citizen: Any, sign_in: Callable[..., None], page: str
) -> None:
    sign_in(client, citizen)
    sign_in(Client(), citizen)
    look(citizen)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    count()
    few = count()
    for number in range(15):
        look(citizen)
        log_event(citizen, EventKind.CHANNELS_CHANGED, field="phone", n=number)
    for _number in range(3):
        sign_in(Client(), citizen)
    assert count() == few


def test_the_history_is_told_in_words_and_in_pages(client: Client, citizen: Any) -> None:
    client.force_login(citizen)
    log_event(
        citizen, EventKind.PHONE_CHANGED, field="phone", before="09•• ••• 111", after="09•• ••• 222"
    )
    text = client.get(HISTORY).content.decode()
    assert "Số điện thoại: 09•• ••• 111 → 09•• ••• 222" in text
    for _number in range(25):
        log_event(citizen, EventKind.SESSIONS_ENDED, count=2)
    text = client.get(HISTORY).content.decode()
    assert text.count("2 phiên") == 20
    assert "?trang=2" in text
    for page in ("2", "99", "x", "-1"):
        assert client.get(HISTORY, {"trang": page}).status_code == 200


def test_who_looked_is_told_with_reason(client: Client, citizen: Any) -> None:
    client.force_login(citizen)
    assert "Chưa có ai" in client.get(VIEWS).content.decode()
    look(citizen, reason="<b>đối chiếu</b>")
    text = client.get(VIEWS).content.decode()
    for words in ("Cán bộ Minh hoạ", "Sở Y tế", "&lt;b&gt;đối chiếu"):
        assert words in text


def test_sessions_are_listed_and_ended(
    client: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    phone, library = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/120"), Client()
    for browser in (client, phone, library):
        sign_in(browser, citizen)
    text = client.get(SESSIONS).content.decode()
    assert "Chrome trên Android" in text
    assert "thiết bị này" in text
    own = citizen.usersession_set.get(user_agent__contains="Android")
    client.post(f"{SESSIONS}{own.pk}/ket-thuc/")
    assert phone.get(SESSIONS).status_code == 302
    assert library.get(SESSIONS).status_code == 200
    client.post(f"{SESSIONS}ket-thuc/")
    assert library.get(SESSIONS).status_code == 302
    assert client.get(SESSIONS).status_code == 200
    events = AccountEvent.objects.filter(user=citizen, kind=EventKind.SESSIONS_ENDED)
    assert events.count() == 2
    client.post(f"{SESSIONS}ket-thuc/")  # nothing left: nothing happens
    assert events.count() == 2


def test_nobody_ends_the_session_of_another(
    client: Client, citizen: Any, make_citizen: Callable[..., Any], sign_in: Callable[..., None]
) -> None:
    other = make_citizen(username="nguoikhac", phone="+84907654321")
    theirs = Client()
    sign_in(theirs, other)
    sign_in(client, citizen)
    key = other.usersession_set.get().pk
    assert client.post(f"{SESSIONS}{key}/ket-thuc/").status_code == 404
    assert theirs.get(SESSIONS).status_code == 200
    assert client.get(f"{SESSIONS}{key}/ket-thuc/").status_code == 405


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; like Mac OS X) Safari/604",
            "Safari trên iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Edg/120",
            "Microsoft Edge trên Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120 Chrome/120", "Cốc Cốc trên Windows"),
        ("", "thiết bị không rõ"),
        ("<script>", "thiết bị không rõ"),
    ],
)
def test_devices_are_told_in_words(agent: str, words: str) -> None:
    assert describe_device(agent) == words


def test_one_channel_at_least_and_only_those_that_arrive(client: Client, citizen: Any) -> None:
    citizen.email = "lucbinh@motcua.example"
    citizen.save()
    client.force_login(citizen)
    assert 'name="email"' not in client.get(CHANNELS).content.decode()
    answer = client.post(CHANNELS, {"email": "on", "language": "vi"})
    assert answer.context["form"].errors
    citizen.email_proven_at = timezone.now()
    citizen.save()
    answer = client.post(CHANNELS, {"email": "on", "language": "en"})
    assert answer["Location"] == CHANNELS
    citizen.refresh_from_db()
    assert (citizen.notify_by_phone, citizen.notify_by_email) == (False, True)
    assert citizen.language == "en"


def test_who_has_no_proven_channel_is_led_on(client: Client, citizen: Any) -> None:
    citizen.phone_proven_at = None
    citizen.save()
    client.force_login(citizen)
    answer = client.post(CHANNELS, {"language": "vi"})
    assert answer.status_code == 200
    assert "thong-tin" in answer.content.decode()


def test_consents_are_withdrawn_and_given_again(client: Client, citizen: Any) -> None:
    client.force_login(citizen)
    for _click in range(2):
        client.post(CONSENTS, {"purpose": "reuse", "do": "withdraw"})
    own = Consent.objects.filter(user=citizen, purpose="reuse")
    assert own.get().withdrawn_at is not None
    Consent.objects.filter(user=citizen).update(granted_at=timezone.now() - timedelta(days=1))
    for _click in range(2):
        client.post(CONSENTS, {"purpose": "reuse", "do": "give"})
    assert own.count() == 2  # the history stays
    assert own.filter(withdrawn_at=None).count() == 1
    text = client.get(CONSENTS).content.decode()
    assert "rút lại" in text
    assert "xóa tài khoản" in text


@pytest.mark.parametrize("purpose", ["terms", "", "khac"])
def test_the_account_itself_is_not_withdrawn_here(
    client: Client, citizen: Any, purpose: str
) -> None:
    client.force_login(citizen)
    assert client.post(CONSENTS, {"purpose": purpose, "do": "withdraw"}).status_code == 302
    assert Consent.objects.filter(user=citizen, withdrawn_at=None).count() == 2
