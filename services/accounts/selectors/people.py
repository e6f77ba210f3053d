"""Finding the account that somebody means who signs in or has forgotten a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from services.accounts.validators import read_mobile, read_phone


def find_for_sign_in(name: str) -> tuple[Any | None, ...]:
    """Return whom a name to sign in with may mean, the likeliest first; the password tells which.

    It is a user name, a verified phone number or a verified e-mail address, in this order. A mobile
    number always gives two (or None): who goes by it as a user name does not take it from who has
    verified it, and must not find out either whether there is such a person. As many queries and
    places for every name of a form, whether there is an account or not.
    """
    people = get_user_model()._default_manager.filter(deleted_at=None)
    name = name.strip()
    phone = read_phone(name)
    by_name = people.filter(username__iexact=name).first() if name else None
    by_phone = people.filter(phone=phone or "-", phone_verified=True).first()
    by_email = people.filter(email__iexact=name, email_verified=True).first() if name else None
    if not read_mobile(name):
        found = (by_name, by_phone, by_email)
        return (next((person for person in found if person is not None), None),)
    return (by_name, by_phone) if has_proven(by_name, phone) else (by_phone, by_name)


def find_by_sign_in_name(name: str) -> Any | None:
    """Return the account that a name to sign in with means before others."""
    return next((person for person in find_for_sign_in(name) if person is not None), None)


def has_proven(person: Any | None, phone: str) -> bool:
    """Say whether messages to a number reach this person, also where a family shares it."""
    if person is None or person.phone != phone:
        return False
    return bool(person.phone_verified or person.phone_proven_at)


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
