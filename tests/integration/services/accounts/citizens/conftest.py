"""People who register, and the messages they get."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from services.accounts.actions import Registration, register_account
from services.accounts.signals import code_issued

FORM = {
    "kind": "citizen",
    "full_name": "Trần Thị Lục Bình",
    "identity_number": "092190001234",
    "date_of_birth": "05/09/1990",
    "phone": "0901 234 567",
    "email": "",
    "username": "lucbinh90",
    "password": "con sông đỏ nước 9",
    "terms": "on",
}


class Codes:
    """The codes that were sent, newest last, as (address, digits)."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def keep(self, code: Any, digits: str, **kwargs: Any) -> None:
        assert re.fullmatch(r"\d{6}", digits)
        self.sent.append((code.address, digits))

    def to(self, address: str) -> str:
        """Return the newest code to an address."""
        return next(digits for sent_to, digits in reversed(self.sent) if sent_to == address)

    def wrong(self) -> str:
        """Return six digits that were not sent."""
        known = {digits for _address, digits in self.sent}
        return next(f"{n:06d}" for n in range(len(known) + 1) if f"{n:06d}" not in known)


@pytest.fixture
def codes() -> Any:
    kept = Codes()
    code_issued.connect(kept.keep)
    yield kept
    code_issued.disconnect(kept.keep)


@pytest.fixture
def register() -> Callable[..., Any]:
    """Register an account that waits for its activation."""

    def make(**given: Any) -> Any:
        now = given.pop("now", None) or timezone.now()
        data = {
            "username": "lucbinh90",
            "password": FORM["password"],
            "full_name": "Trần Thị Lục Bình",
            "language": "vi",
            "phone": "+84901234567",
            "identity_number": "092190001234",
            **given,
        }
        return register_account(Registration(**data), now=now)

    return make
