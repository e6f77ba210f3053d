"""Take the second step of signing in away from somebody who has lost phone and paper."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from services.accounts.actions.events import log_event
from services.accounts.states import EventKind


@transaction.atomic
def remove_second_step(user: Any, *, actor: Any | None = None) -> bool:
    """Forget the app and the codes on paper; say whether there was anything to forget."""
    count, _models = Authenticator.objects.filter(user=user).delete()
    if count:
        log_event(user, EventKind.SECOND_FACTOR, actor=actor, field="totp", after="off")
    return bool(count)
