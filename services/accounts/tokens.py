"""Secrets: one-time codes, invitations, findings, owners of forms, the demonstration's password.

None is stored.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

CODE_LENGTH = 6
FINDING_AGE = 15 * 60  # seconds in which what was found may be opened


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"


def read_code(text: str) -> str:
    """Return the digits of what somebody typed or pasted; "" if they are not six."""
    digits = "".join(str(int(char)) for char in text[:40] if char.isdecimal())
    return digits if len(digits) == CODE_LENGTH else ""


def digest_code(code: str, *, user_id: int, purpose: str, address: str) -> str:
    """Return the keyed digest of a code, bound to the person, the purpose and the address."""
    words = "\n".join([str(user_id), purpose, address, code])
    return salted_hmac("accounts.code", words, algorithm="sha256").hexdigest()


def digest_name(name: str) -> str:
    """Return what is kept of the name for which a new password was asked."""
    return salted_hmac("accounts.reset", name, algorithm="sha256").hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare two digests in a time that tells nothing."""
    return constant_time_compare(one, other)


def new_token() -> str:
    """Return a random word for an address that only its receiver knows."""
    return secrets.token_urlsafe(24)


def digest_token(token: str) -> str:
    """Return what is kept of such a word."""
    return salted_hmac("accounts.token", token, algorithm="sha256").hexdigest()


def seal_finding(*, kind: str, pk: int, reason: str, viewer_id: int) -> str:
    """Return a proof that this officer has found a record and why: keys cannot be tried out."""
    found = {"kind": kind, "pk": pk, "reason": reason, "by": viewer_id}
    return signing.dumps(found, salt="accounts.finding", compress=True)


def read_finding(sealed: str, *, viewer_id: int) -> dict[str, Any] | None:
    """Return what was sealed for this officer a short while ago, or None."""
    try:
        found: dict[str, Any] = signing.loads(sealed, salt="accounts.finding", max_age=FINDING_AGE)
    except signing.BadSignature:
        return None
    return found if found.get("by") == viewer_id else None


def seal_owner(*, user_id: int, place: str) -> str:
    """Return a proof that the form of this page was drawn for this person."""
    return signing.dumps([user_id, place], salt="accounts.form_owner")


def read_owner(sealed: str, *, place: str) -> int | None:
    """Return for whom the form of this page was drawn; None without a proof."""
    try:
        user_id, sealed_place = signing.loads(sealed, salt="accounts.form_owner")
    except signing.BadSignature:
        return None
    return int(user_id) if sealed_place == place else None


def demo_password() -> str:
    """Return the password of all demonstration accounts: the same at every run.

    `PortalBackend` refuses these accounts wherever DEBUG is off.
    """
    digest = base64.b32encode(salted_hmac("home.demo.administrator", "quantri").digest())
    letters = digest.decode().lower()
    return "-".join(["motcua", letters[:4], letters[4:8]])
