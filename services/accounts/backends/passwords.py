"""Who may sign in with which name. This room answers yes or no and changes nothing."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from services.accounts.selectors import find_for_sign_in


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
        """Check one password against one account, or two where the name is a mobile number.

        Whatever was typed, as many queries, and as many hashes until one fits: the time tells
        nothing about accounts. Whoever is signed in and confirms the password is meant as they are
        (`account`).
        """
        password, account = credentials["password"], credentials.get("account")
        name = credentials.get("username") or ""
        for user in (account,) if account is not None else find_for_sign_in(name):
            if user is None or (user.is_demo and not settings.DEBUG):
                self._mitigate_timing_attack(password)
                self._did_check_password = True
                continue  # allauth would let in whom only `user_can_authenticate` refuses
            found = self._check_password(user, password)
            if found is not None:
                return found
        return None
