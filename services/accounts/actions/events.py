"""Write down what happened to an account. Numbers and addresses are masked by the caller."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from services.accounts.models import AccountEvent
from services.accounts.signals import account_changed
from services.accounts.states import EventKind


def log_event(
    user: Any, kind: EventKind, *, actor: Any | None = None, **details: Any
) -> AccountEvent:
    """Keep an event in the current transaction and tell of it; `actor` if not the owner."""
    event = AccountEvent.objects.create(
        user=user,
        kind=kind,
        at=timezone.now(),
        actor=actor if actor is not None and actor.pk != user.pk else None,
        details=details,
    )
    account_changed.send(sender=AccountEvent, event=event)
    return event
