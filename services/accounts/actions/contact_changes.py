"""Change the phone number or e-mail address of an account that is in use.

Only a code that came to the new address proves it; the old one is told before it is replaced.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from services.accounts.actions.codes import issue_codes, lock_person, take_code
from services.accounts.actions.contacts import confirm_contact
from services.accounts.actions.events import log_event
from services.accounts.exceptions import LastContactError, NoContactError
from services.accounts.models import OneTimeCode
from services.accounts.selectors import list_proven_contacts, newest_address
from services.accounts.states import Channel, CodePurpose, EventKind
from services.accounts.validators import mask

PURPOSES = {Channel.PHONE: CodePurpose.NEW_PHONE, Channel.EMAIL: CodePurpose.NEW_EMAIL}
CHANGED = {Channel.PHONE: EventKind.PHONE_CHANGED, Channel.EMAIL: EventKind.EMAIL_CHANGED}


@transaction.atomic
def ask_contact_change(user: Any, channel: Channel, address: str, *, now: datetime) -> None:
    """Send a code to `address`; codes to other ones count no more. Raises TooSoonError."""
    lock_person(user)
    issue_codes(user, PURPOSES[channel], [(channel, address)], now=now)
    others = OneTimeCode.objects.filter(user=user, purpose=PURPOSES[channel], used_at=None)
    others.exclude(address=address).update(used_at=now)


def resend_contact_code(user: Any, channel: Channel, *, now: datetime) -> None:
    """Send another code to where the last one went; raise NoContactError if there was none."""
    address = newest_address(user, PURPOSES[channel])
    if not address:
        raise NoContactError
    ask_contact_change(user, channel, address, now=now)


def change_contact(user: Any, channel: Channel, typed: str, *, now: datetime) -> bool:
    """Use a code; say whether the account holds the address now (or shares it with another one).

    Raises the errors of `take_code`.
    """
    held: list[bool] = []

    def change(code: OneTimeCode) -> None:
        person = lock_person(user)
        before = _address(person, channel)
        if before.lower() == code.address.lower():
            log_event(person, EventKind.CONTACT_VERIFIED, field=channel.value)
        else:
            log_event(
                person,
                CHANGED[channel],
                field=channel.value,
                before=mask(before) if before else "",
                after=mask(code.address),
            )
            _end_reset_codes(person, before, now)
        held.append(confirm_contact(person, channel, code.address, now=now))
        if not before:
            _notify(person, channel, is_on=True)

    take_code(user, PURPOSES[channel], typed, now=now, then=change)
    return held[0]


@transaction.atomic
def remove_contact(user: Any, channel: Channel, *, now: datetime) -> None:
    """Take a number or an address out; raise LastContactError unless another one is proven."""
    person = lock_person(user)
    before = _address(person, channel)
    if not before:
        return
    if not any(other != channel for other, _address in list_proven_contacts(person)):
        raise LastContactError
    log_event(person, CHANGED[channel], field=channel.value, before=mask(before), after="")
    name = channel.value
    setattr(person, name, None if channel == Channel.PHONE else "")
    setattr(person, f"{name}_verified", False)
    setattr(person, f"{name}_proven_at", None)
    person.save(update_fields=[name, f"{name}_verified", f"{name}_proven_at"])
    _notify(person, channel, is_on=False)
    other = Channel.EMAIL if channel == Channel.PHONE else Channel.PHONE
    _notify(person, other, is_on=True)
    codes = OneTimeCode.objects.filter(user=person, purpose=PURPOSES[channel], used_at=None)
    codes.update(used_at=now)
    _end_reset_codes(person, before, now)


def _end_reset_codes(person: Any, address: str, now: datetime) -> None:
    """Codes for a new password that went to an address which reaches this person no more."""
    reset = OneTimeCode.objects.filter(user=person, purpose=CodePurpose.RESET, used_at=None)
    reset.filter(address__iexact=address).update(used_at=now)


def _address(person: Any, channel: Channel) -> str:
    return getattr(person, channel.value) or ""


def _notify(person: Any, channel: Channel, *, is_on: bool) -> None:
    name = f"notify_by_{channel.value}"
    setattr(person, name, is_on)
    person.save(update_fields=[name])
