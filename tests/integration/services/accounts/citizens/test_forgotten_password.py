"""A forgotten password: part IV of the citizens' guide, its dead ends, nothing told of accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.accounts import actions
from services.accounts.exceptions import (
    ExpiredCodeError,
    SpentCodeError,
    TooSoonError,
    WrongCodeError,
)
from services.accounts.models import AccountEvent, OneTimeCode, ResetRequest, User
from services.accounts.states import EventKind
from services.notifications.models import Mail
from tests.conftest import CAPTCHA_DIGITS
from tests.integration.services.accounts.citizens.conftest import FORM, Codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captcha_answers")]
ASK, CODE = "/tai-khoan/quen-mat-khau/", "/tai-khoan/quen-mat-khau/ma/"
SIGN_IN = "/tai-khoan/dang-nhap/"
PHONE, EMAIL = "+84901234567", "lucbinh@motcua.example"
NEW = "một câu mới dễ nhớ 5"


@pytest.fixture
def person(register: Callable[..., Any], codes: Codes) -> Any:
    """Somebody whose phone number and e-mail address are proven."""
    user = register(email=EMAIL)
    actions.activate_account(user, codes.to(PHONE), now=timezone.now())
    User.objects.update(email_proven_at=timezone.now())
    OneTimeCode.objects.all().delete()
    codes.sent.clear()
    user.refresh_from_db()
    return user


def work() -> None:
    """Do what the worker does after the request."""
    for key in ResetRequest.objects.exclude(name="").values_list("pk", flat=True):
        actions.send_reset_codes(key)


def ask(client: Client, name: str = "lucbinh90", **more: str) -> Any:
    answer = client.post(ASK, {"login": name, **captcha(client), **more})
    work()
    return answer


def captcha(client: Client) -> dict[str, str]:
    token = client.get(ASK).context["form"]["captcha_token"].value()
    return {"captcha_token": token, "captcha": CAPTCHA_DIGITS}


def enter(client: Client, code: str, password: str = NEW, again: str | None = None) -> Any:
    again = password if again is None else again
    return client.post(CODE, {"code": code, "password": password, "password_again": again})


def later(minutes: float = 2) -> None:
    """Let time pass for all that was asked."""
    gap = timedelta(minutes=minutes)
    for row in ResetRequest.objects.all():
        row.asked_at -= gap
        row.expires_at -= gap
        row.sendings = [at - gap.total_seconds() for at in row.sendings]
        row.save()
    for code in OneTimeCode.objects.all():
        code.created_at -= gap
        code.expires_at -= gap
        code.save()


def test_the_labels_are_those_of_the_guide(client: Client) -> None:
    page = client.get(ASK).content.decode()
    for label in ("Quên mật khẩu", "Tên truy cập", "Gửi mật khẩu mới"):
        assert label in page
    ask(client)
    page = client.get(CODE).content.decode()
    for label in ("Mật khẩu mới", "Nhập lại mật khẩu mới"):
        assert label in page


@pytest.mark.parametrize("name", ["lucbinh90", " LucBinh90 ", "0901 234 567", "+84 901234567"])
def test_a_new_password_by_code(client: Client, person: Any, codes: Codes, name: str) -> None:
    answer = ask(client, name)
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert {address for address, _digits in codes.sent} == {PHONE, EMAIL}
    answer = enter(client, codes.to(EMAIL))
    assert (answer.status_code, answer["Location"]) == (302, SIGN_IN)
    assert "_auth_user_id" not in client.session
    assert "Mật khẩu đã được đổi" in client.get(SIGN_IN).content.decode()
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert AccountEvent.objects.filter(user=person, kind=EventKind.PASSWORD_RESET).count() == 1
    assert any("mật khẩu mới" in mail.text.lower() for mail in Mail.objects.filter(is_secret=False))
    assert client.post(SIGN_IN, {"login": "lucbinh90", "password": NEW}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_other_sessions_end_and_this_one_too(client: Client, person: Any, codes: Codes) -> None:
    thief = Client()
    thief.post(SIGN_IN, {"login": "lucbinh90", "password": FORM["password"]})
    assert thief.get("/trang-ca-nhan/").status_code == 200
    client.post(SIGN_IN, {"login": "lucbinh90", "password": FORM["password"]})
    assert client.get(ASK).status_code == 200  # also for somebody who is signed in
    ask(client)
    enter(client, codes.to(PHONE))
    for device in (thief, client):
        assert device.get("/trang-ca-nhan/").status_code == 302


def test_the_way_back_is_kept(client: Client, person: Any, codes: Codes) -> None:
    ask(client, next="/thu-tuc/?q=khai+sinh")
    answer = enter(client, codes.to(PHONE))
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fthu-tuc%2F%3Fq%3Dkhai%2Bsinh"
    ask(client, next="//evil.example/")
    later()
    assert "evil" not in str(client.session.items())


def unknown() -> str:
    return "khongcoai"


def unactivated() -> str:
    User.objects.update(needs_activation=True)
    return "lucbinh90"


def without_contact() -> str:
    User.objects.update(phone_proven_at=None, email_proven_at=None)
    return "lucbinh90"


def closed() -> str:
    User.objects.update(is_active=False)
    return "lucbinh90"


def deleted() -> str:
    User.objects.update(deleted_at=timezone.now())
    return "lucbinh90"


def demonstration() -> str:
    User.objects.update(is_demo=True)
    return "lucbinh90"


def limited() -> str:
    for number in range(5):
        asked = timezone.now() - timedelta(minutes=20 + number)
        OneTimeCode.objects.create(
            user=User.objects.get(), purpose="reset", channel="phone", address=PHONE,
            digest=f"{number}", created_at=asked, expires_at=asked,
        )  # fmt: skip
    return "lucbinh90"


STATES = [unknown, unactivated, without_contact, closed, deleted, demonstration, limited]


def transcript(client: Client, name: str) -> list[tuple[Any, ...]]:
    """Everything that a visitor sees and that a clock could count, without the name itself."""
    seen = []
    posted = {"code": "000000", "password": NEW, "password_again": NEW}
    steps = [("get", ASK, {}), ("post", ASK, {"login": name}), ("get", CODE, {})]
    steps += [("post", CODE, posted)] * 6
    steps += [("post", f"{CODE}gui-lai/", {}), ("get", CODE, {})]
    for method, path, given in steps:
        data = {**given, **captcha(client)} if method == "post" and path == ASK else given
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(path, data)
        work()
        text = answer.content.decode().replace(name, "…")
        text = re.sub(r'value="[A-Za-z0-9]{64}"|nonce-\S+|(?<=data-wait=")\d+', "", text)
        text = re.sub(r"\d\d(:| giờ )\d\d", "", text)
        text = re.sub(r"ma-xac-nhan/[^/]+|[\w-]{32}", "", text)
        text = re.sub(r"sau \d+ giây nữa", "", text)
        count = sum("django_session" not in query["sql"] for query in queries)
        seen.append((path, answer.status_code, answer.get("Location"), count, text))
    return seen


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_told_of_accounts(
    client: Client, person: Any, codes: Codes, state: Callable[[], str], monkeypatch: Any
) -> None:
    monkeypatch.setattr("services.accounts.actions.codes.new_code", lambda: "987654")
    Client().get(ASK)
    known = transcript(Client(), "lucbinh90")
    assert len(codes.sent) == 2
    codes.sent.clear()
    ResetRequest.objects.all().delete()
    OneTimeCode.objects.all().delete()
    name = state()
    assert transcript(Client(), name) == known
    assert codes.sent == []


def test_an_expired_code_is_told_and_a_new_one_is_one_press_away(
    client: Client, person: Any, codes: Codes
) -> None:
    ask(client)
    later(11)
    page = enter(client, codes.to(PHONE)).content.decode()
    assert "không còn hiệu lực" in page
    assert client.post(f"{CODE}gui-lai/")["Location"] == CODE
    work()
    assert enter(client, codes.to(PHONE))["Location"] == SIGN_IN


def test_a_wrong_code_five_times(client: Client, person: Any, codes: Codes) -> None:
    ask(client)
    for left in (4, 3, 2, 1):
        assert f"Còn {left} lần nhập" in enter(client, codes.wrong()).content.decode()
    for typed in (codes.wrong(), codes.to(PHONE)):
        assert "nhập sai quá nhiều" in enter(client, typed).content.decode()
    later()
    client.post(f"{CODE}gui-lai/")
    work()
    assert enter(client, codes.to(PHONE))["Location"] == SIGN_IN


def test_guessing_is_counted_across_names_and_devices(person: Any, codes: Codes) -> None:
    now = timezone.now()
    for name in ("lucbinh90", "0901234567"):
        actions.ask_reset(name, now=now)
        work()
    assert len(codes.sent) == 2  # one sending for both names
    for name in ("lucbinh90", "0901234567", "lucbinh90", "0901234567"):
        with pytest.raises(WrongCodeError):
            actions.reset_password(name, codes.wrong(), NEW, now=now)
    for name in ("lucbinh90", "0901234567"):
        with pytest.raises(WrongCodeError):
            actions.reset_password(name, codes.wrong(), NEW, now=now)
    with pytest.raises(WrongCodeError):  # what is told follows the name, the code is spent
        actions.reset_password("lucbinh90", codes.to(PHONE), NEW, now=now)
    person.refresh_from_db()
    assert not person.check_password(NEW)


def test_a_closed_tab(client: Client, person: Any, codes: Codes) -> None:
    ask(client)
    again = Client()
    assert again.get(CODE)["Location"] == ASK  # another browser knows nothing
    answer = ask(again)
    assert answer["Location"] == CODE  # the code sent before still counts
    assert "Có thể gửi mã khác sau" in again.get(CODE).content.decode()
    assert enter(again, codes.to(PHONE))["Location"] == SIGN_IN


def test_a_second_device(client: Client, person: Any, codes: Codes) -> None:
    ask(client, "0901234567")
    phone = Client()
    ask(phone, "0901 234 567")
    assert enter(phone, codes.to(PHONE))["Location"] == SIGN_IN
    page = enter(client, codes.to(PHONE)).content.decode()  # the first one comes back
    assert "không còn hiệu lực" in page


def test_resending_waits(client: Client, person: Any, codes: Codes) -> None:
    ask(client)
    assert 'data-wait="' in client.get(CODE).content.decode()
    client.post(f"{CODE}gui-lai/")
    work()
    assert "Có thể gửi mã khác sau" in client.get(CODE).content.decode()
    assert len(codes.sent) == 2
    later()
    client.post(f"{CODE}gui-lai/")
    work()
    assert len(codes.sent) == 4


@pytest.mark.parametrize("name", ["lucbinh90", "khongcoai"])
def test_sendings_are_limited_by_hour_and_day(person: Any, name: str) -> None:
    now = timezone.now()
    for minute in (0, 2, 4, 6, 8):
        actions.ask_reset(name, now=now + timedelta(minutes=minute))
    with pytest.raises(TooSoonError) as error:
        actions.ask_reset(name, now=now + timedelta(minutes=10))
    assert error.value.seconds == 50 * 60
    for hour in (2, 3, 4, 5, 6):
        actions.ask_reset(name, now=now + timedelta(hours=hour))
    with pytest.raises(TooSoonError) as error:
        actions.ask_reset(name, now=now + timedelta(hours=12))
    assert error.value.seconds == 12 * 60 * 60
    actions.ask_reset(name, now=now + timedelta(hours=24, minutes=1))


def test_without_a_confirmed_contact_the_page_shows_a_way(client: Client, person: Any) -> None:
    without_contact()
    ask(client)
    page = client.get(CODE).content.decode()
    assert "bộ phận một cửa" in page.lower()
    assert not OneTimeCode.objects.exists()


BAD = [
    {"password": "ngan", "password_again": "ngan"},
    {"password": "1234567890", "password_again": "1234567890"},
    {"password": "lucbinh90xx", "password_again": "lucbinh90xx"},
    {"password_again": "khác hẳn câu trên"},
    {"password_again": ""},
    {"code": ""},
    {"code": "x" * 10_000},
    {"code": "²³\u202e🙂"},
    {"password": "x" * 10_000},
]


@pytest.mark.parametrize("given", BAD)
def test_bad_input_is_told_and_no_attempt_is_lost_for_a_password(
    client: Client, person: Any, codes: Codes, given: dict[str, str]
) -> None:
    ask(client)
    good = {"code": codes.to(PHONE), "password": NEW, "password_again": NEW}
    answer = client.post(CODE, {**good, **given})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert NEW not in answer.content.decode()
    assert enter(client, codes.to(PHONE))["Location"] == SIGN_IN


@pytest.mark.parametrize("name", ["", "x" * 10_000, "a\x00b", "🙂" * 60, "\u202e", "ı" * 250])
def test_any_name_is_answered(client: Client, name: str) -> None:
    assert ask(client, name).status_code in (200, 302)


def test_a_code_for_something_else_sets_no_password(person: Any, codes: Codes) -> None:
    now = timezone.now()
    actions.ask_reset("lucbinh90", now=now)
    work()
    with pytest.raises(ExpiredCodeError):
        actions.reset_password("0907654321", codes.to(PHONE), NEW, now=now)
    actions.reset_password("lucbinh90", codes.to(PHONE), NEW, now=now)
    with pytest.raises(ExpiredCodeError):
        actions.reset_password("lucbinh90", codes.to(PHONE), "một câu khác nữa 6", now=now)


def test_the_captcha_is_asked_for(client: Client, person: Any, codes: Codes) -> None:
    answer = client.post(ASK, {"login": "lucbinh90"})
    assert set(answer.context["form"].errors) == {"captcha"}
    used = captcha(client)
    assert client.post(ASK, {"login": "khongcoai", **used}).status_code == 302
    assert client.post(ASK, {"login": "lucbinh90", **used}).status_code == 200
    work()
    assert codes.sent == []


def test_one_address_may_not_ask_for_ever(client: Client) -> None:
    for number in range(60):
        assert client.post(ASK, {"login": f"nguoi{number}"}).status_code == 200
    answer = client.post(ASK, {"login": "nguoi60"})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Thử lại sau 1 phút" in answer.content.decode()


def test_spent_is_spent_for_nobody_too() -> None:
    now = timezone.now()
    actions.ask_reset("khongcoai", now=now)
    for _entry in range(4):
        with pytest.raises(WrongCodeError):
            actions.reset_password("khongcoai", "000000", NEW, now=now)
    for _entry in range(2):
        with pytest.raises(SpentCodeError):
            actions.reset_password("khongcoai", "000000", NEW, now=now)
