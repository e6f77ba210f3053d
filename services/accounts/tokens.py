"""Words that are made from the installation's secret key."""

from __future__ import annotations

import base64

from django.utils.crypto import salted_hmac


def demo_password() -> str:
    """Return the password of all demonstration accounts: the same at every run.

    `PortalBackend` refuses these accounts wherever DEBUG is off.
    """
    digest = base64.b32encode(salted_hmac("home.demo.administrator", "quantri").digest())
    letters = digest.decode().lower()
    return "-".join(["motcua", letters[:4], letters[4:8]])
