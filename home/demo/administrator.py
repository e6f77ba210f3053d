"""The demo's administrator, whom `PortalBackend` refuses wherever DEBUG is off."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from services.accounts.tokens import demo_password

USERNAME = "quantri"
EMAIL = "quantri@motcua.example"


def ensure_administrator() -> tuple[str, str]:
    """Make the administrator if missing; return the name, and the password if it still holds."""
    users = get_user_model().objects
    password = demo_password()
    user = users.filter(username=USERNAME).first()
    if user is None:
        users.create_superuser(
            USERNAME, EMAIL, password, is_demo=True, last_name="Quản trị", first_name="Trình diễn"
        )
        return USERNAME, password
    return USERNAME, password if user.is_demo and user.check_password(password) else ""
