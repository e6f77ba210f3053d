"""Many clicks at the same moment: one deletion, one use of a code, an owner stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from services.accounts import actions
from services.accounts.models import AccountEvent, Enterprise, Membership
from services.accounts.states import Channel, EnterpriseRole, EventKind
from tests.integration.services.accounts.citizens.conftest import Codes
from tests.integration.services.accounts.citizens.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_an_account_is_deleted_once(citizen: Any) -> None:
    jobs = [lambda: actions.delete_account(citizen, now=timezone.now())] * 10
    assert at_once(jobs) == {"done": 10}
    assert AccountEvent.objects.filter(user=citizen, kind=EventKind.DELETED).count() == 1


def test_a_code_changes_the_phone_number_once(citizen: Any, codes: Codes) -> None:
    now = timezone.now()
    actions.ask_contact_change(citizen, Channel.PHONE, "+84907654321", now=now)
    digits = codes.to("+84907654321")
    jobs = [lambda: actions.change_contact(citizen, Channel.PHONE, digits, now=now)] * 10
    assert at_once(jobs) == {"done": 1, "ExpiredCodeError": 9}
    events = AccountEvent.objects.filter(user=citizen, kind=EventKind.PHONE_CHANGED)
    assert events.count() == 1


def test_two_owners_who_leave_at_once_leave_one(
    citizen: Any, make_citizen: Callable[..., Any]
) -> None:
    other = make_citizen(username="chuthuhai", phone="+84907654321")
    staff = make_citizen(username="nhanvien", phone="+84907654322")
    firm = Enterprise.objects.create(tax_code="0100233488", name="Công ty TNHH Minh hoạ")
    for user in (citizen, other):
        Membership.objects.create(enterprise=firm, user=user, role=EnterpriseRole.OWNER)
    Membership.objects.create(enterprise=firm, user=staff, role=EnterpriseRole.STAFF)
    jobs: list[Callable[[], Any]] = [
        lambda: actions.delete_account(citizen, now=timezone.now()),
        lambda: actions.delete_account(other, now=timezone.now()),
    ]
    assert at_once(jobs, threads=2) == {"done": 1, "KeptError": 1}
    assert firm.members.filter(role=EnterpriseRole.OWNER).count() == 1
