"""The first administrator of a portal. Further ones are made in the administration."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from services.accounts.actions.events import log_event
from services.accounts.exceptions import AdministratorExistsError
from services.accounts.states import EventKind


@transaction.atomic
def create_first_administrator(*, username: str, full_name: str, email: str, password: str) -> Any:
    """Make the account; raise AdministratorExistsError when somebody may do everything already."""
    people = get_user_model()._default_manager
    if people.filter(is_superuser=True, is_active=True, is_demo=False).exists():
        raise AdministratorExistsError
    user = people.create_superuser(username, email, password, full_name=full_name)
    log_event(user, EventKind.REGISTERED)
    return user
