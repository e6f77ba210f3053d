"""Finding the account that somebody means who signs in or has forgotten a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from services.accounts.validators import read_phone


def find_by_sign_in_name(name: str) -> Any | None:
    """Return the account of a user name, a verified phone number or a verified e-mail address.

    A user name comes first. Always the same number of queries, whether there is an account or not.
    """
    people = get_user_model()._default_manager.filter(deleted_at=None)
    name = name.strip()
    phone = read_phone(name)
    found = [
        people.filter(username__iexact=name).first() if name else None,
        people.filter(phone=phone or "-", phone_verified=True).first(),
        people.filter(email__iexact=name, email_verified=True).first() if name else None,
    ]
    return next((person for person in found if person is not None), None)


def list_holders(phone: str = "", email: str = "") -> list[Any]:
    """Return the accounts that hold this number or this address as verified; at most two."""
    people = get_user_model()._default_manager.all()
    found = []
    if phone:
        found += list(people.filter(phone=phone, phone_verified=True))
    if email:
        found += list(people.filter(email__iexact=email, email_verified=True))
    return found


def find_resumable(username: str, password: str) -> Any | None:
    """Return the account of somebody whose registration was interrupted and who knows the password.

    So a form that was sent twice, or again on another day, leads on to the activation.
    """
    people = get_user_model()._default_manager.filter(needs_activation=True, deleted_at=None)
    person = people.filter(username=username).first()
    return person if person is not None and person.check_password(password) else None


def list_of_identity(number: str) -> list[Any]:
    """Return the accounts that hold or claim an identity number, the one that holds it first."""
    if not number:
        return []
    people = get_user_model()._default_manager.filter(
        deleted_at=None, is_active=True, person__identity_number=number
    )
    found = list(people.select_related("person").order_by("pk")[:20])
    return sorted(found, key=lambda user: not user.person.is_verified)
