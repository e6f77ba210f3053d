"""How allauth's second factor meets the portal: our words, our QR code, secrets under lock."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _


def _box() -> MultiFernet:
    """Return what locks and unlocks; old secret keys unlock as long as Django knows them."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"accounts.second_step:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondStepAdapter(DefaultMFAAdapter):
    """The portal's choices where allauth.mfa asks for one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Enter the newest one that the app shows."),
    }

    def get_totp_label(self, user: Any) -> str:
        """Name the account in the app; the e-mail address is nobody's business."""
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code as a part of the page, whose policy allows no data: images."""
        return str(segno.make(url, error="m").svg_inline(border=4, omitsize=True))

    def encrypt(self, text: str) -> str:
        """Lock a secret before it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Unlock a secret; one that no key opens becomes a fresh one, which no code fits."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()
