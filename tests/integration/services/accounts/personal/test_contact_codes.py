"""Codes for a new password end with the number or address that they went to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from services.accounts import actions
from services.accounts.actions.contacts import confirm_contact
from services.accounts.exceptions import WrongCodeError
from services.accounts.models import ResetRequest
from services.accounts.states import Channel
from tests.integration.services.accounts.personal.conftest import PASSWORD, Codes

pytestmark = pytest.mark.django_db
OLD, OTHER, EMAIL = "+84901234567", "+84907654321", "lucbinh@motcua.example"
NEW = "một câu khác hẳn 77"


@pytest.fixture
def person(citizen: Any, codes: Codes) -> Any:
    """Somebody with a number and an address, to both of which a code for a new password went."""
    confirm_contact(citizen, Channel.EMAIL, EMAIL, now=timezone.now())
    actions.ask_reset(citizen.username, now=timezone.now())
    actions.send_reset_codes(ResetRequest.objects.get().pk)
    assert {OLD, EMAIL} <= {address for address, _digits in codes.sent}
    return citizen


def change_phone(person: Any, codes: Codes) -> None:
    actions.ask_contact_change(person, Channel.PHONE, OTHER, now=timezone.now())
    assert actions.change_contact(person, Channel.PHONE, codes.to(OTHER), now=timezone.now())


def remove_phone(person: Any, codes: Codes) -> None:
    actions.remove_contact(person, Channel.PHONE, now=timezone.now())


WAYS = pytest.mark.parametrize("lose", [change_phone, remove_phone])


@WAYS
def test_a_code_to_the_old_number_sets_no_password(
    person: Any, codes: Codes, lose: Callable[[Any, Codes], None]
) -> None:
    lose(person, codes)
    with pytest.raises(WrongCodeError):
        actions.reset_password(person.username, codes.to(OLD), NEW, now=timezone.now())
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@WAYS
def test_a_code_to_an_address_that_stays_counts(
    person: Any, codes: Codes, lose: Callable[[Any, Codes], None]
) -> None:
    lose(person, codes)
    actions.reset_password(person.username, codes.to(EMAIL), NEW, now=timezone.now())
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_proving_the_same_number_again_ends_nothing(person: Any, codes: Codes) -> None:
    code = codes.to(OLD)
    actions.ask_contact_change(person, Channel.PHONE, OLD, now=timezone.now())
    actions.change_contact(person, Channel.PHONE, codes.to(OLD), now=timezone.now())
    actions.reset_password(person.username, code, NEW, now=timezone.now())
