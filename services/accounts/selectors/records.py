"""What happened to a person's account and who looked at their record: the owner's alone."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from services.accounts.models import AccountEvent, Consent, RecordView


def list_events(user: Any) -> QuerySet[AccountEvent]:
    """Return the events of an account, newest first."""
    return AccountEvent.objects.filter(user=user).select_related("actor")


def list_record_views(user: Any) -> QuerySet[RecordView]:
    """Return who of the staff looked at the record, newest first."""
    return RecordView.objects.filter(subject=user)


def list_consents(user: Any) -> list[Consent]:
    """Return all consents, by purpose, newest first, withdrawn ones too."""
    return list(Consent.objects.filter(user=user))


def list_sessions(user: Any) -> list[UserSession]:
    """Return the sessions that still count, newest first; always as many queries."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    model = getattr(store, "get_model_class", lambda: None)()
    if model is None:
        return [row for row in rows if row.exists()]
    keys = [row.session_key for row in rows]
    found = model.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    live = set(found.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in live]


def get_session(user: Any, key: int) -> UserSession | None:
    """Return a session of this person, None for everybody else's."""
    return UserSession.objects.filter(user=user, pk=key).first()
