"""Somebody with the national sign-on alone confirms by it: password, contacts, deletion."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from services.accounts.models import Person, User
from tests.integration.services.accounts.citizens.conftest import Codes
from tests.integration.services.accounts.national.conftest import START
from tests.oidc_provider import running

pytestmark = pytest.mark.django_db
SignOn = Callable[..., Any]
CONFIRM = "/tai-khoan/dinh-danh/quoc-gia/xac-nhan/"
PAGE = "/tai-khoan/xac-nhan-mat-khau/"
PASSWORD_PAGE = "/trang-ca-nhan/thong-tin/mat-khau/"
PHONE_PAGE = "/trang-ca-nhan/thong-tin/dien-thoai/"
DELETE_PAGE = "/trang-ca-nhan/du-lieu/xoa-tai-khoan/"
APP_PAGE = "/tai-khoan/xac-thuc-hai-buoc/bat/"
IMPORTANT = [PASSWORD_PAGE, PHONE_PAGE, DELETE_PAGE, APP_PAGE]
CITIZEN = {"TechID": "tech-7", "SoDinhDanh": "092190001234", "HoVaTen": "TRẦN THỊ LỤC BÌNH"}
PASSWORD = "con sông đỏ nước 9"


@pytest.fixture
def linked(provider: str, sign_on: SignOn) -> Client:
    """A browser in which somebody has signed in for the first time."""
    client = Client()
    sign_on(client, CITIZEN)
    return client


def is_asked(client: Client, page: str) -> bool:
    answer = client.get(page)
    return answer.status_code == 302 and answer["Location"].startswith(PAGE)


def assert_refused(client: Client, answer: Any, words: str) -> None:
    assert answer.status_code == 302
    assert answer["Location"].startswith(PAGE)
    assert words in client.get(answer["Location"]).content.decode()
    assert all(is_asked(client, page) for page in IMPORTANT)


@pytest.mark.parametrize("page", IMPORTANT)
def test_an_open_session_alone_does_not_suffice(linked: Client, page: str) -> None:
    assert is_asked(linked, page)
    linked.post(page, {"password": PASSWORD, "password_again": PASSWORD, "word": "XOÁ"})
    user = User.objects.get()
    assert (user.has_usable_password(), user.deleted_at) == (False, None)


def test_the_page_offers_the_way_in_both_languages(linked: Client, settings: Settings) -> None:
    page = linked.get(f"{PAGE}?next={PHONE_PAGE}").content.decode()
    assert "Xác nhận bằng định danh điện tử quốc gia (VNeID)" in page
    assert 'type="password"' not in page
    assert f'action="{CONFIRM}"' in page
    english = linked.get(f"/en{PAGE}?next=/en{PHONE_PAGE}").content.decode()
    assert "Confirm with the national e-identity (VNeID)" in english
    settings.SOCIALACCOUNT_PROVIDERS = {}
    none = linked.get(f"{PAGE}?next={PHONE_PAGE}").content.decode()
    assert "VNeID" not in none
    assert "bộ phận một cửa" in none.lower()
    assert is_asked(linked, PHONE_PAGE)


def test_the_provider_is_asked_to_sign_in_again(linked: Client) -> None:
    asked = parse_qs(urlsplit(linked.post(CONFIRM)["Location"]).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert asked["code_challenge"]


def test_the_first_password(linked: Client, sign_on: SignOn) -> None:
    answer = sign_on(linked, CITIZEN, PASSWORD_PAGE, at=CONFIRM)
    assert answer["Location"] == PASSWORD_PAGE
    given = {"password": PASSWORD, "password_again": "khác hẳn thế này"}
    assert set(linked.post(PASSWORD_PAGE, given).context["form"].errors) == {"password_again"}
    given["password_again"] = PASSWORD
    assert linked.post(PASSWORD_PAGE, given)["Location"] == "/trang-ca-nhan/thong-tin/"
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert linked.get("/trang-ca-nhan/").status_code == 200
    assert linked.get(PASSWORD_PAGE)["Location"] == "/trang-ca-nhan/thong-tin/"
    other = Client()
    other.post("/tai-khoan/dang-nhap/", {"login": user.username, "password": PASSWORD})
    assert other.get("/trang-ca-nhan/").status_code == 200
    assert is_asked(other, PHONE_PAGE)  # from now on the password does, and the sign-on too
    page = other.get(PAGE).content.decode()
    assert 'type="password"' in page
    assert CONFIRM in page


@pytest.mark.parametrize(
    ("page", "address", "field"),
    [
        (PHONE_PAGE, "0901 234 567", "phone"),
        ("/trang-ca-nhan/thong-tin/thu-dien-tu/", "chu@motcua.example", "email"),
    ],
)
def test_a_contact_is_proven_by_its_code(
    linked: Client, sign_on: SignOn, codes: Codes, page: str, address: str, field: str
) -> None:
    sign_on(linked, CITIZEN, page, at=CONFIRM)
    answer = linked.post(page, {"address": address})
    assert answer["Location"] == f"{page}ma/"
    linked.post(f"{page}ma/", {"code": codes.wrong()})
    assert not getattr(User.objects.get(), f"{field}_verified")
    linked.post(f"{page}ma/", {"code": codes.sent[-1][1]})
    user = User.objects.get()
    assert getattr(user, f"{field}_verified")


def test_what_was_typed_is_there_after_the_confirmation(linked: Client, sign_on: SignOn) -> None:
    interrupted = linked.post(PHONE_PAGE, {"address": "0901 234 567"})
    assert interrupted["Location"].startswith(PAGE)
    answer = sign_on(linked, CITIZEN, PHONE_PAGE, at=CONFIRM)
    assert answer["Location"] == PHONE_PAGE
    page = linked.get(PHONE_PAGE)
    assert page.context["has_kept"] is True
    assert page.context["form"]["address"].value() == "0901 234 567"


def test_a_button_that_was_pressed_goes_on(linked: Client, sign_on: SignOn) -> None:
    download = "/trang-ca-nhan/du-lieu/tai-ve/"
    assert linked.post(download)["Location"].startswith(PAGE)
    refused = sign_on(linked, {"TechID": "tech-9"}, download, at=CONFIRM)
    assert refused["Location"].startswith(PAGE)
    answer = sign_on(linked, CITIZEN, download, at=CONFIRM)
    assert answer["Content-Type"] == "application/json"
    assert "TRẦN THỊ LỤC BÌNH" in answer.content.decode()


def test_the_account_is_deleted(linked: Client, sign_on: SignOn) -> None:
    sign_on(linked, CITIZEN, DELETE_PAGE, at=CONFIRM)
    page = linked.get(DELETE_PAGE)
    assert list(page.context["form"].fields) == ["word"]
    assert linked.post(DELETE_PAGE, {"word": "không"}).status_code == 200
    answer = linked.post(DELETE_PAGE, {"word": page.context["word"]})
    assert answer["Location"] == "/tai-khoan/da-xoa/"
    assert User.objects.get().deleted_at
    assert not SocialAccount.objects.exists()


def test_it_counts_no_longer_than_a_password(linked: Client, sign_on: SignOn) -> None:
    sign_on(linked, CITIZEN, PHONE_PAGE, at=CONFIRM)
    assert not is_asked(linked, PHONE_PAGE)
    session = linked.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] -= 301
    session.save()
    assert all(is_asked(linked, page) for page in IMPORTANT)


def test_a_plain_sign_on_confirms_nothing(linked: Client, sign_on: SignOn) -> None:
    back = running.sign_in_there(linked.post(f"{START}?process=confirm")["Location"], CITIZEN)
    linked.get(back.removeprefix("http://testserver"))
    assert is_asked(linked, PHONE_PAGE)
    sign_on(linked, CITIZEN)
    assert is_asked(linked, PHONE_PAGE)


@pytest.mark.parametrize("is_known", [False, True])
def test_another_subject_is_refused(linked: Client, sign_on: SignOn, is_known: bool) -> None:
    other = {"TechID": "tech-8", "SoDinhDanh": "092190004321", "HoVaTen": "LÊ VĂN B"}
    if is_known:
        sign_on(Client(), other)
    before = list(SocialAccount.objects.order_by("pk").values("uid", "user"))
    answer = sign_on(linked, other, PHONE_PAGE, at=CONFIRM)
    assert_refused(linked, answer, "Bạn đã đăng nhập ở đó bằng tài khoản khác")
    assert list(SocialAccount.objects.order_by("pk").values("uid", "user")) == before
    assert User.objects.count() == Person.objects.count() == (2 if is_known else 1)
    me = User.objects.get(socialaccount__uid=before[0]["uid"])
    assert linked.session["_auth_user_id"] == str(me.pk)


@pytest.mark.parametrize("told", [-3600, 3600, None, True, "bây giờ"])
def test_an_old_sign_in_is_refused(linked: Client, sign_on: SignOn, told: Any) -> None:
    at = int(time.time()) + told if type(told) is int else told
    answer = sign_on(linked, {**CITIZEN, "auth_time": at}, PHONE_PAGE, at=CONFIRM)
    assert_refused(linked, answer, "không yêu cầu bạn đăng nhập lại")


def test_a_provider_that_tells_no_time_counts_where_operators_say_so(
    linked: Client, sign_on: SignOn, settings: Settings
) -> None:
    settings.NATIONAL_SIGN_ON_AUTH_TIME = False
    sign_on(linked, {**CITIZEN, "auth_time": None}, PHONE_PAGE, at=CONFIRM)
    assert not is_asked(linked, PHONE_PAGE)
    old = {**CITIZEN, "auth_time": int(time.time()) - 3600}
    again = Client()
    sign_on(again, CITIZEN)
    assert_refused(again, sign_on(again, old, at=CONFIRM), "không yêu cầu bạn đăng nhập lại")


def test_cancelled_there(linked: Client) -> None:
    start = linked.post(CONFIRM, {"next": PHONE_PAGE})
    state = parse_qs(urlsplit(start["Location"]).query)["state"][0]
    answer = linked.get(f"{running.CALLBACK}?error=access_denied&state={state}")
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [PHONE_PAGE]
    assert_refused(linked, answer, "Bạn chưa đăng nhập lại ở đó")


def test_a_forged_or_replayed_answer_confirms_nothing(linked: Client, sign_on: SignOn) -> None:
    back = running.sign_in_there(linked.post(CONFIRM)["Location"], CITIZEN)
    back = back.removeprefix("http://testserver")
    forged = linked.get(back.replace("state=", "state=x"))
    assert forged.status_code == 401
    assert "Về trang cá nhân" in forged.content.decode()
    thief = Client()
    sign_on(thief, CITIZEN)
    assert thief.get(back).status_code == 401  # the state is of another session
    assert is_asked(linked, PHONE_PAGE)
    assert is_asked(thief, PHONE_PAGE)
    assert linked.get(back)["Location"] == "/trang-ca-nhan/"
    assert not is_asked(linked, PHONE_PAGE)
    assert linked.get(back).status_code == 401


def test_a_provider_that_is_down(linked: Client, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = running.settings_for("http://127.0.0.1:9")
    answer = linked.post(CONFIRM)
    assert answer.status_code == 502
    assert "Cổng đăng nhập quốc gia không trả lời" in answer.content.decode()
    assert is_asked(linked, PHONE_PAGE)


def test_foreign_pages_are_not_gone_to(linked: Client, sign_on: SignOn) -> None:
    answer = sign_on(linked, CITIZEN, "https://evil.example/", at=CONFIRM)
    assert answer["Location"] == "/trang-ca-nhan/"


def test_it_begins_by_the_button_of_who_is_linked_only(linked: Client) -> None:
    assert linked.get(CONFIRM)["Location"] == PAGE
    stranger = Client()
    assert stranger.post(CONFIRM)["Location"].startswith("/tai-khoan/dang-nhap/")
    other = User.objects.create(username="nguoikhac")
    Person.objects.create(user=other, verified_at=timezone.now())
    stranger.force_login(other)
    assert stranger.post(CONFIRM).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = linked.cookies
    assert strict.post(CONFIRM).status_code == 403


def test_many_tries_have_to_wait(linked: Client) -> None:
    statuses = [linked.post(CONFIRM).status_code for _ in range(12)]
    assert statuses.count(302) == 10
    assert statuses[-2:] == [429, 429]
