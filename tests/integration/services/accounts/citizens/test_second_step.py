"""The second step of signing in: set up, taken, lost; demanded of staff before the admin opens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from services.accounts import actions
from services.accounts.models import AccountEvent, User
from services.accounts.states import EventKind, Role
from tests.factories import AgencyFactory, Portal
from tests.factories.members import make_member
from tests.integration.services.accounts.citizens.conftest import FORM, Codes

pytestmark = pytest.mark.django_db
STEP = "/tai-khoan/xac-thuc-hai-buoc/"
SET_UP, REMOVE, TAKE = f"{STEP}bat/", f"{STEP}tat/", f"{STEP}dang-nhap/"
AGAIN, CODES = f"{STEP}xac-nhan/", f"{STEP}ma-du-phong/"
SIGN_IN, CONFIRM = "/tai-khoan/dang-nhap/", "/tai-khoan/xac-nhan-mat-khau/"
PASSWORD = FORM["password"]


@pytest.fixture
def person(register: Callable[..., Any], codes: Codes) -> Any:
    user = register()
    actions.activate_account(user, codes.to("+84901234567"), now=timezone.now())
    user.refresh_from_db()
    return user


@pytest.fixture
def editor(portal: Portal, settings: Settings) -> Any:
    """An editor where the second step is demanded."""
    settings.STAFF_SECOND_FACTOR = True
    user = make_member(AgencyFactory(title="Sở Minh hoạ"), Role.EDITOR, "bientap.mau")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, name: str = "lucbinh90") -> Any:
    return client.post(SIGN_IN, {"login": name, "password": PASSWORD})


def code_of(secret: str) -> str:
    """Return what an app shows now."""
    cache.clear()  # a code counts once; the tests are quicker than half a minute
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client: Client) -> str:
    """Confirm the password, set the app up and return its secret."""
    client.post(CONFIRM, {"password": PASSWORD, "next": SET_UP})
    page = client.get(SET_UP).content.decode()
    found = re.search(r'<code class="mc-key">([A-Z2-7 ]+)</code>', page)
    assert found
    secret = found[1].replace(" ", "")
    answer = client.post(SET_UP, {"code": code_of(secret)})
    assert answer["Location"] == CODES
    return secret


def paper_codes(client: Client) -> list[str]:
    return re.findall(r"<li><code>(\d+)</code></li>", client.get(CODES).content.decode())


def test_a_citizen_sets_it_up_and_signs_in_with_it(client: Client, person: Any) -> None:
    sign_in(client)
    assert "Bật xác thực hai bước" in client.get(STEP).content.decode()
    assert client.get(SET_UP)["Location"].startswith(CONFIRM)  # a stolen session stops here
    secret = set_up(client)
    assert len(paper_codes(client)) == 10
    device = Client()
    assert sign_in(device)["Location"] == TAKE
    assert "_auth_user_id" not in device.session
    assert device.get("/trang-ca-nhan/")["Location"].startswith(SIGN_IN)
    answer = device.post(TAKE, {"code": "000000"})
    assert answer.context["form"].errors["code"] == [
        "Mã không đúng. Hãy nhập mã mới nhất mà ứng dụng đang hiển thị."
    ]
    answer = device.post(TAKE, {"code": code_of(secret)})
    assert answer["Location"] == "/trang-ca-nhan/"
    assert device.session["_auth_user_id"] == str(person.pk)


def test_the_set_up_keeps_to_the_policy_and_to_itself(client: Client, person: Any) -> None:
    sign_in(client)
    client.post(CONFIRM, {"password": PASSWORD, "next": SET_UP})
    answer = client.get(SET_UP)
    page = answer.content.decode()
    assert "<svg" in page
    assert "data:image" not in page
    assert " style=" not in page
    assert "no-store" in answer["Cache-Control"]
    secret = set_up(client)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    events = AccountEvent.objects.filter(user=person, kind=EventKind.SECOND_FACTOR)
    assert [event.details for event in events] == [{"field": "totp", "after": "on"}]


def test_a_wrong_first_code_sets_nothing_up(client: Client, person: Any) -> None:
    sign_in(client)
    client.post(CONFIRM, {"password": PASSWORD, "next": SET_UP})
    key = client.get(SET_UP).context["key"]
    for typed in ("000000", "", "x" * 10_000, "²³🙂\u202e"):
        answer = client.post(SET_UP, {"code": typed})
        assert answer.status_code == 200
        assert answer.context["key"] == key  # the app that was scanned stays the right one
    assert not Authenticator.objects.exists()


def test_the_phone_is_lost(client: Client, person: Any) -> None:
    sign_in(client)
    set_up(client)
    code = paper_codes(client)[0]
    device = Client()
    sign_in(device)
    assert device.post(TAKE, {"code": code})["Location"] == "/trang-ca-nhan/"
    second = Client()
    sign_in(second)
    assert second.post(TAKE, {"code": code}).status_code == 200  # each once
    device.post(CONFIRM, {"password": PASSWORD, "next": REMOVE})
    assert device.post(REMOVE)["Location"] == STEP
    assert not Authenticator.objects.exists()
    assert sign_in(Client())["Location"] == "/trang-ca-nhan/"


def test_new_codes_and_a_file_of_them(client: Client, person: Any) -> None:
    sign_in(client)
    set_up(client)
    old = paper_codes(client)
    assert client.post(f"{CODES}moi/")["Location"] == CODES
    new = paper_codes(client)
    assert not set(old) & set(new)
    answer = client.get(f"{CODES}tai-ve/")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().split()[-10:] == new


def test_guessing_stops(client: Client, person: Any) -> None:
    sign_in(client)
    secret = set_up(client)
    device = Client()
    sign_in(device)
    right = code_of(secret)
    wrong = "000000" if right != "000000" else "000001"
    for _entry in range(5):
        device.post(TAKE, {"code": wrong})
    answer = device.post(TAKE, {"code": right})
    assert "Thử lại sau 5 phút" in answer.content.decode()
    assert "_auth_user_id" not in device.session


def test_somebody_else_may_use_the_device(client: Client, person: Any) -> None:
    sign_in(client)
    set_up(client)
    device = Client()
    sign_in(device)
    assert device.get(SIGN_IN)["Location"] == TAKE
    assert device.post(f"{TAKE}thoi/")["Location"] == SIGN_IN
    assert device.get(SIGN_IN).status_code == 200


@pytest.mark.parametrize("path", [STEP, SET_UP, REMOVE, TAKE, AGAIN, CODES, f"{CODES}moi/"])
def test_strangers_are_sent_to_the_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("path", [SET_UP, REMOVE, CODES, f"{CODES}moi/", f"{CODES}tai-ve/"])
def test_a_stolen_session_changes_and_reads_nothing(client: Client, person: Any, path: str) -> None:
    if path != SET_UP:
        sign_in(client)
        set_up(client)
    thief = Client()
    thief.force_login(person)
    for method in ("get", "post"):
        answer = getattr(thief, method)(path)
        assert answer.status_code in (302, 405)
        if answer.status_code == 302:
            assert answer["Location"].startswith((CONFIRM, AGAIN))


def test_both_languages(client: Client, person: Any) -> None:
    sign_in(client)
    set_up(client)
    for path in (STEP, REMOVE, CODES, f"{CODES}moi/", AGAIN):
        page = client.get("/en" + path).content.decode()
        assert 'lang="en"' in page
        assert "xác thực" not in page.split("<main")[1].split("</main>")[0].lower()


# Staff


def leads_to(answer: Any) -> tuple[str, str]:
    parts = urlsplit(answer["Location"])
    return parts.path, parse_qs(parts.query).get("next", [""])[0]


def test_staff_set_it_up_before_the_admin_opens(client: Client, editor: Any) -> None:
    sign_in(client, "bientap.mau")
    assert leads_to(client.get("/admin/pages/")) == (SET_UP, "/admin/pages/")
    asked = client.get(SET_UP)
    assert asked["Location"].startswith(CONFIRM)
    assert "yêu cầu xác thực hai bước" in client.get(asked["Location"]).content.decode()
    set_up(client)
    assert client.get("/admin/").status_code == 200
    assert "Vào trang quản trị" in client.get(CODES).content.decode()


def test_a_session_without_the_step_is_asked_for_it(client: Client, editor: Any) -> None:
    sign_in(client, "bientap.mau")
    secret = set_up(client)
    session = Client()
    session.force_login(editor)
    assert leads_to(session.get("/admin/pages/")) == (AGAIN, "/admin/pages/")
    assert leads_to(session.post("/admin/pages/")) == (AGAIN, "/admin/")
    answer = session.post(AGAIN, {"code": code_of(secret), "next": "/admin/pages/"})
    assert answer["Location"] == "/admin/pages/"
    assert session.get("/admin/").status_code == 200


def test_the_step_of_the_sign_in_opens_the_admin(client: Client, editor: Any) -> None:
    sign_in(client, "bientap.mau")
    secret = set_up(client)
    device = Client()
    device.post(SIGN_IN, {"login": "bientap.mau", "password": PASSWORD, "next": "/admin/"})
    assert device.post(TAKE, {"code": code_of(secret)})["Location"] == "/admin/"
    assert device.get("/admin/").status_code == 200


def test_without_the_app_the_admin_closes_at_once(client: Client, editor: Any) -> None:
    sign_in(client, "bientap.mau")
    set_up(client)
    client.post(CONFIRM, {"password": PASSWORD, "next": REMOVE})
    client.post(REMOVE)
    assert leads_to(client.get("/admin/")) == (SET_UP, "/admin/")


def test_the_admins_own_way_in_is_no_way_round(client: Client, editor: Any) -> None:
    sign_in(client, "bientap.mau")
    set_up(client)
    thief = Client()
    data = {"username": "bientap.mau", "password": PASSWORD, "next": "/admin/"}
    assert thief.post("/admin/login/", data).status_code in (301, 302, 405)
    assert thief.get("/admin/")["Location"].startswith(SIGN_IN)


def test_a_temporary_password_is_changed_first(client: Client, editor: Any) -> None:
    User.objects.filter(pk=editor.pk).update(has_temporary_password=True)
    sign_in(client, "bientap.mau")
    assert leads_to(client.get("/admin/"))[0] == "/admin/account/"
    assert client.get("/admin/account/").status_code == 200
    User.objects.filter(pk=editor.pk).update(has_temporary_password=False)
    assert leads_to(client.get("/admin/account/"))[0] == SET_UP


def test_whoever_has_the_app_needs_it_for_the_temporary_password_too(
    client: Client, editor: Any
) -> None:
    sign_in(client, "bientap.mau")
    set_up(client)
    User.objects.filter(pk=editor.pk).update(has_temporary_password=True)
    session = Client()
    session.force_login(editor)
    assert leads_to(session.get("/admin/account/"))[0] == AGAIN


def test_where_it_is_not_demanded_the_admin_is_open(
    client: Client, editor: Any, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    sign_in(client, "bientap.mau")
    assert client.get("/admin/").status_code == 200


def test_citizens_are_not_asked(client: Client, person: Any, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    sign_in(client)
    assert client.get("/trang-ca-nhan/").status_code == 200
    assert client.get("/admin/").status_code in (302, 403)


def test_an_old_secret_key_still_opens_the_secrets(
    client: Client, person: Any, settings: Settings
) -> None:
    sign_in(client)
    secret = set_up(client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-one-for-tests-" + "y" * 40
    device = Client()
    sign_in(device)
    assert device.post(TAKE, {"code": code_of(secret)}).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    lost = Client()
    sign_in(lost)
    assert lost.post(TAKE, {"code": code_of(secret)}).status_code == 200  # refused, no crash


def test_an_operator_takes_the_step_away(client: Client, person: Any) -> None:
    from django.core.management import call_command

    sign_in(client)
    set_up(client)
    call_command("remove_second_step", "lucbinh90", verbosity=0)
    assert not Authenticator.objects.exists()
    last = AccountEvent.objects.filter(user=person, kind=EventKind.SECOND_FACTOR).first()
    assert last is not None
    assert last.details == {"field": "totp", "after": "off"}
