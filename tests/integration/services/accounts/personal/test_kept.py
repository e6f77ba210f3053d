"""What was typed on a personal page comes back after the sign-in, to whom typed it alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cms.core.models import Commune, Province
from services.accounts import actions, forms
from services.accounts.models import Enterprise, OneTimeCode
from services.accounts.views import kept
from tests.integration.services.accounts.citizens.test_forgotten_password import ask
from tests.integration.services.accounts.personal.conftest import LOGIN, PASSWORD, Codes

pytestmark = pytest.mark.django_db
CHANGE, DELETE = "/trang-ca-nhan/thong-tin/sua/", "/trang-ca-nhan/du-lieu/xoa-tai-khoan/"
CHANNELS, PHONE = "/trang-ca-nhan/nhan-tin/", "/trang-ca-nhan/thong-tin/dien-thoai/"
ADD, ENTERPRISES = "/trang-ca-nhan/doanh-nghiep/them/", "/trang-ca-nhan/doanh-nghiep/"
FORGOTTEN, CONFIRM = "/tai-khoan/quen-mat-khau/", "/tai-khoan/xac-nhan-mat-khau/"
SAID = "Những gì bạn đã nhập vẫn còn đây. Hãy kiểm tra rồi gửi lại."
SAID_IN_ENGLISH = "What you typed before is still here. Check it and send it again."
TYPED = {
    "full_name": "Trần Thị Hoa Súng",
    "identity_number": "sai số",
    "date_of_birth": "5-9-1990",
    "street": "12 Hoà Bình",
    "language": "en",
}


@pytest.fixture
def inside(citizen: Any, sign_in: Callable[..., None]) -> Client:
    """Somebody who has signed in."""
    client = Client()
    sign_in(client, citizen)
    return client


def hidden_of(page: str) -> dict[str, str]:
    """Return the hidden field that names for whom the form is drawn."""
    found = re.search(r'name="form_owner" value="([^"]+)"', page)
    return {"form_owner": found[1]} if found else {}


def end_session(client: Client) -> None:
    Session.objects.filter(session_key=client.session.session_key).delete()


def type_too_late(client: Client, path: str, typed: dict[str, str]) -> Any:
    """Open a form, lose the session, send the form."""
    hidden = hidden_of(client.get(path).content.decode())
    end_session(client)
    return client.post(path, {**typed, **hidden})


def value_of(page: str, name: str) -> str | None:
    field = re.search(rf'<input[^>]* name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', field[0]) if field else None
    return value[1] if value else None


def held_by(client: Client) -> Any:
    return client.session.get(kept.KEPT)


@pytest.mark.parametrize(("prefix", "said"), [("", SAID), ("/en", SAID_IN_ENGLISH)])
def test_what_was_typed_is_there_after_the_sign_in(
    inside: Client, citizen: Any, prefix: str, said: str
) -> None:
    answer = type_too_late(inside, prefix + CHANGE, TYPED)
    assert answer["Location"] == f"{prefix}{LOGIN}?next={prefix}{CHANGE}"
    page = inside.get(answer["Location"]).content.decode()
    assert ("được giữ lại" if not prefix else "is kept") in page
    answer = inside.post(
        prefix + LOGIN,
        {"login": citizen.username, "password": PASSWORD, "next": prefix + CHANGE},
    )
    assert answer["Location"] == prefix + CHANGE
    page = inside.get(prefix + CHANGE).content.decode()
    assert page.count(said) == 1
    for name in ("full_name", "identity_number", "date_of_birth", "street"):
        assert value_of(page, name) == TYPED[name]
    assert '<option value="en" selected>' in page
    citizen.refresh_from_db()
    assert citizen.full_name == "Trần Thị Lục Bình"  # nothing is saved by itself
    again = inside.get(prefix + CHANGE).content.decode()  # shown once
    assert said not in again
    assert value_of(again, "full_name") == "Trần Thị Lục Bình"
    assert held_by(inside) is None


def test_the_form_is_sent_again_and_saved(
    inside: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    type_too_late(inside, CHANGE, {**TYPED, "identity_number": "092190001234"})
    sign_in(inside, citizen)
    page = inside.get(CHANGE)
    typed = {name: value or "" for name, value in page.context["form"].initial.items()}
    assert inside.post(CHANGE, typed)["Location"] == "/trang-ca-nhan/thong-tin/"
    citizen.refresh_from_db()
    assert (citizen.full_name, citizen.language) == ("Trần Thị Hoa Súng", "en")


def test_the_language_may_change_on_the_way(
    inside: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    type_too_late(inside, CHANGE, TYPED)
    sign_in(inside, citizen)
    assert SAID_IN_ENGLISH in inside.get("/en" + CHANGE).content.decode()


def test_what_is_sent_at_once_replaces_what_is_kept(
    inside: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    type_too_late(inside, CHANGE, TYPED)
    sign_in(inside, citizen)
    inside.post(CHANGE, {**TYPED, "full_name": "Trần Thị Sen"})
    assert held_by(inside) is None


def test_another_page_leaves_it_alone(
    inside: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    type_too_late(inside, CHANGE, TYPED)
    sign_in(inside, citizen)
    assert SAID not in inside.get(CHANNELS).content.decode()
    assert SAID in inside.get(CHANGE).content.decode()


def test_what_was_unticked_stays_unticked(
    inside: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    assert re.search(r'name="phone"[^>]* checked', inside.get(CHANNELS).content.decode())
    type_too_late(inside, CHANNELS, {"language": "vi"})
    sign_in(inside, citizen)
    page = inside.get(CHANNELS).content.decode()
    assert SAID in page
    assert not re.search(r'name="phone"[^>]* checked', page)


def test_which_commune_was_chosen_is_kept(
    inside: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    for code in ("96", "97"):
        Province.objects.create(code=code, name=f"Tỉnh Minh hoạ {code}")
        Commune.objects.create(
            code=f"{code}001",
            name="Xã Cây Bàng",
            kind="commune",
            province_id=code,
            folded="cay bang",
        )
    chosen = {"tax_code": "0101243150", "commune_text": "cay bang", "commune_code": "97001"}
    type_too_late(inside, ADD, chosen)
    sign_in(inside, citizen)
    page = inside.get(ADD).content.decode()
    assert re.search(r'value="97001"[^>]* checked', page)
    refused = inside.post(ADD, chosen).content.decode()  # the name is missing
    assert re.search(r'value="97001"[^>]* checked', refused)


def test_secrets_are_never_kept(inside: Client, citizen: Any, sign_in: Callable[..., None]) -> None:
    type_too_late(inside, DELETE, {"password": PASSWORD, "word": "XÓA", "more": "thừa"})
    held = held_by(inside)
    assert held["typed"] == {"word": "XÓA"}
    sign_in(inside, citizen)
    page = inside.get(DELETE).content.decode()
    assert (value_of(page, "word"), value_of(page, "password")) == ("XÓA", None)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/trang-ca-nhan/thong-tin/", {"password_now": PASSWORD, "password": "một câu khác 77"}),
        (f"{PHONE}ma/", {"code": "123456"}),
    ],
)
def test_forms_of_secrets_keep_nothing(inside: Client, path: str, typed: dict[str, str]) -> None:
    borrowed = hidden_of(inside.get(CHANGE).content.decode())
    type_too_late(inside, path, {**typed, **borrowed})
    assert held_by(inside) is None
    assert hidden_of(inside.get(LOGIN).content.decode()) == {}


def test_somebody_else_gets_nothing(
    inside: Client, make_citizen: Callable[..., Any], sign_in: Callable[..., None], citizen: Any
) -> None:
    type_too_late(inside, CHANGE, TYPED)
    other = make_citizen(username="nguoikhac", phone="+84907654321", full_name="Người Khác")
    sign_in(inside, other)
    assert held_by(inside) is None  # gone with the sign-in
    page = inside.get(CHANGE).content.decode()
    assert SAID not in page
    assert "Hoa Súng" not in page
    inside.post("/tai-khoan/dang-xuat/")
    sign_in(inside, citizen)
    assert "Hoa Súng" not in inside.get(CHANGE).content.decode()


def test_a_form_of_somebody_else_shows_nothing(
    inside: Client, citizen: Any, make_citizen: Callable[..., Any], sign_in: Callable[..., None]
) -> None:
    """The signed field of the page decides, not who posts it."""
    other = Client()
    sign_in(other, make_citizen(username="nguoikhac", phone="+84907654321"))
    borrowed = hidden_of(other.get(CHANGE).content.decode())
    end_session(inside)
    inside.post(CHANGE, {**TYPED, **borrowed})
    sign_in(inside, citizen)
    assert SAID not in inside.get(CHANGE).content.decode()


@pytest.mark.parametrize("forged", ["", "x", "WzEsImEiXQ:1abcde:zzzz", "\x00", "đ" * 300])
def test_a_forged_owner_keeps_nothing(client: Client, citizen: Any, forged: str) -> None:
    answer = client.post(CHANGE, {**TYPED, "form_owner": forged})
    assert answer["Location"] == f"{LOGIN}?next={CHANGE}"
    assert not client.cookies.get("sessionid")


def test_the_owner_of_one_page_counts_on_no_other(inside: Client) -> None:
    hidden = hidden_of(inside.get(CHANNELS).content.decode())
    end_session(inside)
    inside.post(CHANGE, {**TYPED, **hidden})
    assert held_by(inside) is None


def test_forms_of_other_sites_plant_nothing(inside: Client) -> None:
    hidden = hidden_of(inside.get(CHANGE).content.decode())
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post(CHANGE, {**TYPED, **hidden}).status_code == 403
    assert held_by(visitor) is None


def test_the_token_against_forged_forms_outlasts_the_session(citizen: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(LOGIN).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    given = {"login": citizen.username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    assert client.post(LOGIN, given).status_code == 302
    page = client.get(CHANGE).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    end_session(client)
    client.post(CHANGE, {**TYPED, **hidden_of(page), "csrfmiddlewaretoken": token[1]})
    assert held_by(client)["typed"]["street"] == TYPED["street"]


def test_a_flood_is_not_kept(inside: Client) -> None:
    type_too_late(inside, CHANGE, {**TYPED, "street": "đ" * 10_000})
    assert held_by(inside) is None


@pytest.mark.parametrize("value", ["a\x00b", "🙂" * 80, "\u202eab", '"><script>', "  "])
def test_whatever_was_typed_is_answered(
    inside: Client, citizen: Any, sign_in: Callable[..., None], value: str
) -> None:
    typed = dict.fromkeys(kept.list_keepable(forms.DetailsForm), value)
    type_too_late(inside, CHANGE, typed)
    sign_in(inside, citizen)
    answer = inside.get(CHANGE)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_after_an_hour_it_is_gone(
    inside: Client, citizen: Any, sign_in: Callable[..., None]
) -> None:
    type_too_late(inside, CHANGE, TYPED)
    row = Session.objects.get(session_key=inside.session.session_key)
    left = row.expire_date - timezone.now()
    assert timedelta(minutes=59) < left <= timedelta(hours=1)  # the stranger's session ends too
    session = inside.session
    session[kept.KEPT] = {**held_by(inside), "at": timezone.now().timestamp() - kept.LASTS - 1}
    session.save()
    sign_in(inside, citizen)
    assert SAID not in inside.get(CHANGE).content.decode()


def test_the_session_of_who_signs_in_lasts_as_ever(
    inside: Client, citizen: Any, sign_in: Callable[..., None], settings: Settings
) -> None:
    type_too_late(inside, CHANGE, TYPED)
    inside.force_login(citizen)  # as every way to sign in ends
    assert inside.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    assert SAID in inside.get(CHANGE).content.decode()


def test_it_outlasts_the_second_step(inside: Client, citizen: Any) -> None:
    TOTP.activate(citizen, generate_totp_secret())
    RecoveryCodes.activate(citizen)
    paper = Authenticator.objects.get(user=citizen, type="recovery_codes").wrap()
    type_too_late(inside, CHANGE, TYPED)
    given = {"login": citizen.username, "password": PASSWORD, "next": CHANGE}
    step = inside.post(LOGIN, given)["Location"]
    assert inside.session.get_expiry_age() <= kept.LASTS
    answer = inside.post(step, {"code": paper.get_unused_codes()[0]})
    assert answer["Location"] == CHANGE
    assert SAID in inside.get(CHANGE).content.decode()


def test_it_outlasts_a_forgotten_password(
    inside: Client,
    citizen: Any,
    codes: Codes,
    sign_in: Callable[..., None],
    captcha_answers: str,
) -> None:
    type_too_late(inside, CHANGE, TYPED)
    new = "một câu khác hẳn 77"
    ask(inside)
    given = {"code": codes.to("+84901234567"), "password": new, "password_again": new}
    assert inside.post(f"{FORGOTTEN}ma/", given)["Location"].startswith(LOGIN)
    sign_in(inside, citizen, new)
    assert SAID in inside.get(CHANGE).content.decode()


def test_it_outlasts_a_confirmed_password(
    inside: Client, citizen: Any, confirm: Callable[[Client], None]
) -> None:
    answer = inside.post(PHONE, {"address": "0907 654 321"})
    assert answer["Location"] == f"{CONFIRM}?next={PHONE}"
    answer = inside.post(CONFIRM, {"password": PASSWORD, "next": PHONE})
    assert answer["Location"] == PHONE
    assert not OneTimeCode.objects.filter(purpose="phone").exists()  # nothing was sent by itself
    page = inside.get(PHONE).content.decode()
    assert SAID in page
    assert value_of(page, "address") == "0907 654 321"
    assert inside.session.get_expiry_age() > kept.LASTS


def test_sign_in_and_password_one_after_the_other(inside: Client, citizen: Any) -> None:
    inside.post(CONFIRM, {"password": PASSWORD})
    type_too_late(inside, PHONE, {"address": "0907 654 321"})
    given = {"login": citizen.username, "password": PASSWORD, "next": PHONE}
    assert inside.post(LOGIN, given)["Location"] == PHONE
    answer = inside.get(PHONE)
    if answer.status_code == 302:
        inside.post(CONFIRM, {"password": PASSWORD, "next": PHONE})
        answer = inside.get(PHONE)
    assert value_of(answer.content.decode(), "address") == "0907 654 321"


def test_a_pressed_button_leads_back_to_where_it_was(inside: Client, citizen: Any) -> None:
    end_session(inside)
    act_for = "/trang-ca-nhan/thay-mat/"
    came_from = {"Referer": f"http://testserver{ENTERPRISES}?a=1"}
    answer = inside.post(act_for, {"enterprise": "1"}, headers=came_from)
    assert answer["Location"] == f"{LOGIN}?next={ENTERPRISES}%3Fa%3D1"
    for foreign in ("", "https://evil.example/", "relative", "http://[", "//evil.example/a"):
        answer = inside.post(act_for, headers={"Referer": foreign})
        assert answer["Location"] == f"{LOGIN}?next=/trang-ca-nhan/"
    assert held_by(inside) is None


def test_every_form_with_text_names_its_owner(inside: Client, citizen: Any) -> None:
    made = actions.add_enterprise(
        user=citizen,
        tax_code="0101243150",
        name="Cửa hàng Minh hoạ",
        address={"commune_id": None, "hamlet": "", "street": ""},
    )
    assert isinstance(made, Enterprise)
    inside.post(CONFIRM, {"password": PASSWORD})
    own = f"{ENTERPRISES}{made.pk}/"
    member = made.members.get().pk
    paths = [CHANGE, CHANNELS, DELETE, ADD, PHONE, f"{own}moi/", f"{own}thanh-vien/{member}/"]
    for path in paths:
        assert hidden_of(inside.get(path).content.decode()), path
