"""A user name that is a phone number takes that number from nobody who has verified it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.accounts import actions
from services.accounts.actions.contacts import confirm_contact
from services.accounts.models import ResetRequest, User
from services.accounts.selectors import find_by_sign_in_name
from services.accounts.states import Channel
from tests.conftest import CAPTCHA_DIGITS
from tests.integration.services.accounts.citizens.conftest import FORM, Codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captcha_answers")]
REGISTER, SIGN_IN = "/tai-khoan/dang-ky/", "/tai-khoan/dang-nhap/"
CONFIRM = "/tai-khoan/xac-nhan-mat-khau/"
NUMBER, PHONE = "0901234567", "+84901234567"
OTHERS = "mật khẩu của người kia 3"
EMAIL = "nguoila@motcua.example"
REFUSED = {
    "": "phải đúng số điện thoại đã khai",
    "/en": "must be the one that you give as yours",
}


@pytest.fixture
def holder(register: Callable[..., Any], codes: Codes) -> Any:
    """Somebody who has verified the number."""
    user = register()
    actions.activate_account(user, codes.to(PHONE), now=timezone.now())
    return user


@pytest.fixture
def stranger(register: Callable[..., Any], codes: Codes) -> Any:
    """Somebody who goes by that number, gave it as theirs, and has proven an e-mail address."""
    user = register(username=NUMBER, password=OTHERS, email=EMAIL)
    actions.activate_account(user, codes.to(EMAIL), now=timezone.now())
    user.refresh_from_db()
    return user


def sign_in(client: Client, name: str, password: str) -> int | None:
    client.post(SIGN_IN, {"login": name, "password": password})
    key = client.session.get("_auth_user_id")
    return int(key) if key else None


@pytest.mark.parametrize("name", [NUMBER, "0901 234 567", PHONE])
def test_the_holder_signs_in_by_number(
    client: Client, stranger: Any, holder: Any, name: str
) -> None:
    assert sign_in(client, name, FORM["password"]) == holder.pk


def test_the_codes_for_a_new_password_go_to_the_holder(
    stranger: Any, holder: Any, codes: Codes
) -> None:
    codes.sent.clear()
    actions.ask_reset(NUMBER, now=timezone.now())
    actions.send_reset_codes(ResetRequest.objects.get().pk)
    assert [address for address, _digits in codes.sent] == [PHONE]


def test_who_goes_by_a_foreign_number_is_not_locked_out(stranger: Any, holder: Any) -> None:
    for name in (NUMBER, EMAIL):
        client = Client()
        assert sign_in(client, name, OTHERS) == stranger.pk
    for password, status in ((FORM["password"], 200), (OTHERS, 302)):
        assert client.post(CONFIRM, {"password": password}).status_code == status


def test_who_is_interrupted_goes_on_under_a_shared_number(
    holder: Any, register: Callable[..., Any], codes: Codes
) -> None:
    register(username=NUMBER, password=OTHERS)
    answer = Client().post(SIGN_IN, {"login": NUMBER, "password": OTHERS})
    assert answer["Location"] == "/tai-khoan/kich-hoat/"


@pytest.mark.parametrize("is_held", [True, False])
def test_an_unproven_number_brings_its_user_no_codes(
    stranger: Any, codes: Codes, register: Callable[..., Any], is_held: bool
) -> None:
    """So that nobody can find out in this way whether somebody holds the number."""
    if is_held:
        confirm_contact(register(), Channel.PHONE, PHONE, now=timezone.now())
    codes.sent.clear()
    for number, name in enumerate((NUMBER, EMAIL)):
        actions.ask_reset(name, now=timezone.now())
        actions.send_reset_codes(ResetRequest.objects.exclude(name="").get().pk)
        assert (EMAIL in dict(codes.sent)) == bool(number)


def test_as_many_hashes_whoever_holds_a_number(
    stranger: Any, holder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    kind = type(get_hasher())
    encode = kind.encode
    monkeypatch.setattr(kind, "encode", lambda *args: hashed.append(1) or encode(*args))
    counts = {}
    for name in (NUMBER, PHONE, "0907654321", "khongcoai", "lucbinh90", EMAIL):
        hashed.clear()
        assert sign_in(Client(), name, "sai rồi sai rồi") is None
        counts[name] = len(hashed)
    assert list(counts.values()) == [2, 2, 2, 1, 1, 1]


def test_who_shares_the_number_keeps_it_as_a_name(stranger: Any, holder: Any) -> None:
    assert not confirm_contact(stranger, Channel.PHONE, PHONE, now=timezone.now())
    assert sign_in(Client(), NUMBER, OTHERS) == stranger.pk
    assert sign_in(Client(), "lucbinh90", FORM["password"]) == holder.pk


def test_a_name_with_letters_is_no_number(holder: Any) -> None:
    user = User.objects.create(username="0901abcdef")  # on old keys this is 0901 222 333
    User.objects.filter(pk=holder.pk).update(phone="+84901222333")
    assert find_by_sign_in_name("0901abcdef") == user
    assert find_by_sign_in_name("0901222333") == holder


def test_as_many_queries_whoever_is_meant(stranger: Any, holder: Any) -> None:
    counts = set()
    for name in (NUMBER, PHONE, "0907654321", EMAIL, "lucbinh90", "khongcoai"):
        with CaptureQueriesContext(connection) as queries:
            find_by_sign_in_name(name)
        counts.add(len(queries))
    assert counts == {3}


def send(prefix: str = "", **given: str) -> Any:
    client = Client()
    token = client.get(prefix + REGISTER).context["form"]["captcha_token"].value()
    form = {**FORM, "captcha_token": token, "captcha": CAPTCHA_DIGITS, **given}
    return client.post(prefix + REGISTER, form)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("number", ["0907654321", "84907654321", "090.765.4321"])
def test_another_number_is_refused_as_a_name(prefix: str, number: str) -> None:
    answer = send(prefix, username=number)
    assert set(answer.context["form"].errors) == {"username"}
    assert REFUSED[prefix] in answer.content.decode()
    assert not User.objects.exists()


def test_refusing_tells_nothing_of_the_number(holder: Any, stranger: Any) -> None:
    told = []
    for number in (NUMBER, "0912345678"):
        with CaptureQueriesContext(connection) as queries:
            answer = send(username=number, phone="0907 654 321")
        told.append((answer.status_code, answer.context["form"].errors, len(queries)))
    assert told[0] == told[1]
    assert set(told[0][1]) == {"username"}


@pytest.mark.parametrize("name", [NUMBER, "84901234567", "0201234567", "lucbinh.0907654321"])
def test_the_own_number_and_other_names_will_do(name: str) -> None:
    assert send(username=name).status_code == 302
    assert User.objects.get().username == name


def test_a_mistyped_number_is_told_alone() -> None:
    answer = send(username=NUMBER, phone="090")
    assert set(answer.context["form"].errors) == {"phone"}
