"""The demonstration account signs in only where DEBUG is on; nobody else is affected."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from pytest_django import Settings

from services.accounts.models import User

pytestmark = pytest.mark.django_db


def make_user(*, is_demo: bool) -> User:
    return User.objects.create_superuser(
        "nguyen.van.a", "a@motcua.example", "mat-khau-mau-1", is_demo=is_demo
    )


@pytest.mark.parametrize(
    ("is_demo", "debug", "admitted"),
    [(True, False, False), (True, True, True), (False, False, True), (False, True, True)],
)
def test_password(settings: Settings, is_demo: bool, debug: bool, admitted: bool) -> None:
    make_user(is_demo=is_demo)
    settings.DEBUG = debug
    user = authenticate(username="nguyen.van.a", password="mat-khau-mau-1")
    assert (user is not None) is admitted


def test_login_page_refuses_the_demo_account(client: Client) -> None:
    make_user(is_demo=True)
    form = {"login": "nguyen.van.a", "password": "mat-khau-mau-1"}
    answer = client.post("/tai-khoan/dang-nhap/", form)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_session_ends_when_debug_is_switched_off(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    client.force_login(make_user(is_demo=True))
    assert client.get("/admin/").status_code == 200
    settings.DEBUG = False
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/tai-khoan/dang-nhap/?next=")
