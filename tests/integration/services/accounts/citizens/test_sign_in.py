"""Signing in and out: plain errors, limits with the time to wait, ways back, what thieves try."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache, caches
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from services.accounts import actions
from services.accounts.models import User
from tests.integration.services.accounts.citizens.conftest import FORM, Codes

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"
SIGN_OUT = "/tai-khoan/dang-xuat/"
PHONE = "+84901234567"
GOOD = {"login": "lucbinh90", "password": FORM["password"]}
MISMATCH = "Tên truy cập hoặc mật khẩu không đúng."


@pytest.fixture
def person(register: Callable[..., Any], codes: Codes) -> Any:
    user = register()
    actions.activate_account(user, codes.to(PHONE), now=timezone.now())
    user.refresh_from_db()
    return user


def errors_of(answer: Any) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in answer.context["form"].errors.items()}


@pytest.mark.parametrize("name", ["lucbinh90", "LUCBINH90", "0901 234 567", "+84901234567"])
def test_names_to_sign_in_with(client: Client, person: Any, name: str) -> None:
    answer = client.post(SIGN_IN, {**GOOD, "login": name})
    assert (answer.status_code, answer["Location"]) == (302, "/trang-ca-nhan/")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_name_and_a_wrong_password_are_told_alike(client: Client, person: Any) -> None:
    told = []
    for given in ({"password": "sai rồi sai rồi"}, {"login": "khongcoai"}):
        answer = client.post(SIGN_IN, {**GOOD, **given})
        told.append((answer.status_code, errors_of(answer)))
        assert 'id="id_password_error"' in answer.content.decode()
    assert told == [(200, {"password": [MISMATCH]})] * 2


@pytest.mark.parametrize("given", [{"login": ""}, {"password": ""}])
def test_an_empty_field_is_told_beside_it(client: Client, given: dict[str, str]) -> None:
    answer = client.post(SIGN_IN, {**GOOD, **given})
    label = {"login": "Tên truy cập", "password": "Mật khẩu"}[next(iter(given))]
    assert errors_of(answer) == {name: [f"Hãy điền “{label}”."] for name in given}


@pytest.mark.parametrize("value", ["x" * 10_000, "a\x00b", "🙂" * 80, "\u202eab", "ı"])
def test_any_input_is_answered(client: Client, person: Any, value: str) -> None:
    for field in GOOD:
        assert client.post(SIGN_IN, {**GOOD, field: value}).status_code == 200


@pytest.mark.parametrize("name", ["lucbinh90", "khongcoai"])
def test_five_failures_lock_the_name_and_tell_how_long(
    client: Client, person: Any, name: str
) -> None:
    for _attempt in range(5):
        answer = client.post(SIGN_IN, {"login": name, "password": "sai rồi sai rồi"})
        assert errors_of(answer) == {"password": [MISMATCH]}
    answer = Client(REMOTE_ADDR="203.0.113.9").post(SIGN_IN, {**GOOD, "login": name})
    assert errors_of(answer) == {"password": ["Nhập sai quá nhiều lần. Thử lại sau 5 phút."]}
    assert client.post(SIGN_IN, {**GOOD, "login": "nguoikhac"}).status_code == 200


def test_the_ways_to_write_a_number_count_together(client: Client, person: Any) -> None:
    ways = ["0901234567", "0901 234 567", "+84901234567", "84.901.234.567", " 0901-234-567 "]
    for name in ways:
        client.post(SIGN_IN, {"login": name, "password": "sai rồi sai rồi"})
    answer = client.post(SIGN_IN, {**GOOD, "login": "(0901)234567"})
    assert "Thử lại sau" in errors_of(answer)["password"][0]


def test_success_takes_no_attempt(client: Client, person: Any) -> None:
    for _visit in range(7):
        device = Client()
        assert device.post(SIGN_IN, GOOD).status_code == 302


def test_a_flood_from_one_address_is_told_how_long(
    client: Client, settings: Settings, person: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _visit in range(2):
        client.post(SIGN_IN, {**GOOD, "login": "khongcoai"})
    answer = client.post(SIGN_IN, GOOD)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Thử lại sau 1 phút" in answer.content.decode()
    assert "Try again in 1 minute" in client.post("/en" + SIGN_IN, GOOD).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_limits_hold_across_workers(settings: Settings) -> None:
    """Twelve threads with a connection and a cache of their own, as processes have."""
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
    settings.CACHES = {"default": table}
    cache.clear()
    User.objects.create_user("lucbinh90", password=FORM["password"])
    told: list[str] = []

    def fail() -> None:
        try:
            answer = Client().post(SIGN_IN, {**GOOD, "password": "sai rồi sai rồi"})
            told.append(answer.content.decode())  # the context may be another thread's
        finally:
            caches.close_all()
            connections.close_all()

    threads = [threading.Thread(target=fail) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(told) == 12
    assert 0 < sum(MISMATCH in page for page in told) <= 5
    assert "Thử lại sau" in errors_of(Client().post(SIGN_IN, GOOD))["password"][0]
    cache.clear()


@pytest.mark.parametrize("next_page", ["/thu-tuc/?q=khai+sinh&trang=2", "/huong-dan/#phan-2"])
def test_people_come_back_to_where_they_were(client: Client, person: Any, next_page: str) -> None:
    asked = client.get(f"{SIGN_IN}?{urlencode({'next': next_page})}")
    assert asked.context["next"] == next_page
    refused = client.post(SIGN_IN, {**GOOD, "password": "sai rồi", "next": next_page})
    assert refused.context["next"] == next_page
    page = refused.content.decode()
    assert f"/tai-khoan/dang-ky/?{urlencode({'next': next_page}).replace('%2F', '/')}" in page
    answer = client.post(SIGN_IN, {**GOOD, "next": next_page})
    assert answer["Location"] == next_page


FOREIGN = [
    "//evil.example", "///evil.example", "https://evil.example/", "https:evil.example",
    "http:///evil.example", "\\\\evil.example", "/\\evil.example", "javascript:alert(1)",
    "\thttps://evil.example", "/\t/evil.example", "//evil.example\\@testserver", "ftp://testserver/",
]  # fmt: skip


@pytest.mark.parametrize("asked", FOREIGN)
def test_nobody_is_led_to_a_foreign_address(client: Client, person: Any, asked: str) -> None:
    for method in ("post", "get"):
        visitor = Client()
        target = f"{SIGN_IN}?{urlencode({'next': asked})}"
        assert visitor.get(target).context["next"] == ""
        data = {**GOOD, "next": asked} if method == "post" else GOOD
        answer = visitor.post(SIGN_IN if method == "post" else target, data)
        assert answer["Location"] == "/trang-ca-nhan/"
        assert visitor.get(target)["Location"] == "/trang-ca-nhan/"
        assert visitor.post(SIGN_OUT, {"next": asked})["Location"] == "/"


def test_a_session_that_was_planted_is_left_behind(client: Client, person: Any) -> None:
    client.post("/tai-khoan/quen-mat-khau/", {"login": "ai"})  # a session before the sign-in
    planted = client.session.session_key
    thief = Client()
    thief.cookies["sessionid"] = planted
    client.post(SIGN_IN, GOOD)
    assert client.session.session_key != planted
    assert thief.get("/trang-ca-nhan/").status_code == 302
    old = client.session.session_key
    client.post(SIGN_OUT)
    thief.cookies["sessionid"] = old
    assert thief.get("/trang-ca-nhan/").status_code == 302


@pytest.mark.parametrize(
    "path", [SIGN_IN, SIGN_OUT, "/tai-khoan/quen-mat-khau/", "/tai-khoan/quen-mat-khau/ma/"]
)
def test_forms_of_other_sites_are_refused(person: Any, path: str) -> None:
    victim = Client(enforce_csrf_checks=True)
    victim.force_login(person)
    assert victim.post(path, GOOD).status_code == 403
    assert "_auth_user_id" in victim.session


def test_the_menu_signs_out_at_once(person: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    page = client.get("/trang-ca-nhan/").content.decode()
    assert page.count(f'<form method="post" action="{SIGN_OUT}">') == 2  # wide and narrow menu
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = client.post(SIGN_OUT, {"csrfmiddlewaretoken": token})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "_auth_user_id" not in client.session


def test_a_link_does_not_sign_out(client: Client, person: Any) -> None:
    client.force_login(person)
    assert client.get(SIGN_OUT).status_code == 200
    assert "_auth_user_id" in client.session


def test_the_password_is_not_given_back(client: Client, person: Any) -> None:
    page = client.post(SIGN_IN, {**GOOD, "login": "khongcoai"}).content.decode()
    assert FORM["password"] not in page
    assert "khongcoai" in page


def test_a_closed_account_is_told_to_its_owner_alone(client: Client, person: Any) -> None:
    User.objects.update(is_active=False)
    assert client.post(SIGN_IN, GOOD)["Location"] == "/tai-khoan/tam-khoa/"
    answer = client.post(SIGN_IN, {**GOOD, "password": "sai rồi sai rồi"})
    assert errors_of(answer) == {"password": [MISMATCH]}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_signing_out_keeps_the_language(client: Client, person: Any, prefix: str) -> None:
    client.force_login(person)
    assert client.post(f"{prefix}{SIGN_OUT}")["Location"] == f"{prefix}/"
