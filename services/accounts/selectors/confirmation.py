"""Whether somebody has just shown once more who they are, and how they may.

allauth lets an account through that has neither password nor app; here it is asked as well.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest


def is_confirmed(request: HttpRequest) -> bool:
    """Say whether password, app or national sign-on was given once more a short while ago."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    again = [record["at"] for record in records if record.get("reauthenticated")]
    return bool(again) and time.time() - again[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def find_linked_provider(user: Any) -> str:
    """Return which national sign-on confirms this person; "" without a link or a provider."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    offered = [app["provider_id"] for app in apps]
    linked = SocialAccount.objects.filter(user_id=user.pk, provider__in=offered)
    return linked.values_list("provider", flat=True).first() or ""
