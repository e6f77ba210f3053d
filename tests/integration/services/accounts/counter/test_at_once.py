"""Officers at two counters in one moment: a number is verified once, a complaint decided once.

SQLite writes one after the other, PostgreSQL has real locks: both run this.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.accounts import actions
from services.accounts.models import (
    AccountEvent,
    Enterprise,
    EnterpriseRequest,
    Membership,
    Person,
    User,
)
from services.accounts.states import EventKind, RequestKind
from tests.integration.services.accounts.citizens.test_at_once import at_once
from tests.integration.services.accounts.counter.conftest import IDENTITY, make_citizen

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_one_number_is_verified_for_one_of_many() -> None:
    officer = User.objects.create_user("xuly")
    people = [make_citizen(f"nguoi{number}", IDENTITY) for number in range(8)]
    jobs = [
        lambda user=user: actions.verify_identity(
            user=user, number=IDENTITY, actor=officer, now=timezone.now()
        )
        for user in people
    ]
    assert at_once(jobs, threads=8) == {"done": 1, "NumberHeldError": 7}
    assert Person.objects.exclude(verified_at=None).count() == 1
    assert AccountEvent.objects.filter(kind=EventKind.IDENTITY_VERIFIED).count() == 1


def test_a_complaint_is_decided_once() -> None:
    officer = User.objects.create_user("xuly")
    owner, other = make_citizen("chu"), make_citizen("giam.doc")
    firm = Enterprise.objects.create(tax_code="0100109106", name="Công ty Minh hoạ")
    Membership.objects.create(enterprise=firm, user=owner, role="owner")
    dispute = EnterpriseRequest.objects.create(
        enterprise=firm, user=other, kind=RequestKind.DISPUTE
    )
    jobs = [
        lambda number=number: actions.settle_dispute(
            request=dispute,
            actor=officer,
            is_accepted=number % 2 == 0,
            answer="Vì thế.",
            now=timezone.now(),
        )
        for number in range(8)
    ]
    assert at_once(jobs, threads=8) == {"done": 1, "GoneError": 7}
    assert Membership.objects.count() == 1
