"""The download of one's data, and deleting the account."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from services.accounts import actions
from services.accounts.exceptions import KeptError
from services.accounts.models import (
    AccountEvent,
    Consent,
    Enterprise,
    Invitation,
    Membership,
    OneTimeCode,
    Person,
    RecordView,
    User,
)
from services.accounts.selectors import find_by_sign_in_name
from services.accounts.signals import data_asked, deletion_asked
from services.accounts.states import EnterpriseRole, EventKind, Retention
from services.notifications.models import Text
from tests.integration.services.accounts.personal.conftest import LOGIN, PASSWORD

pytestmark = pytest.mark.django_db
DATA = "/trang-ca-nhan/du-lieu/"
DOWNLOAD, DELETE = f"{DATA}tai-ve/", f"{DATA}xoa-tai-khoan/"
WORDS = {"password": PASSWORD, "word": "XÓA"}


def test_the_download_needs_the_password_once_more(
    client: Client,
    citizen: Any,
    sign_in: Callable[..., None],
    confirm: Callable[[Client], None],
    make_citizen: Callable[..., Any],
) -> None:
    make_citizen(username="nguoikhac", phone="+84907654321", full_name="Người Khác")
    sign_in(client, citizen)
    assert client.post(DOWNLOAD)["Location"].startswith("/tai-khoan/xac-nhan-mat-khau/")
    confirm(client)
    answer = client.post(DOWNLOAD)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    data = json.loads(answer.content)
    assert data["account"]["phone"] == "+84901234567"
    assert data["person"]["identity_number"] == "092190001234"
    assert {row["purpose"] for row in data["consents"]} == {"terms", "reuse"}
    text = answer.content.decode()
    assert "Người Khác" not in text
    for secret in (citizen.password, OneTimeCode.objects.filter(user=citizen).first().digest):
        assert secret not in text
    assert AccountEvent.objects.filter(user=citizen, kind=EventKind.DATA_EXPORTED).count() == 1
    assert client.get(DOWNLOAD)["Location"] == DATA


def test_other_apps_add_to_the_download(
    client: Client, citizen: Any, sign_in: Callable[..., None], confirm: Callable[[Client], None]
) -> None:
    def tell(user: Any, **kwargs: Any) -> dict[str, Any]:
        return {"dossiers": [user.username]}

    data_asked.connect(tell)
    try:
        sign_in(client, citizen)
        confirm(client)
        assert json.loads(client.post(DOWNLOAD).content)["dossiers"] == ["lucbinh90"]
    finally:
        data_asked.disconnect(tell)


def test_an_account_is_deleted_for_good(
    client: Client, citizen: Any, sign_in: Callable[..., None], make_citizen: Callable[..., Any]
) -> None:
    own = Enterprise.objects.create(tax_code="0100233488", name="Công ty TNHH Minh hoạ")
    Membership.objects.create(enterprise=own, user=citizen, role=EnterpriseRole.OWNER)
    RecordView.objects.create(subject=citizen, viewer_name="Cán bộ", what="identity", reason="x")
    elsewhere = Client()
    sign_in(elsewhere, citizen)
    sign_in(client, citizen)
    page = client.get(DELETE).content.decode()
    assert "XÓA" in page
    answer = client.post(DELETE, WORDS)
    assert answer["Location"] == "/tai-khoan/da-xoa/"
    assert client.get("/tai-khoan/da-xoa/").status_code == 200
    row = User.objects.get(pk=citizen.pk)
    assert row.username.startswith("deleted-")
    assert (row.full_name, row.email, row.phone, row.is_active) == ("", "", None, False)
    assert not row.has_usable_password()
    assert row.deleted_at is not None
    for model in (Person, Consent, OneTimeCode, Membership):
        assert not model.objects.filter(user=row).exists()
    assert not Enterprise.objects.exists()
    assert [event.kind for event in AccountEvent.objects.filter(user=row)] == [EventKind.DELETED]
    assert RecordView.objects.get(subject=row).reason == ""
    assert Text.objects.filter(phone="+84901234567", text__contains="đã bị xóa").exists() or (
        Text.objects.filter(phone="+84901234567", text__contains="xóa").exists()
    )
    assert elsewhere.get(DATA).status_code == 302
    assert client.post(DELETE, WORDS)["Location"].startswith(LOGIN)  # twice clicked
    assert find_by_sign_in_name("lucbinh90") is None
    answer = Client().post(LOGIN, {"login": "lucbinh90", "password": PASSWORD})
    unknown = Client().post(LOGIN, {"login": "khongcoai", "password": PASSWORD})
    assert answer.status_code == unknown.status_code == 200
    assert [str(e) for e in answer.context["form"].non_field_errors()] == [
        str(e) for e in unknown.context["form"].non_field_errors()
    ]
    again = make_citizen()  # name and phone number are free
    assert again.phone_verified


@pytest.mark.parametrize(
    "words", [{**WORDS, "password": "không phải"}, {**WORDS, "word": "xoa"}, {"word": "XÓA"}, {}]
)
def test_an_account_is_not_deleted_by_a_slip(
    client: Client, citizen: Any, words: dict[str, str]
) -> None:
    client.force_login(citizen)
    assert client.post(DELETE, words).status_code == 200
    citizen.refresh_from_db()
    assert citizen.deleted_at is None


def test_deleting_twice_is_harmless(citizen: Any) -> None:
    for _click in range(2):
        actions.delete_account(citizen, now=timezone.now())
    assert AccountEvent.objects.filter(user=citizen, kind=EventKind.DELETED).count() == 1


def test_the_only_owner_hands_over_first(
    client: Client, citizen: Any, make_citizen: Callable[..., Any]
) -> None:
    other = make_citizen(username="nhanvien", phone="+84907654321")
    firm = Enterprise.objects.create(tax_code="0100233488", name="Công ty TNHH Minh hoạ")
    Membership.objects.create(enterprise=firm, user=citizen, role=EnterpriseRole.OWNER)
    member = Membership.objects.create(enterprise=firm, user=other, role=EnterpriseRole.STAFF)
    client.force_login(citizen)
    answer = client.post(DELETE, WORDS)
    assert "chủ sở hữu duy nhất của Công ty TNHH Minh hoạ" in answer.content.decode()
    member.role = EnterpriseRole.OWNER
    member.save()
    Invitation.objects.create(
        enterprise=firm,
        address=citizen.phone,
        role="staff",
        digest="x",
        expires_at=timezone.now(),
    )
    actions.delete_account(citizen, now=timezone.now())
    assert firm.members.count() == 1
    assert not Invitation.objects.exists()


def test_staff_do_not_delete_themselves(client: Client, admin_user: Any) -> None:
    with pytest.raises(KeptError):
        actions.delete_account(admin_user, now=timezone.now())
    client.force_login(admin_user)
    assert "Quản trị viên" in client.get(DELETE).content.decode()


@pytest.fixture
def answer() -> Iterator[Callable[[Retention], None]]:
    """Let another app answer when an account is to be deleted."""
    receivers: list[Any] = []

    def connect(retention: Retention) -> None:
        def receive(**kwargs: Any) -> Retention:
            return retention

        receivers.append(receive)
        deletion_asked.connect(receive)

    yield connect
    for receive in receivers:
        deletion_asked.disconnect(receive)


def test_other_apps_keep_or_refuse(
    client: Client, citizen: Any, answer: Callable[[Retention], None]
) -> None:
    answer(Retention(kept=("hồ sơ đã nộp, 10 năm",)))
    client.force_login(citizen)
    assert "hồ sơ đã nộp, 10 năm" in client.get(DELETE).content.decode()
    answer(Retention(refusals=("Một hồ sơ đang được giải quyết.",)))
    assert "Một hồ sơ đang được giải quyết." in client.post(DELETE, WORDS).content.decode()
    citizen.refresh_from_db()
    assert citizen.deleted_at is None


@pytest.mark.parametrize("page", [DELETE, "/trang-ca-nhan/thong-tin/"])
def test_who_has_no_password_is_led_to_one(client: Client, citizen: Any, page: str) -> None:
    citizen.set_unusable_password()
    citizen.save()
    client.force_login(citizen)
    text = client.get(page, follow=True).content.decode()
    assert "/tai-khoan/quen-mat-khau/" in text
    assert 'name="password"' not in text
