"""Phone numbers and e-mail addresses: shown to reach their owner, held by one account each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from services.accounts.states import Channel


def confirm_contact(user: Any, channel: Channel, address: str, *, now: datetime) -> bool:
    """Note that messages to `address` reach the owner; say whether the account holds it now.

    Another account may hold it already: then it is shared, and not a name to sign in with. Belongs
    into the transaction in which the person's row is locked.
    """
    held = _held_by_another(user, channel, address)
    if not held:
        try:
            with transaction.atomic():
                _store(user, channel, address, is_held=True, now=now)
            return True
        except IntegrityError:  # somebody else was quicker
            pass
    _store(user, channel, address, is_held=False, now=now)
    return False


def _held_by_another(user: Any, channel: Channel, address: str) -> bool:
    people = get_user_model()._default_manager.exclude(pk=user.pk)
    if channel == Channel.PHONE:
        return bool(people.filter(phone=address, phone_verified=True).exists())
    return bool(people.filter(email__iexact=address, email_verified=True).exists())


def _store(user: Any, channel: Channel, address: str, *, is_held: bool, now: datetime) -> None:
    name = channel.value
    values = {name: address, f"{name}_verified": is_held, f"{name}_proven_at": now}
    for field, value in values.items():
        setattr(user, field, value)
    user.save(update_fields=list(values))
