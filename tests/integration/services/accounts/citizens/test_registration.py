"""Registering by the steps of the citizens' guide, the code from either channel, dead ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.core.models import Commune, FormerWard, FormerWardSuccessor, Province
from services.accounts import actions
from services.accounts.exceptions import (
    AlreadyActiveError,
    ExpiredCodeError,
    SpentCodeError,
    TooSoonError,
    UsernameTakenError,
    WrongCodeError,
)
from services.accounts.models import AccountEvent, Consent, Enterprise, OneTimeCode, User
from services.accounts.states import EventKind, RequestState
from services.notifications.models import Mail
from tests.conftest import CAPTCHA_DIGITS
from tests.integration.services.accounts.citizens.conftest import FORM, Codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captcha_answers")]
REGISTER, ACTIVATE = "/tai-khoan/dang-ky/", "/tai-khoan/kich-hoat/"
PHONE = "+84901234567"


def send(client: Client, form: dict[str, str], prefix: str = "") -> Any:
    """Open the page of the form, then send it with the captcha answered."""
    page = client.get(prefix + REGISTER)
    answer = {"captcha_token": page.context["form"]["captcha_token"].value()}
    return client.post(prefix + REGISTER, {**answer, "captcha": CAPTCHA_DIGITS, **form})


def signed_in(client: Client) -> int | None:
    key = client.session.get("_auth_user_id")
    return int(key) if key else None


def test_a_citizen_registers_and_activates_by_phone(client: Client, codes: Codes) -> None:
    answer = send(client, FORM)
    assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)
    assert signed_in(client) is None
    page = client.get(ACTIVATE).content.decode()
    assert "09•• ••• 567" in page
    assert "901234567" not in page
    answer = client.post(ACTIVATE, {"code": codes.to(PHONE)})
    assert (answer.status_code, answer["Location"]) == (302, "/trang-ca-nhan/")
    user = User.objects.get(username="lucbinh90")
    assert signed_in(client) == user.pk
    assert client.get("/trang-ca-nhan/").status_code == 200
    assert (user.needs_activation, user.phone_verified, user.email_verified) == (False, True, False)
    assert user.person.identity_number == "092190001234"
    assert not user.person.is_verified
    kinds = set(AccountEvent.objects.filter(user=user).values_list("kind", flat=True))
    assert {EventKind.REGISTERED, EventKind.ACTIVATED} <= kinds
    assert Consent.objects.get(user=user).version


def test_either_channel_activates_and_proves_itself_alone(client: Client, codes: Codes) -> None:
    send(client, {**FORM, "email": "LucBinh@motcua.example"})
    client.post(ACTIVATE, {"code": codes.to("lucbinh@motcua.example")})
    user = User.objects.get()
    assert (user.needs_activation, user.phone_verified, user.email_verified) == (False, False, True)


def test_an_enterprise_registers(client: Client, codes: Codes) -> None:
    form = {
        **FORM,
        "kind": "enterprise",
        "identity_number": "",
        "date_of_birth": "",
        "tax_code": "0314409058-002",
        "enterprise_name": "Công ty TNHH Minh hoạ",
    }
    send(client, form)
    client.post(ACTIVATE, {"code": codes.to(PHONE)})
    enterprise = Enterprise.objects.get()
    assert (enterprise.tax_code, enterprise.is_verified) == ("0314409058-002", False)
    assert [member.user.username for member in enterprise.members.all()] == ["lucbinh90"]


def test_a_second_person_for_one_tax_code_is_no_error(register: Callable[..., Any]) -> None:
    first = register(tax_code="0100233488", enterprise_name="Công ty A")
    first.needs_activation = False
    first.save(update_fields=["needs_activation"])
    second = register(username="nguoithuhai", tax_code="0100233488", enterprise_name="Công ty A")
    enterprise = Enterprise.objects.get()
    assert [member.user for member in enterprise.members.all()] == [first]
    asked = second.enterprise_requests.get()
    assert (asked.enterprise, asked.state) == (enterprise, RequestState.DRAFT)


BAD = {
    "full_name": ["", "Nguyễn 2", "x" * 10_000, "\u202eAn", "🙂"],
    "identity_number": ["", "123", "x" * 10_000, "²" * 3],
    "date_of_birth": ["", "31/02/1990", "hôm qua", "05/09/2090", "1/1/1800", "🙂" * 99],
    "phone": ["", "090", "0123456789", "x" * 10_000],
    "username": ["", "abc", "lục bình", "x" * 10_000, "a\x00bcd"],
    "password": ["", "ngan", "1234567890", "password12", "lucbinh9000"],
    "terms": [""],
    "kind": ["", "khac"],
    "commune_text": ["không có xã này đâu", "x" * 10_000],
    "province": ["77777"],
}


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, vs in BAD.items() for v in vs])
def test_bad_input_is_told_beside_its_field(client: Client, field: str, value: str) -> None:
    answer = send(client, {**FORM, field: value})
    assert answer.status_code == 200
    assert not User.objects.exists()
    form = answer.context["form"]
    assert set(form.errors) == {field}
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    if field not in ("full_name", "password"):
        assert "Trần Thị Lục Bình" in page


def test_a_password_is_not_given_back(client: Client) -> None:
    page = send(client, {**FORM, "phone": "090"}).content.decode()
    assert FORM["password"] not in page


def test_a_taken_name_is_told(client: Client, register: Callable[..., Any]) -> None:
    register()
    answer = send(client, {**FORM, "password": "một câu khác hẳn 77"})
    assert set(answer.context["form"].errors) == {"username"}
    assert User.objects.count() == 1


def test_the_form_sent_twice_leads_to_one_account(client: Client) -> None:
    token = client.get(REGISTER).context["form"]["captcha_token"].value()
    form = {**FORM, "captcha_token": token, "captcha": CAPTCHA_DIGITS}
    for _click in range(2):
        answer = Client().post(REGISTER, form)
        assert answer["Location"] == ACTIVATE
    assert User.objects.count() == 1


def test_one_captcha_is_for_one_account(client: Client) -> None:
    token = client.get(REGISTER).context["form"]["captcha_token"].value()
    form = {**FORM, "captcha_token": token, "captcha": CAPTCHA_DIGITS}
    Client().post(REGISTER, form)
    answer = Client().post(REGISTER, {**form, "username": "nguoikhac"})
    assert set(answer.context["form"].errors) == {"captcha"}
    assert User.objects.count() == 1


def test_a_captcha_is_answered_once_while_other_fields_are_put_right(client: Client) -> None:
    refused = send(client, {**FORM, "phone": "090"})
    token = refused.context["form"]["captcha_token"].value()
    answer = client.post(REGISTER, {**FORM, "captcha_token": token})
    assert answer["Location"] == ACTIVATE


def test_a_taken_name_leaves_the_captcha_answered(
    client: Client, register: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(data: Any, *, now: Any) -> Any:
        raise UsernameTakenError

    monkeypatch.setattr(actions, "register_account", taken)
    refused = send(client, FORM)
    monkeypatch.undo()
    monkeypatch.setattr("cms.core.captcha.challenges.digits_of", lambda token: CAPTCHA_DIGITS)
    token = refused.context["form"]["captcha_token"].value()
    answer = client.post(REGISTER, {**FORM, "username": "lucbinh91", "captcha_token": token})
    assert answer["Location"] == ACTIVATE


def test_known_phone_and_mail_are_answered_alike(client: Client, codes: Codes) -> None:
    User.objects.create(
        username="chuso", phone=PHONE, phone_verified=True, email="a@b.example", email_verified=True
    )
    answers = []
    for number, mail in [("0901234567", "a@b.example"), ("0907654321", "c@b.example")]:
        visitor = Client()
        form = {**FORM, "username": f"u{number}", "phone": number, "email": mail}
        answer = send(visitor, form)
        page = visitor.get(ACTIVATE).content.decode()
        answers.append((answer.status_code, answer["Location"], page.count("•")))
    assert answers[0] == answers[1]
    assert len(codes.sent) == 4


def test_a_family_shares_one_phone(client: Client, codes: Codes) -> None:
    owner = User.objects.create(username="mesu", phone=PHONE, phone_verified=True)
    send(client, FORM)
    client.post(ACTIVATE, {"code": codes.to(PHONE)})
    user = User.objects.get(username="lucbinh90")
    assert signed_in(client) == user.pk
    assert (user.needs_activation, user.phone, user.phone_verified) == (False, PHONE, False)
    assert user.phone_proven_at
    owner.refresh_from_db()
    assert owner.phone_verified


def test_a_closed_browser_resumes_at_the_code(client: Client, codes: Codes) -> None:
    send(client, FORM)
    other_device = Client()
    answer = other_device.post(
        "/tai-khoan/dang-nhap/", {"login": "lucbinh90", "password": FORM["password"]}
    )
    assert answer["Location"] == ACTIVATE
    answer = other_device.post(ACTIVATE, {"code": codes.to(PHONE)})
    assert signed_in(other_device)
    answer = client.post(ACTIVATE, {"code": codes.to(PHONE)})  # the first device comes back
    assert signed_in(client)


def test_a_wrong_code_says_how_many_attempts_are_left(client: Client, codes: Codes) -> None:
    send(client, FORM)
    page = client.post(ACTIVATE, {"code": codes.wrong()}).content.decode()
    assert "Còn 4 lần nhập" in page
    assert "govuk-input--error" in page
    assert "Mã có hiệu lực đến" in page
    assert User.objects.get().needs_activation
    for _time in range(4):
        page = client.post(ACTIVATE, {"code": codes.wrong()}).content.decode()
    page = client.post(ACTIVATE, {"code": codes.wrong()}).content.decode()
    assert "Đã nhập sai quá nhiều lần" in page
    assert "Mã có hiệu lực đến" not in page


def test_guessing_stops(register: Callable[..., Any], codes: Codes) -> None:
    user = register()
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCodeError) as error:
            actions.activate_account(user, codes.wrong(), now=timezone.now())
        assert error.value.left == left
    for typed in (codes.wrong(), codes.to(PHONE)):
        with pytest.raises(SpentCodeError):
            actions.activate_account(user, typed, now=timezone.now())
    later = timezone.now() + timedelta(minutes=2)
    actions.resend_activation(user, now=later)
    actions.activate_account(user, codes.to(PHONE), now=later)


def test_sendings_are_limited_by_the_hour(register: Callable[..., Any]) -> None:
    now = timezone.now()
    user = register(now=now)
    with pytest.raises(TooSoonError) as error:
        actions.resend_activation(user, now=now + timedelta(seconds=20))
    assert error.value.seconds == 40
    for minute in (2, 4, 6, 8):
        actions.resend_activation(user, now=now + timedelta(minutes=minute))
    with pytest.raises(TooSoonError) as error:
        actions.resend_activation(user, now=now + timedelta(minutes=10))
    assert error.value.seconds == 50 * 60
    actions.resend_activation(user, now=now + timedelta(minutes=61))


def test_one_number_gets_few_codes_whoever_asks(register: Callable[..., Any]) -> None:
    for number in range(10):
        register(username=f"nguoi{number}")
    with pytest.raises(TooSoonError):
        register(username="nguoi10")
    assert User.objects.count() == 10


def test_a_late_message_still_counts_until_it_runs_out(
    register: Callable[..., Any], codes: Codes
) -> None:
    now = timezone.now()
    user = register(now=now)
    first = codes.to(PHONE)
    actions.resend_activation(user, now=now + timedelta(minutes=2))
    with pytest.raises(WrongCodeError):
        actions.activate_account(user, first, now=now + timedelta(minutes=11))
    with pytest.raises(ExpiredCodeError):
        actions.activate_account(user, codes.to(PHONE), now=now + timedelta(minutes=13))
    actions.resend_activation(user, now=now + timedelta(minutes=14))
    actions.activate_account(user, codes.to(PHONE), now=now + timedelta(minutes=15))
    with pytest.raises(AlreadyActiveError):
        actions.activate_account(user, codes.to(PHONE), now=now + timedelta(minutes=15))


def test_an_expired_code_is_told_and_a_new_one_is_one_press_away(
    client: Client, codes: Codes
) -> None:
    send(client, FORM)
    OneTimeCode.objects.update(
        created_at=timezone.now() - timedelta(minutes=11),
        expires_at=timezone.now() - timedelta(minutes=1),
    )
    page = client.post(ACTIVATE, {"code": codes.to(PHONE)}).content.decode()
    assert "không còn hiệu lực" in page
    assert client.post(f"{ACTIVATE}gui-lai/")["Location"] == ACTIVATE
    client.post(ACTIVATE, {"code": codes.to(PHONE)})
    assert signed_in(client)


def test_a_mistyped_number_is_put_right(client: Client, codes: Codes) -> None:
    send(client, {**FORM, "phone": "0907654321"})
    OneTimeCode.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    old = codes.to("+84907654321")
    form = client.get(f"{ACTIVATE}lien-he/").context["form"]
    assert form["phone"].value() == "0907 654 321"
    answer = client.post(f"{ACTIVATE}lien-he/", {"phone": "0901234567", "email": ""})
    assert answer["Location"] == ACTIVATE
    assert client.post(ACTIVATE, {"code": old}).status_code == 200  # the old number proves nothing
    client.post(ACTIVATE, {"code": codes.to(PHONE)})
    assert signed_in(client)
    assert User.objects.get().phone == PHONE


def test_too_quick_a_change_says_how_long_to_wait(client: Client) -> None:
    send(client, FORM)
    answer = client.post(f"{ACTIVATE}lien-he/", {"phone": "0907654321", "email": ""})
    assert "sau" in answer.content.decode()
    assert User.objects.get().phone == PHONE


def test_strangers_find_no_activation(client: Client) -> None:
    for path in ("", "lien-he/"):
        answer = client.get(f"{ACTIVATE}{path}")
        assert answer["Location"].startswith("/tai-khoan/dang-nhap/")
    assert "trang nhập mã kích hoạt sẽ mở lại" in client.get(answer["Location"]).content.decode()
    for path in ("gui-lai/", "thoi/"):
        assert client.post(f"{ACTIVATE}{path}")["Location"].startswith("/tai-khoan/dang-nhap/")


def test_somebody_else_may_use_the_device(client: Client) -> None:
    send(client, FORM)
    assert client.get("/tai-khoan/dang-nhap/")["Location"] == ACTIVATE
    client.post(f"{ACTIVATE}thoi/")
    assert client.get("/tai-khoan/dang-nhap/").status_code == 200


@pytest.fixture
def places() -> None:
    """One ward that stands for two former ones, and a commune of the same former name."""
    province = Province.objects.create(code="92", name="Thành phố Cần Thơ", sort_key="can tho")
    rows = [("31135", "Phường Ninh Kiều", "ninh kieu"), ("31999", "Xã Mẫu", "mau")]
    for code, name, folded in rows:
        Commune.objects.create(
            code=code, name=name, kind="ward", province=province, folded=folded, sort_key=folded
        )
    for name, district, code in [
        ("Phường An Mẫu", "Quận Ninh Kiều", "31135"),
        ("Xã Chung", "Huyện Một", "31135"),
        ("Xã Chung", "Huyện Hai", "31999"),
    ]:
        former = FormerWard.objects.create(
            name=name,
            district=district,
            province_name="Thành phố Cần Thơ",
            folded=name.split(" ", 1)[1].lower().replace("ẫ", "a"),
            folded_district=district.lower(),
        )
        FormerWardSuccessor.objects.create(former_ward=former, commune_id=code, rank=0)


def test_a_former_ward_is_understood(client: Client, places: None) -> None:
    send(client, {**FORM, "province": "92", "commune_text": "an mau"})
    assert User.objects.get().person.commune.name == "Phường Ninh Kiều"


def test_where_several_fit_one_is_chosen(client: Client, places: None) -> None:
    answer = send(client, {**FORM, "province": "92", "commune_text": "xã chung"})
    assert set(answer.context["form"].errors) == {"commune_code"}
    assert 'value="31999"' in answer.content.decode()
    send(client, {**FORM, "commune_text": "xã chung", "commune_code": "31999"})
    assert User.objects.get().person.commune.code == "31999"


def test_the_taken_name_of_the_same_moment_is_an_error(register: Callable[..., Any]) -> None:
    register()
    with pytest.raises(UsernameTakenError):
        register(phone="+84907654321")


def test_english_pages_write_in_english(client: Client, codes: Codes) -> None:
    send(client, prefix="/en", form={**FORM, "phone": "", "email": "a@motcua.example"})
    assert User.objects.get().language == "en"
    assert Mail.objects.get().subject == "Activation code"
