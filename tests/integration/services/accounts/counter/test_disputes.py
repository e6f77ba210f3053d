"""Officers decide complaints about who acts for an enterprise, once, and tell both sides why."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from services.accounts.models import (
    AccountEvent,
    EnterpriseRequest,
    Invitation,
    Membership,
    User,
)
from services.accounts.states import EventKind, RequestState
from services.notifications.models import Mail
from tests.integration.services.accounts.counter.conftest import TAX_CODE, Counter, make_citizen

pytestmark = pytest.mark.django_db
WHY = "Giấy chứng nhận ghi tên người khiếu nại."


@pytest.fixture
def other(counter: Counter) -> User:
    user = make_citizen("giam.doc", full_name="Lê Thị Hai")
    User.objects.filter(pk__in=[user.pk, counter.owner.pk]).update(email_proven_at=timezone.now())
    return user


def decide(counter: Counter, dispute: EnterpriseRequest, decision: str, reason: str = WHY):
    opening = counter.open(TAX_CODE)
    key = f"decision-{dispute.pk}"
    data = {"dispute": dispute.pk, f"{key}-decision": decision, f"{key}-reason": reason}
    return counter.send("decide", opening, **data)


def test_complaints_are_listed_without_people(counter: Counter, other: User) -> None:
    counter.dispute(other)
    content = counter.client.get(reverse("citizen_desk:disputes")).content.decode()
    assert "Công ty Minh hoạ" in content
    for words in ("Lê Thị Hai", "Nguyễn Văn Chủ", "đại diện theo pháp luật"):
        assert words not in content


def test_an_enterprise_is_given_to_who_complains(counter: Counter, other: User) -> None:
    dispute = counter.dispute(other)
    Invitation.objects.create(
        enterprise=counter.firm, address="x@motcua.example", digest="1", expires_at=timezone.now()
    )
    assert decide(counter, dispute, "transfer").status_code == 302
    member = Membership.objects.get()
    assert (member.user, member.role) == (other, "owner")
    dispute.refresh_from_db()
    assert (dispute.state, dispute.decided_by, dispute.answer) == (
        RequestState.ACCEPTED,
        counter.officer,
        WHY,
    )
    assert Invitation.objects.get().state == RequestState.WITHDRAWN
    left = AccountEvent.objects.get(kind=EventKind.ENTERPRISE_LEFT)
    assert (left.user, left.actor) == (counter.owner, counter.officer)
    mails = dict(Mail.objects.values_list("address", "text"))
    assert set(mails) == {other.email, counter.owner.email}
    assert all(WHY in text for text in mails.values())


def test_a_complaint_is_declined(counter: Counter, other: User) -> None:
    dispute = counter.dispute(other)
    assert decide(counter, dispute, "decline").status_code == 302
    assert Membership.objects.get().user == counter.owner
    assert Mail.objects.count() == 2
    assert all("Lý do: " + WHY in text for text in Mail.objects.values_list("text", flat=True))
    assert decide(counter, dispute, "transfer").status_code == 302
    dispute.refresh_from_db()
    assert dispute.state == RequestState.DECLINED
    assert Membership.objects.get().user == counter.owner


@pytest.mark.parametrize(("decision", "reason"), [("", WHY), ("transfer", ""), ("other", WHY)])
def test_decision_and_reason_are_demanded(
    counter: Counter, other: User, decision: str, reason: str
) -> None:
    dispute = counter.dispute(other)
    assert decide(counter, dispute, decision, reason).status_code == 200
    dispute.refresh_from_db()
    assert dispute.state == RequestState.OPEN


def test_a_request_to_join_is_not_for_officers(counter: Counter, other: User) -> None:
    dispute = counter.dispute(other)
    EnterpriseRequest.objects.update(kind="join")
    decide(counter, dispute, "transfer")
    assert Membership.objects.get().user == counter.owner


def test_nobody_decides_their_own_complaint(counter: Counter) -> None:
    dispute = counter.dispute(counter.officer)
    answer = decide(counter, dispute, "transfer")
    assert "Bạn là một bên của khiếu nại này" in answer.content.decode()
    assert Membership.objects.get().user == counter.owner
