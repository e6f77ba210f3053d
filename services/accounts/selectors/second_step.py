"""Who needs the second step of signing in, and whether it was taken in this session."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest


def needs_second_step(user: Any) -> bool:
    """Say whether this person may not work without a second step: staff, outside the demo."""
    return bool(settings.STAFF_SECOND_FACTOR and user.has_perm("wagtailadmin.access_admin"))


def has_second_step(user: Any) -> bool:
    """Say whether this person has set up an app."""
    apps = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP)
    return bool(apps.exists())


def took_second_step(request: HttpRequest) -> bool:
    """Say whether a code was given in this very session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
