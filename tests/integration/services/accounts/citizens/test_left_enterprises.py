"""A tax code is held by who can be asked about it, not by accounts that were never activated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from services.accounts import actions
from services.accounts.exceptions import GoneError
from services.accounts.models import Enterprise, EnterpriseRequest, Invitation, Membership, User
from services.accounts.selectors import find_registered
from services.accounts.selectors.desk import MOST, find_records
from services.accounts.states import EnterpriseRole, RequestKind, RequestState
from services.notifications.models import Mail

pytestmark = pytest.mark.django_db
HERE = "/trang-ca-nhan/doanh-nghiep/"
TAX_CODE = "0100233488"
NO_ADDRESS = {"commune_id": None, "hamlet": "", "street": ""}


def person(username: str, **given: Any) -> User:
    """Somebody whose e-mail address is proven."""
    return User.objects.create(
        username=username,
        full_name=f"Nguyễn Văn {username.title()}",
        email=f"{username}@motcua.example",
        email_verified=True,
        email_proven_at=timezone.now(),
        **given,
    )


def add(user: User) -> Any:
    return actions.add_enterprise(user=user, tax_code=TAX_CODE, name="Công ty", address=NO_ADDRESS)


def ask(user: User) -> EnterpriseRequest:
    asked = add(user)
    actions.send_request(request=asked, kind=RequestKind.JOIN, text="Tôi là kế toán.")
    return EnterpriseRequest.objects.get(pk=asked.pk)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def firm() -> Enterprise:
    """An enterprise whose only owner can sign in."""
    made: Enterprise = add(person("chu"))
    return made


@pytest.fixture
def verified(firm: Enterprise) -> Enterprise:
    """The same, verified by an officer."""
    Enterprise.objects.filter(pk=firm.pk).update(verified_at=timezone.now(), verified_how="officer")
    firm.refresh_from_db()
    return firm


@pytest.mark.parametrize("state", [{"needs_activation": True}, {"is_active": False}])
def test_who_cannot_sign_in_blocks_no_tax_code(firm: Enterprise, state: dict[str, bool]) -> None:
    User.objects.filter(username="chu").update(**state)
    made = add(person("khac"))
    assert isinstance(made, Enterprise)
    assert made.members.get().role == EnterpriseRole.OWNER


def test_a_second_registration_of_one_director_owns_the_enterprise(
    register: Callable[..., Any],
) -> None:
    for username, phone in (("lan.mot", "+84901111111"), ("lan.hai", "+84902222222")):
        register(username=username, phone=phone, tax_code=TAX_CODE, enterprise_name="Công ty")
    second = User.objects.get(username="lan.hai")
    assert Membership.objects.get(user=second).role == EnterpriseRole.OWNER
    assert not EnterpriseRequest.objects.exists()


def test_an_account_that_is_activated_late_claims_beside_the_other(firm: Enterprise) -> None:
    User.objects.update(needs_activation=True)
    mine = add(person("khac"))
    User.objects.update(needs_activation=False)
    assert find_registered(TAX_CODE) == firm
    for one in (firm, mine):
        assert browser(one.members.get().user).get(f"{HERE}{one.pk}/").status_code == 200
    Enterprise.objects.filter(pk=mine.pk).update(verified_at=timezone.now())
    assert find_registered(TAX_CODE) == mine


def test_who_asked_to_join_nobody_adds_it_at_once(firm: Enterprise) -> None:
    user = person("khac")
    asked = ask(user)
    User.objects.filter(username="chu").update(needs_activation=True)
    client = browser(user)
    page = client.get(f"{HERE}yeu-cau/{asked.pk}/").content.decode()
    assert "Không còn ai có thể chấp nhận" in page
    answer = client.post(f"{HERE}them/", {"tax_code": TAX_CODE, "name": "Công ty"})
    mine = Enterprise.objects.exclude(pk=firm.pk).get()
    assert answer["Location"] == f"{HERE}{mine.pk}/"
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Hãy gửi cán bộ"), ("/en", "Write to an officer")]
)
def test_a_verified_enterprise_without_owner_is_given_by_an_officer(
    verified: Enterprise, prefix: str, words: str
) -> None:
    actions.delete_account(User.objects.get(username="chu"), now=timezone.now())
    user = person("khac")
    asked = add(user)
    assert isinstance(asked, EnterpriseRequest)
    with pytest.raises(GoneError):
        actions.send_request(request=asked, kind=RequestKind.JOIN, text="")
    client = browser(user)
    path = f"{prefix}{HERE}yeu-cau/{asked.pk}/"
    page = client.get(path).content.decode()
    assert words in page
    assert 'value="join"' not in page
    refused = client.post(path, {"kind": "join", "text": "Tôi"})
    assert refused.context["form"].non_field_errors()
    assert set(client.post(path, {"kind": "dispute"}).context["form"].errors) == {"text"}
    client.post(path, {"kind": "dispute", "text": "Tôi là giám đốc."})
    asked.refresh_from_db()
    assert (asked.kind, asked.state) == (RequestKind.DISPUTE, RequestState.OPEN)
    assert client.get(path).status_code == 200
    actions.settle_dispute(
        request=asked, actor=person("canbo"), is_accepted=True, answer="", now=timezone.now()
    )
    assert verified.members.get().user == user


def test_invitations_end_and_requests_go_back_with_the_last_member(verified: Enterprise) -> None:
    owner, user = User.objects.get(username="chu"), person("khac")
    asked = ask(user)
    Invitation.objects.create(
        enterprise=verified, address="a@motcua.example", digest="x", expires_at=timezone.now()
    )
    Mail.objects.all().delete()
    actions.delete_account(owner, now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == RequestState.DRAFT
    assert Invitation.objects.get().state == RequestState.WITHDRAWN
    mail = Mail.objects.get(address=user.email)
    assert "Không còn ai có thể cho bạn thay mặt Công ty" in mail.text
    page = browser(user).get(f"{HERE}yeu-cau/{asked.pk}/").content.decode()
    assert "Hãy gửi cán bộ" in page


def test_a_claimed_enterprise_that_is_left_is_free(firm: Enterprise) -> None:
    user = person("khac")
    asked = ask(user)
    actions.delete_account(User.objects.get(username="chu"), now=timezone.now())
    client = browser(user)
    page = client.get(f"{HERE}yeu-cau/{asked.pk}/").content.decode()
    assert f'href="{HERE}them/"' in page
    client.post(f"{HERE}them/", {"tax_code": TAX_CODE, "name": "Công ty"})
    assert Membership.objects.get(user=user).role == EnterpriseRole.OWNER
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN


def test_dead_accounts_do_not_hide_an_enterprise_at_the_counter(firm: Enterprise) -> None:
    User.objects.update(needs_activation=True)
    for number in range(MOST):
        add(person(f"nguoi{number}", needs_activation=True))
    mine = add(person("khac"))
    mine.name = "Công ty của tôi"
    mine.save()
    found = find_records(TAX_CODE, reason="Đến quầy", viewer=person("canbo"))
    assert found[0].name == "Công ty của tôi"
