"""The national sign-on against a real provider in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from services.accounts.models import AccountEvent, Enterprise, Person, User
from services.accounts.states import EventKind, VerifiedBy
from tests.integration.services.accounts.national.conftest import START
from tests.oidc_provider import running

pytestmark = pytest.mark.django_db
SignOn = Callable[..., Any]
LINK = "/tai-khoan/dinh-danh/lien-ket"
CITIZEN = {
    "TechID": "tech-1",
    "LoaiTaiKhoan": 1,
    "SoDinhDanh": "092190001234",
    "HoVaTen": "TRẦN THỊ LỤC BÌNH",
    "NgayThangNamSinh": "05/09/1990",
    "ThuDienTu": "chu@motcua.example",
    "SoDienThoai": "0901234567",
}
PASSWORD = "con sông đỏ nước 9"


def holder(number: str = "", *, verified: bool = False, **given: Any) -> User:
    user = User.objects.create(username="lucbinh90", full_name="Trần Thị Lục Bình", **given)
    user.set_password(PASSWORD)
    user.save()
    Person.objects.create(
        user=user, identity_number=number, verified_at=timezone.now() if verified else None
    )
    return user


def test_a_new_person_gets_an_account_with_a_verified_identity(
    sign_on: SignOn, provider: str
) -> None:
    client = Client()
    answer = sign_on(client, CITIZEN)
    assert answer["Location"] == "/trang-ca-nhan/"
    user = User.objects.get()
    assert (user.full_name, user.has_usable_password()) == ("TRẦN THỊ LỤC BÌNH", False)
    assert (user.phone, user.email) == (None, "")  # what is told of contacts is not proven
    assert "092190001234" not in user.username
    assert (user.person.identity_number, user.person.verified_how) == (
        "092190001234",
        VerifiedBy.NATIONAL,
    )
    assert SocialAccount.objects.get().extra_data == {}
    assert client.get("/trang-ca-nhan/").status_code == 200


def test_what_was_typed_outlasts_the_national_sign_on(sign_on: SignOn, provider: str) -> None:
    client, change = Client(), "/trang-ca-nhan/thong-tin/sua/"
    sign_on(client, CITIZEN)
    hidden = client.get(change).context["form_owner"]
    Session.objects.all().delete()
    client.post(change, {"street": "12 Hoà Bình", "language": "vi", "form_owner": hidden})
    assert sign_on(client, CITIZEN, change)["Location"] == change
    page = client.get(change)
    assert page.context["has_kept"] is True
    assert page.context["form"]["street"].value() == "12 Hoà Bình"
    assert client.session.get_expiry_age() > 24 * 60 * 60  # the signed-in session is no stranger's


def test_a_known_subject_signs_in(sign_on: SignOn, provider: str) -> None:
    sign_on(Client(), CITIZEN)
    client = Client()
    answer = sign_on(client, {"TechID": "tech-1"}, next_page="/huong-dan/")
    assert answer["Location"] == "/huong-dan/"
    assert User.objects.count() == 1
    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.parametrize("verified", [True, False])
def test_an_account_with_this_number_is_linked_by_its_password(
    sign_on: SignOn, provider: str, verified: bool
) -> None:
    user = holder("092190001234", verified=verified)
    client = Client()
    assert sign_on(client, CITIZEN)["Location"] == LINK
    page = client.get(LINK).content.decode()
    assert "lu•••••90" in page
    assert "lucbinh90" not in page
    refused = client.post(LINK, {"username": "lucbinh90", "password": "sai rồi"})
    assert set(refused.context["form"].errors) == {"password"}
    assert not SocialAccount.objects.exists()
    answer = client.post(LINK, {"username": "lucbinh90", "password": PASSWORD})
    assert answer["Location"] == "/trang-ca-nhan/"
    assert SocialAccount.objects.get().user == user
    assert Person.objects.get(user=user).is_verified
    assert AccountEvent.objects.filter(user=user, kind=EventKind.LINKED).count() == 1


def test_who_only_claims_the_number_is_not_touched(sign_on: SignOn, provider: str) -> None:
    squatter = holder("092190001234")
    client = Client()
    sign_on(client, CITIZEN)
    answer = client.post(LINK, {"new": "1"})
    assert answer["Location"] == "/trang-ca-nhan/"
    assert Person.objects.get(user=squatter).verified_at is None
    new = SocialAccount.objects.get().user
    assert new != squatter
    assert new.person.is_verified


def test_a_held_number_makes_no_second_account(sign_on: SignOn, provider: str) -> None:
    user = holder("092190001234", verified=True)
    client = Client()
    sign_on(client, CITIZEN)
    client.post(LINK, {"new": "1"})
    assert User.objects.count() == 1
    SocialAccount.objects.create(user=user, provider="quoc-gia", uid="khac")
    answer = client.post(LINK, {"username": "lucbinh90", "password": PASSWORD})
    assert answer["Location"] == "/tai-khoan/dinh-danh/trung-nhau"
    assert client.get(answer["Location"]).status_code == 200


def test_another_account_with_a_right_password_is_not_linked(
    sign_on: SignOn, provider: str
) -> None:
    holder("092190001234", verified=True)
    other = User.objects.create(username="nguoikhac")
    other.set_password(PASSWORD)
    other.save()
    client = Client()
    sign_on(client, CITIZEN)
    refused = client.post(LINK, {"username": "nguoikhac", "password": PASSWORD})
    assert set(refused.context["form"].errors) == {"password"}
    assert not SocialAccount.objects.exists()


def test_mail_and_phone_alone_link_nothing(sign_on: SignOn, provider: str) -> None:
    owner = holder(email="chu@motcua.example", email_verified=True, phone="+84901234567")
    answer = sign_on(Client(), CITIZEN)
    assert answer["Location"] == "/trang-ca-nhan/"
    assert SocialAccount.objects.get().user != owner


def test_an_enterprise(sign_on: SignOn, provider: str) -> None:
    claims = {
        "TechID": "firm",
        "LoaiTaiKhoan": "2",
        "MaSoThue": "0100233488",
        "TenDoanhNghiep": "Công ty TNHH Minh hoạ",
        "HoVaTen": "Nguyễn Văn A",
    }
    claimed = Enterprise.objects.create(tax_code="0100233488", name="Ai đó khai")
    sign_on(Client(), claims)
    made = Enterprise.objects.exclude(pk=claimed.pk).get()
    assert made.is_verified
    assert made.members.get().user == SocialAccount.objects.get().user
    claimed.refresh_from_db()
    assert not claimed.is_verified


HOSTILE = [
    {"SoDinhDanh": ["092190001234"], "HoVaTen": {"a": 1}},
    {"SoDinhDanh": "9" * 10_000, "HoVaTen": "x" * 10_000},
    {"SoDinhDanh": "\u202e092190001234", "HoVaTen": "\u0000<b>"},
    {"LoaiTaiKhoan": True, "NgayThangNamSinh": "99/99/9999", "MaSoThue": 7},
    {},
]


@pytest.mark.parametrize("claims", HOSTILE)
def test_hostile_claims_are_not_told(
    sign_on: SignOn, provider: str, claims: dict[str, Any]
) -> None:
    answer = sign_on(Client(), {"TechID": "la", **claims})
    assert answer["Location"] == "/trang-ca-nhan/"
    assert not SocialAccount.objects.get().user.person.is_verified


def test_a_changed_or_replayed_answer_signs_nobody_in(provider: str) -> None:
    client = Client()
    start = client.post(START)
    back = urlsplit(running.sign_in_there(start["Location"], CITIZEN))
    changed = client.get(f"{back.path}?{back.query}x")
    assert changed.status_code in {401, 502}
    assert "_auth_user_id" not in client.session
    thief = Client()
    assert thief.get(f"{back.path}?{back.query}").status_code in {401, 502}
    client.get(f"{back.path}?{back.query}")
    again = Client().get(f"{back.path}?{back.query}")
    assert again.status_code in {401, 502}
    assert "Cổng đăng nhập quốc gia không trả lời" in again.content.decode()


def test_cancelled_there(provider: str) -> None:
    client = Client()
    state = client.post(START)["Location"].split("state=")[1].split("&")[0]
    answer = client.get(f"{running.CALLBACK}?error=access_denied&state={state}", follow=True)
    assert "Bạn chưa đăng nhập" in answer.content.decode()


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://127.0.0.1:1/khong"])
def test_a_provider_that_is_down(settings: Settings, address: str) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = running.settings_for(address)
    answer = Client().post(START)
    assert answer.status_code == 502
    page = answer.content.decode()
    assert "Cổng đăng nhập quốc gia không trả lời" in page
    assert "/tai-khoan/dang-nhap/" in page


def test_foreign_pages_are_not_gone_to(sign_on: SignOn, provider: str) -> None:
    answer = sign_on(Client(), CITIZEN, next_page="https://evil.example/")
    assert answer["Location"] == "/trang-ca-nhan/"


def test_a_link_alone_starts_nothing_and_nothing_is_linked_behind_the_back(provider: str) -> None:
    client = Client()
    assert client.get(START)["Location"] == "/tai-khoan/dang-nhap/"
    user = holder("")
    client.force_login(user)
    sign_on_as = client.post(f"{START}?process=connect")
    back = urlsplit(running.sign_in_there(sign_on_as["Location"], CITIZEN))
    client.get(f"{back.path}?{back.query}")
    assert not SocialAccount.objects.filter(user=user).exists()


def test_without_a_provider_there_is_no_button_and_no_page(client: Client) -> None:
    assert "VNeID" not in client.get("/tai-khoan/dang-nhap/").content.decode()
    assert client.post(START).status_code == 404
    assert client.get(running.CALLBACK).status_code == 404
    assert client.get(LINK)["Location"] == "/tai-khoan/dang-nhap/"


def test_the_button_is_on_both_pages(provider: str, client: Client) -> None:
    for path in ("/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/"):
        page = client.get(path).content.decode()
        assert "Đăng nhập bằng tài khoản định danh điện tử (VNeID)" in page
