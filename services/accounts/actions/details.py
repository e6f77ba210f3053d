"""Change what a person told about themself, and the password."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from services.accounts.actions.codes import lock_person
from services.accounts.actions.events import log_event
from services.accounts.models import OneTimeCode, Person
from services.accounts.states import CodePurpose, EventKind
from services.accounts.validators import mask_number

VERIFIED = ("full_name", "identity_number", "date_of_birth")


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a person tells about themself, in stored forms."""

    full_name: str
    identity_number: str
    date_of_birth: date | None
    commune_id: str | None
    hamlet: str
    street: str
    language: str


@transaction.atomic
def change_details(user: Any, given: Details) -> list[str]:
    """Keep what changed, log each change, return the names of the fields.

    What was verified stays as it is, whatever is given.
    """
    user = lock_person(user)
    person, _created = Person.objects.get_or_create(user=user)
    changed = []
    for field in fields(Details):
        name = field.name
        owner = user if name in ("full_name", "language") else person
        before, after = getattr(owner, name), getattr(given, name)
        if before == after or (person.is_verified and name in VERIFIED):
            continue
        setattr(owner, name, after)
        changed.append(name)
        log_event(
            user,
            EventKind.DETAILS_CHANGED,
            field=name,
            before=_shown(name, before),
            after=_shown(name, after),
        )
    user.save(update_fields=["full_name", "language"])
    person.save()
    return changed


def _shown(name: str, value: Any) -> str:
    """Return a value for the history: numbers masked, days as they are stored."""
    if name == "identity_number":
        return mask_number(value)
    return "" if value is None else str(value)


@transaction.atomic
def change_password(user: Any, password: str, *, now: datetime, keep: str | None) -> None:
    """Set a new password and end all sessions but the one of key `keep`."""
    user = lock_person(user)
    user.set_password(password)
    user.save(update_fields=["password", "has_temporary_password"])
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep or ""):
        session.end()
    codes = OneTimeCode.objects.filter(user=user, purpose=CodePurpose.RESET, used_at=None)
    codes.update(used_at=now)
    log_event(user, EventKind.PASSWORD_CHANGED)
