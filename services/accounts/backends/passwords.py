"""Who may sign in with which name. This room answers yes or no and changes nothing."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from services.accounts.selectors import find_by_sign_in_name


class PortalBackend(AuthenticationBackend):
    """Sign-in with user name, phone or e-mail and password, and the sessions that follow."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse inactive accounts, and demonstration accounts wherever DEBUG is off.

        Django asks this at sign-in and again for every request of a session, so a session that
        began with DEBUG ends without it.
        """
        if getattr(user, "is_demo", False) and not settings.DEBUG:
            return False
        return bool(super().user_can_authenticate(user))

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any | None:
        """Check one password against one account.

        Whatever was typed, as many queries and one hash: the time tells nothing about accounts.
        """
        name = credentials.get("username") or ""
        user = find_by_sign_in_name(name)
        if user is not None and user.is_demo and not settings.DEBUG:
            user = None  # allauth lets in whom only `user_can_authenticate` refuses
        return self._check_password(user, credentials["password"])
