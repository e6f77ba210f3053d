"""What a person chooses: how messages come, and which uses of their data they agree to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from services.accounts.actions.codes import lock_person
from services.accounts.actions.events import log_event
from services.accounts.actions.registration import CONSENT_VERSION
from services.accounts.exceptions import LastContactError, NeededConsentError
from services.accounts.models import Consent
from services.accounts.selectors import list_proven_contacts
from services.accounts.states import Channel, ConsentPurpose, EventKind


@transaction.atomic
def choose_channels(user: Any, chosen: set[Channel], *, language: str) -> None:
    """Send news by these channels from now on; raise LastContactError if none of them arrives."""
    user = lock_person(user)
    if not chosen & {channel for channel, _address in list_proven_contacts(user)}:
        raise LastContactError
    changed = []
    for channel in Channel:
        name = f"notify_by_{channel.value}"
        if getattr(user, name) != (channel in chosen):
            setattr(user, name, channel in chosen)
            changed.append(channel.value)
    if user.language != language:
        user.language = language
        changed.append("language")
    user.save(update_fields=["notify_by_phone", "notify_by_email", "language"])
    for field in changed:
        log_event(user, EventKind.CHANNELS_CHANGED, field=field)


@transaction.atomic
def give_consent(user: Any, purpose: ConsentPurpose, *, now: datetime) -> None:
    """Note that a person agrees; once more changes nothing."""
    user = lock_person(user)
    _consent, is_new = Consent.objects.get_or_create(
        user=user,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"version": CONSENT_VERSION, "granted_at": now, "method": "personal page"},
    )
    if is_new:
        log_event(user, EventKind.CONSENT_GIVEN, field=purpose.value)


@transaction.atomic
def withdraw_consent(user: Any, purpose: ConsentPurpose, *, now: datetime) -> None:
    """Note that a person agrees no more; raise NeededConsentError for that of the account."""
    if purpose == ConsentPurpose.TERMS:
        raise NeededConsentError
    user = lock_person(user)
    consents = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at=None)
    if consents.update(withdrawn_at=now):
        log_event(user, EventKind.CONSENT_WITHDRAWN, field=purpose.value)


@transaction.atomic
def end_sessions(user: Any, sessions: list[UserSession]) -> None:
    """Sign a person out where these sessions run."""
    user = lock_person(user)
    for session in sessions:
        session.end()
    if sessions:
        log_event(user, EventKind.SESSIONS_ENDED, count=len(sessions))
