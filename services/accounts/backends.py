"""Who may sign in. This room answers yes or no and changes nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class PortalBackend(ModelBackend):
    """Sign-in with name and password, and the sessions that follow from it."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse inactive accounts, and demonstration accounts wherever DEBUG is off.

        Django asks this at sign-in and again for every request of a session, so a session that
        began with DEBUG ends without it.
        """
        if getattr(user, "is_demo", False) and not settings.DEBUG:
            return False
        return bool(super().user_can_authenticate(user))
