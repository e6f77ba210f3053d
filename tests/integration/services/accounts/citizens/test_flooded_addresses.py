"""Codes that strangers have sent to a number or address take nothing from who has proven it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from services.accounts import actions
from services.accounts.actions.contacts import confirm_contact
from services.accounts.exceptions import TooSoonError
from services.accounts.models import ResetRequest, User
from services.accounts.states import Channel
from tests.integration.services.accounts.citizens.conftest import Codes

pytestmark = pytest.mark.django_db
PHONE, EMAIL, OTHER = "+84901234567", "lucbinh@motcua.example", "+84907654321"
NEW = "một câu mới dễ nhớ 5"


@pytest.fixture
def person(register: Callable[..., Any], codes: Codes) -> Any:
    """Somebody who has proven number and address, and registered some time ago."""
    before = timezone.now() - timedelta(hours=3)
    user = register(email=EMAIL, now=before)
    actions.activate_account(user, codes.to(PHONE), now=before)
    confirm_contact(user, Channel.EMAIL, EMAIL, now=before)
    codes.sent.clear()
    user.refresh_from_db()
    return user


def flood(channel: Channel, address: str, codes: Codes) -> datetime:
    """Two strangers ask to change to the address as often as they may; return when they ended."""
    now = timezone.now()
    for number in range(2):
        stranger = User.objects.create(username=f"nguoila{number}{channel}")
        for minute in range(0, 10, 2):
            at = now + timedelta(minutes=minute)
            actions.ask_contact_change(stranger, channel, address, now=at)
    assert [sent_to for sent_to, _digits in codes.sent] == [address] * 10
    codes.sent.clear()
    return now + timedelta(minutes=10)


def reset(name: str, now: datetime) -> None:
    actions.ask_reset(name, now=now)
    for key in ResetRequest.objects.exclude(name="").values_list("pk", flat=True):
        actions.send_reset_codes(key)


@pytest.mark.parametrize("name", ["lucbinh90", "0901 234 567"])
def test_the_owner_still_gets_a_new_password(person: Any, codes: Codes, name: str) -> None:
    now = flood(Channel.PHONE, PHONE, codes)
    reset(name, now)
    assert {address for address, _digits in codes.sent} == {PHONE, EMAIL}
    actions.reset_password(name, codes.to(PHONE), NEW, now=now)
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_the_limit_for_strangers_stands(person: Any, codes: Codes) -> None:
    now = flood(Channel.PHONE, PHONE, codes)
    reset("lucbinh90", now)
    third = User.objects.create(username="nguoila3")
    with pytest.raises(TooSoonError):
        actions.ask_contact_change(third, Channel.PHONE, PHONE, now=now)


def test_new_passwords_are_few_an_hour_for_a_whole_household(
    person: Any, register: Callable[..., Any], codes: Codes
) -> None:
    now = timezone.now()
    names = ["lucbinh90"]
    for number in range(4):
        relative = register(username=f"nguoinha{number}", now=now - timedelta(hours=2))
        User.objects.filter(pk=relative.pk).update(needs_activation=False)
        relative.refresh_from_db()
        confirm_contact(relative, Channel.PHONE, PHONE, now=now)
        names.append(relative.username)
    codes.sent.clear()
    for name in names:
        for minute in range(0, 10, 2):
            reset(name, now + timedelta(minutes=minute))
    assert sum(address == PHONE for address, _digits in codes.sent) == 20
    reset("nguoinha3", now + timedelta(minutes=69))
    assert sum(address == PHONE for address, _digits in codes.sent) == 21


def test_one_full_address_leaves_the_other(register: Callable[..., Any], codes: Codes) -> None:
    now = flood(Channel.PHONE, PHONE, codes)
    register(email=EMAIL, now=now)
    assert [address for address, _digits in codes.sent] == [EMAIL]
    with pytest.raises(TooSoonError) as error:
        register(username="lucbinh91", now=now)
    assert error.value.seconds == 50 * 60  # when the first of the ten is an hour old
