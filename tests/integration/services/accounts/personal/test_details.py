"""*Thông tin cá nhân*: details, password, phone number and e-mail address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.utils import timezone

from services.accounts.models import AccountEvent, OneTimeCode
from services.accounts.selectors import find_by_sign_in_name
from services.accounts.states import EventKind, VerifiedBy
from services.notifications.models import Mail, Text
from tests.integration.services.accounts.citizens.conftest import Codes
from tests.integration.services.accounts.personal.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PAGE, CHANGE = "/trang-ca-nhan/thong-tin/", "/trang-ca-nhan/thong-tin/sua/"
PHONE, EMAIL = f"{PAGE}dien-thoai/", f"{PAGE}thu-dien-tu/"
NEW = "một câu khác hẳn 77"
PASSWORDS = {"password_now": PASSWORD, "password": NEW, "password_again": NEW}
DETAILS = {
    "full_name": "Trần Thị Lục Bình",
    "identity_number": "092190001234",
    "date_of_birth": "05/09/1990",
    "hamlet": "khu vực 3",
    "street": "12 Hoà Bình",
    "language": "vi",
}


def kinds(user: Any) -> list[str]:
    return list(AccountEvent.objects.filter(user=user).values_list("kind", flat=True))


def test_details_change_and_the_history_masks_numbers(client: Client, citizen: Any) -> None:
    client.force_login(citizen)
    answer = client.post(CHANGE, {**DETAILS, "identity_number": "092190009999"})
    assert answer["Location"] == PAGE
    citizen.person.refresh_from_db()
    assert citizen.person.identity_number == "092190009999"
    assert citizen.person.street == "12 Hoà Bình"
    changes = AccountEvent.objects.filter(user=citizen, kind=EventKind.DETAILS_CHANGED)
    told = {event.details["field"]: event.details for event in changes}
    assert set(told) == {"identity_number", "date_of_birth", "hamlet", "street"}
    assert told["identity_number"]["after"] == "092•••••9999"
    client.post(CHANGE, {**DETAILS, "identity_number": "092190009999"})
    assert changes.count() == 4  # the same once more changes nothing


def test_what_is_verified_is_not_changed(client: Client, citizen: Any) -> None:
    citizen.person.verified_at, citizen.person.verified_how = timezone.now(), VerifiedBy.OFFICER
    citizen.person.save()
    client.force_login(citizen)
    page = client.get(CHANGE).content.decode()
    assert "quầy một cửa" in page
    assert 'name="identity_number"' not in page
    client.post(CHANGE, {**DETAILS, "full_name": "Người Khác", "identity_number": "079190009999"})
    citizen.refresh_from_db()
    citizen.person.refresh_from_db()
    assert citizen.full_name == "Trần Thị Lục Bình"
    assert citizen.person.identity_number == "092190001234"
    assert citizen.person.hamlet == "khu vực 3"


@pytest.mark.parametrize(
    ("born", "is_told"), [("05/09/1990", False), ("05/09/1991", True), ("05/09/2090", None)]
)
def test_a_year_that_does_not_fit_is_a_warning(
    client: Client, citizen: Any, born: str, is_told: bool | None
) -> None:
    client.force_login(citizen)
    answer = client.post(CHANGE, {**DETAILS, "date_of_birth": born})
    if is_told is None:
        assert set(answer.context["form"].errors) == {"date_of_birth"}
        return
    page = client.get(PAGE).content.decode()
    assert ("không khớp nhau" in page) == is_told
    assert "đã khai, chưa xác minh" in page


def test_the_password_changes_and_other_sessions_end(
    client: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    other = Client()
    sign_in(client, citizen)
    sign_in(other, citizen)
    answer = client.post(PAGE, PASSWORDS)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert client.get(PAGE).status_code == 200
    assert other.get(PAGE).status_code == 302
    assert citizen.usersession_set.count() == 1
    assert EventKind.PASSWORD_CHANGED in kinds(citizen)
    assert Text.objects.filter(phone=citizen.phone, text__icontains="mật khẩu").exists()
    assert authenticate(None, username="lucbinh90", password=NEW) is not None
    assert authenticate(None, username="lucbinh90", password=PASSWORD) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password_now", "không phải"),
        ("password_now", ""),
        ("password", "ngan"),
        ("password_again", "câu khác"),
    ],
)
def test_a_password_is_not_changed(client: Client, citizen: Any, field: str, value: str) -> None:
    client.force_login(citizen)
    answer = client.post(PAGE, {**PASSWORDS, field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert NEW not in answer.content.decode()
    assert EventKind.PASSWORD_CHANGED not in kinds(citizen)


def test_guessing_the_password_in_an_open_session_stops(client: Client, citizen: Any) -> None:
    client.force_login(citizen)
    wrong = {**PASSWORDS, "password_now": "không phải"}
    assert [client.post(PAGE, wrong).status_code for _n in range(11)][-1] == 429


@pytest.mark.parametrize("page", [PHONE, EMAIL, f"{PHONE}xoa/"])
def test_an_open_session_does_not_suffice(
    client: Client, citizen: Any, sign_in: Callable[..., None], page: str
) -> None:
    sign_in(client, citizen)
    for answer in (client.get(page), client.post(page, {"address": "0907 654 321"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/tai-khoan/xac-nhan-mat-khau/")
    assert not OneTimeCode.objects.exclude(purpose="activate").exists()


@pytest.fixture
def inside(
    client: Client,
    citizen: Any,
    sign_in: Callable[..., None],
    confirm: Callable[[Client], None],
) -> Client:
    """Somebody who has just given the password once more."""
    sign_in(client, citizen)
    confirm(client)
    return client


def test_the_phone_number_changes_by_a_code(inside: Client, citizen: Any, codes: Codes) -> None:
    answer = inside.post(PHONE, {"address": "0907 654 321"})
    assert answer["Location"] == f"{PHONE}ma/"
    citizen.refresh_from_db()
    assert citizen.phone == "+84901234567"  # not before the code
    assert "09•• ••• 321" in inside.get(f"{PHONE}ma/").content.decode()
    assert inside.post(f"{PHONE}ma/", {"code": codes.wrong()}).status_code == 200
    answer = inside.post(f"{PHONE}ma/", {"code": codes.to("+84907654321")})
    assert answer["Location"] == PAGE
    citizen.refresh_from_db()
    assert (citizen.phone, citizen.phone_verified) == ("+84907654321", True)
    told = Text.objects.filter(phone="+84901234567", text__contains="Số điện thoại")
    assert told.exists()  # the old number hears of it
    event = AccountEvent.objects.get(user=citizen, kind=EventKind.PHONE_CHANGED)
    assert event.details["before"] == "09•• ••• 567"
    assert find_by_sign_in_name("0901234567") is None


def test_a_code_to_a_mistyped_number_counts_no_more(
    inside: Client, citizen: Any, codes: Codes
) -> None:
    inside.post(PHONE, {"address": "0907 654 321"})
    OneTimeCode.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    inside.post(PHONE, {"address": "0907 654 322"})
    answer = inside.post(f"{PHONE}ma/", {"code": codes.to("+84907654321")})
    assert answer.status_code == 200
    citizen.refresh_from_db()
    assert citizen.phone == "+84901234567"


def test_an_email_is_added_and_the_phone_removed(
    inside: Client, citizen: Any, codes: Codes
) -> None:
    assert "xoa" not in inside.get(PAGE).content.decode()
    answer = inside.post(f"{PHONE}xoa/", follow=True)
    assert "cách liên hệ khác" in answer.content.decode()  # it is the only one
    inside.post(EMAIL, {"address": "LucBinh@motcua.example"})
    inside.post(f"{EMAIL}ma/", {"code": codes.to("lucbinh@motcua.example")})
    citizen.refresh_from_db()
    assert (citizen.email, citizen.email_verified) == ("lucbinh@motcua.example", True)
    assert citizen.notify_by_email
    assert inside.get(f"{PHONE}xoa/").status_code == 200
    inside.post(f"{PHONE}xoa/")
    citizen.refresh_from_db()
    assert (citizen.phone, citizen.phone_verified, citizen.notify_by_phone) == (None, False, False)
    assert Mail.objects.filter(address="lucbinh@motcua.example").exists()
    assert inside.post(f"{PHONE}xoa/").status_code == 302  # twice clicked


def test_the_other_channel_is_verified_after_the_activation(
    client: Client, citizen: Any, codes: Codes
) -> None:
    citizen.email = "lucbinh@motcua.example"
    citizen.save()
    client.force_login(citizen)
    assert client.get(f"{EMAIL}xac-minh/").status_code == 200
    assert client.post(f"{EMAIL}xac-minh/")["Location"] == f"{EMAIL}ma/"
    client.post(f"{EMAIL}ma/", {"code": codes.to("lucbinh@motcua.example")})
    citizen.refresh_from_db()
    assert citizen.email_verified
    assert EventKind.CONTACT_VERIFIED in kinds(citizen)
    assert EventKind.EMAIL_CHANGED not in kinds(citizen)


def test_a_number_of_somebody_else_is_shared(
    inside: Client, citizen: Any, codes: Codes, make_citizen: Callable[..., Any]
) -> None:
    owner = make_citizen(username="chinhchu", phone="+84907654321")
    inside.post(PHONE, {"address": "0907 654 321"})
    answer = inside.post(f"{PHONE}ma/", {"code": codes.to("+84907654321")}, follow=True)
    assert "dùng chung" in answer.content.decode()
    citizen.refresh_from_db()
    assert (citizen.phone, citizen.phone_verified) == ("+84907654321", False)
    assert find_by_sign_in_name("0907654321") == owner


def test_no_address_no_code_no_dead_end(client: Client, citizen: Any) -> None:
    client.force_login(citizen)
    assert client.get(f"{EMAIL}xac-minh/")["Location"] == EMAIL
    assert client.get(f"{EMAIL}ma/").status_code == 200
    assert client.post(f"{EMAIL}gui-lai/")["Location"] == EMAIL
    assert client.post(f"{EMAIL}ma/", {"code": "123456"}).status_code == 200
