"""Everything that is kept about a person, as plain values: for their eyes and their download."""

from __future__ import annotations

from typing import Any

from services.accounts.models import EnterpriseRequest, OneTimeCode
from services.accounts.selectors.enterprises import list_memberships
from services.accounts.selectors.personal import find_details
from services.accounts.selectors.records import (
    list_consents,
    list_events,
    list_record_views,
    list_sessions,
)
from services.accounts.signals import data_asked

ACCOUNT = (
    "username",
    "full_name",
    "phone",
    "phone_verified",
    "phone_proven_at",
    "email",
    "email_verified",
    "email_proven_at",
    "language",
    "notify_by_phone",
    "notify_by_email",
    "date_joined",
    "last_login",
)
EVENT = ("kind", "at", "details")
VIEW = ("viewer_name", "agency_name", "what", "reason", "at")
CONSENT = ("purpose", "version", "method", "granted_at", "withdrawn_at")
SESSION = ("created_at", "last_seen_at", "ip", "user_agent")
CODE = ("purpose", "channel", "address", "created_at", "expires_at", "used_at", "attempts")


def collect_data(user: Any) -> dict[str, Any]:
    """Return all that is kept; secrets (the password's and codes' digests) are not told."""
    codes = OneTimeCode.objects.filter(user=user)
    data: dict[str, Any] = {
        "account": _values(user, ACCOUNT),
        "person": _person(user),
        "enterprises": [
            {"name": m.enterprise.name, "tax_code": m.enterprise.tax_code, "role": m.role}
            for m in list_memberships(user)
        ],
        "enterprise_requests": [
            {"name": r.enterprise.name, **_values(r, ("kind", "text", "state", "created_at"))}
            for r in EnterpriseRequest.objects.filter(user=user).select_related("enterprise")
        ],
        "consents": [_values(row, CONSENT) for row in list_consents(user)],
        "events": [_values(row, EVENT) for row in list_events(user)],
        "views_of_record": [_values(row, VIEW) for row in list_record_views(user)],
        "sessions": [_values(row, SESSION) for row in list_sessions(user)],
        "codes": [_values(row, CODE) for row in codes],
    }
    answers: list[tuple[Any, Any]] = data_asked.send(sender=type(user), user=user)
    for _receiver, answer in answers:
        data |= answer
    return data


def _person(user: Any) -> dict[str, Any]:
    person = find_details(user)
    values = _values(
        person, ("identity_number", "date_of_birth", "verified_at", "verified_how", "hamlet")
    )
    commune = person.commune
    return {
        **values,
        "street": person.street,
        "commune": commune.name if commune else "",
        "province": commune.province.name if commune else "",
    }


def _values(row: Any, names: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
