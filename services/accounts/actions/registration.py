"""Register a person, send the codes, activate the account with the first code that comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from services.accounts.actions.codes import issue_codes, lock_person, take_code
from services.accounts.actions.contacts import confirm_contact
from services.accounts.actions.enterprises import add_enterprise
from services.accounts.actions.events import log_event
from services.accounts.exceptions import AlreadyActiveError, UsernameTakenError
from services.accounts.models import Consent, OneTimeCode, Person
from services.accounts.states import (
    Channel,
    CodePurpose,
    ConsentPurpose,
    EventKind,
)

CONSENT_VERSION = "2026-11"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What somebody told who registers; numbers in their stored forms, "" is not told."""

    username: str
    password: str
    full_name: str
    language: str
    phone: str = ""
    email: str = ""
    identity_number: str = ""
    date_of_birth: date | None = None
    commune_code: str | None = None
    hamlet: str = ""
    street: str = ""
    tax_code: str = ""
    enterprise_name: str = ""
    consents: tuple[ConsentPurpose, ...] = field(default_factory=tuple)


def register_account(data: Registration, *, now: datetime) -> Any:
    """Make an account that waits for its activation, and send the codes; return the account.

    With a tax code the person acts for an enterprise: they own it when nobody is registered for
    the code, otherwise they are asked to join it or to dispute. Raises UsernameTakenError, also
    when somebody takes the name in the same moment.
    """
    try:
        with transaction.atomic():
            user = _create_user(data)
            _fill(user, data, now)
    except IntegrityError:
        if get_user_model()._default_manager.filter(username__iexact=data.username).exists():
            raise UsernameTakenError from None
        raise
    return user


def _create_user(data: Registration) -> Any:
    return get_user_model()._default_manager.create(
        username=data.username,
        password=make_password(data.password),
        full_name=data.full_name,
        phone=data.phone or None,
        email=data.email,
        language=data.language,
        needs_activation=True,
        notify_by_phone=bool(data.phone),
        notify_by_email=bool(data.email),
    )


def _fill(user: Any, data: Registration, now: datetime) -> None:
    address = {"commune_id": data.commune_code, "hamlet": data.hamlet, "street": data.street}
    own = {} if data.tax_code else address
    Person.objects.create(
        user=user,
        identity_number=data.identity_number,
        date_of_birth=data.date_of_birth,
        **own,
    )
    for purpose in data.consents:
        Consent.objects.create(user=user, purpose=purpose, version=CONSENT_VERSION, granted_at=now)
    if data.tax_code:
        _claim_enterprise(user, data, address)
    log_event(user, EventKind.REGISTERED)
    issue_codes(user, CodePurpose.ACTIVATE, contacts_of(user), now=now)


def _claim_enterprise(user: Any, data: Registration, address: dict[str, Any]) -> None:
    """Own it, or choose between joining and disputing after signing in."""
    add_enterprise(user=user, tax_code=data.tax_code, name=data.enterprise_name, address=address)


def contacts_of(user: Any) -> list[tuple[Channel, str]]:
    """Where codes of an account go: its phone number, its e-mail address, or both."""
    both = [(Channel.PHONE, user.phone or ""), (Channel.EMAIL, user.email)]
    return [(channel, address) for channel, address in both if address]


def resend_activation(user: Any, *, now: datetime) -> list[OneTimeCode]:
    """Send new codes; raise TooSoonError, or AlreadyActiveError when there is no need."""
    with transaction.atomic():
        user = lock_person(user)
        if not user.needs_activation:
            raise AlreadyActiveError
        return issue_codes(user, CodePurpose.ACTIVATE, contacts_of(user), now=now)


def change_contacts_before_activation(
    user: Any, *, phone: str, email: str, now: datetime
) -> list[OneTimeCode]:
    """Put mistyped contacts right and send codes to the new ones; old codes count no more."""
    with transaction.atomic():
        user = lock_person(user)
        if not user.needs_activation:
            raise AlreadyActiveError
        user.phone, user.email = phone or None, email
        user.notify_by_phone, user.notify_by_email = bool(phone), bool(email)
        user.save(update_fields=["phone", "email", "notify_by_phone", "notify_by_email"])
        codes = OneTimeCode.objects.filter(user=user, purpose=CodePurpose.ACTIVATE, used_at=None)
        codes.update(used_at=now)
        return issue_codes(user, CodePurpose.ACTIVATE, contacts_of(user), now=now)


def activate_account(user: Any, typed: str, *, now: datetime) -> None:
    """Activate an account with a code from either channel, which proves that channel alone.

    Raises the errors of `take_code`, or AlreadyActiveError.
    """

    def activate(code: OneTimeCode) -> None:
        person = lock_person(user)
        person.needs_activation = False
        person.save(update_fields=["needs_activation"])
        confirm_contact(person, Channel(code.channel), code.address, now=now)
        log_event(person, EventKind.ACTIVATED, field=code.channel)

    if not get_user_model()._default_manager.filter(pk=user.pk, needs_activation=True).exists():
        raise AlreadyActiveError
    take_code(user, CodePurpose.ACTIVATE, typed, now=now, then=activate)
