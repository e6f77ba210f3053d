"""The demo's administrator, whom `PortalBackend` refuses wherever DEBUG is off."""

from __future__ import annotations

import base64

from django.contrib.auth import get_user_model
from django.utils.crypto import salted_hmac

USERNAME = "quantri"
EMAIL = "quantri@motcua.example"


def demo_password() -> str:
    """Return the password, made from this installation's secret key: the same at every run."""
    digest = base64.b32encode(salted_hmac("home.demo.administrator", USERNAME).digest())
    letters = digest.decode().lower()
    return "-".join(["motcua", letters[:4], letters[4:8]])


def ensure_administrator() -> tuple[str, str]:
    """Make the administrator if missing; return the name, and the password if it still holds."""
    users = get_user_model().objects
    password = demo_password()
    user = users.filter(username=USERNAME).first()
    if user is None:
        users.create_superuser(
            USERNAME, EMAIL, password, is_demo=True, first_name="Quản trị", last_name="Trình diễn"
        )
        return USERNAME, password
    return USERNAME, password if user.is_demo and user.check_password(password) else ""
