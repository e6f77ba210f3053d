"""Invitations count no longer than who sent them decides, and are nobody else's to erase."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from services.accounts import actions
from services.accounts.exceptions import GoneError
from services.accounts.models import Enterprise, Invitation, Membership, User
from services.accounts.states import EnterpriseRole, RequestState
from services.notifications.models import Mail

pytestmark = pytest.mark.django_db
SHARED = "+84901234567"


def person(username: str, **given: Any) -> User:
    """Somebody whose e-mail address is proven."""
    values = {
        "full_name": f"Nguyễn Văn {username.title()}",
        "email": f"{username}@motcua.example",
        "email_verified": True,
        "email_proven_at": timezone.now(),
        **given,
    }
    return User.objects.create(username=username, **values)


def join(firm: Enterprise, user: User, role: EnterpriseRole) -> Membership:
    return Membership.objects.create(enterprise=firm, user=user, role=role)


@pytest.fixture
def firm() -> Enterprise:
    """An enterprise of two owners."""
    made = Enterprise.objects.create(tax_code="0100233488", name="Công ty TNHH Minh hoạ")
    for username in ("mot", "hai"):
        join(made, person(username), EnterpriseRole.OWNER)
    return made


def invite(firm: Enterprise, by: User, address: str, role: str = "owner") -> Invitation:
    return actions.invite_member(
        enterprise=firm, actor=by, address=address, role=EnterpriseRole(role), now=timezone.now()
    )


@pytest.mark.parametrize("role", [None, EnterpriseRole.STAFF])
@pytest.mark.parametrize("by", ["mot", "hai"])
def test_invitations_end_with_the_owner_who_sent_them(
    firm: Enterprise, role: EnterpriseRole | None, by: str
) -> None:
    first, second = (User.objects.get(username=name) for name in ("mot", "hai"))
    own = invite(firm, second, "hai.rieng@motcua.example")
    other = invite(firm, first, "ba@motcua.example")
    member = firm.members.get(user=second)
    actor = User.objects.get(username=by)
    actions.change_member(member=member, role=role, actor=actor, now=timezone.now())
    with pytest.raises(GoneError):
        actions.answer_invitation(
            invitation=own, user=person("hai.rieng"), is_accepted=True, now=timezone.now()
        )
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, own.decided_by and own.decided_by.username) == ("withdrawn", by)
    assert other.state == RequestState.OPEN


def test_who_owns_it_no_more_invites_nobody(firm: Enterprise) -> None:
    second = User.objects.get(username="hai")
    firm.members.filter(user=second).update(role=EnterpriseRole.STAFF)
    with pytest.raises(GoneError):
        invite(firm, second, "hai.rieng@motcua.example")
    assert not Invitation.objects.exists()


def test_invitations_end_with_the_account_of_who_sent_them(firm: Enterprise) -> None:
    second = User.objects.get(username="hai")
    own = invite(firm, second, "hai.rieng@motcua.example")
    actions.delete_account(second, now=timezone.now())
    own.refresh_from_db()
    assert own.state == RequestState.WITHDRAWN


@pytest.mark.parametrize(("language", "words"), [("vi", "vai trò nhân viên"), ("en", "as staff")])
def test_owners_hear_who_came_by_invitation(firm: Enterprise, language: str, words: str) -> None:
    first = User.objects.get(username="mot")
    User.objects.filter(username="mot").update(language=language)
    join(firm, person("phu"), EnterpriseRole.STAFF)
    invitation = invite(firm, first, "ba@motcua.example", "staff")
    Mail.objects.all().delete()
    actions.answer_invitation(
        invitation=invitation, user=person("ba"), is_accepted=True, now=timezone.now()
    )
    told = dict(Mail.objects.values_list("address", "text"))
    assert set(told) == {"mot@motcua.example", "hai@motcua.example"}
    assert "Nguyễn Văn Ba" in told["mot@motcua.example"]
    assert words in told["mot@motcua.example"]


def test_owners_hear_nothing_where_nothing_changed(firm: Enterprise) -> None:
    first, second = (User.objects.get(username=name) for name in ("mot", "hai"))
    for user, is_accepted in ((person("ba"), False), (second, True)):
        invitation = invite(firm, first, f"{user.username}@motcua.example", "staff")
        Mail.objects.all().delete()
        actions.answer_invitation(
            invitation=invitation, user=user, is_accepted=is_accepted, now=timezone.now()
        )
        assert not Mail.objects.exists()
    assert firm.members.get(user=second).role == EnterpriseRole.OWNER


@pytest.mark.parametrize(
    ("mine", "another_proves_it", "is_left"),
    [
        ({}, False, True),  # typed alone, proven by nobody
        ({"phone_proven_at": timezone.now()}, True, True),  # shared in a family
        ({"phone_proven_at": timezone.now()}, False, False),
    ],
)
def test_invitations_to_others_outlast_a_deleted_account(
    firm: Enterprise, mine: dict[str, Any], another_proves_it: bool, is_left: bool
) -> None:
    invite(firm, User.objects.get(username="mot"), SHARED, "staff")
    person("con", phone=SHARED, phone_proven_at=timezone.now() if another_proves_it else None)
    going = person("cha", phone=SHARED, **mine)
    actions.delete_account(going, now=timezone.now())
    assert Invitation.objects.exists() is is_left


def test_what_one_answered_goes_with_the_account(firm: Enterprise) -> None:
    invitation = invite(firm, User.objects.get(username="mot"), SHARED, "staff")
    going = person("cha", phone=SHARED)
    actions.answer_invitation(
        invitation=invitation, user=going, is_accepted=False, now=timezone.now()
    )
    actions.delete_account(going, now=timezone.now())
    assert not Invitation.objects.exists()
