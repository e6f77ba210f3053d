"""The ways out for text messages (SMS): one small interface, chosen by `SMS_BACKEND`.

- `outbox` (the default) has no carrier: with DEBUG a message is shown on the developer page,
  otherwise it is refused, so that nobody takes it for sent.
- `console` prints messages; it too is for DEBUG alone, because messages carry codes.
- `http` posts to the address of any carrier: a template fills the body.
- `memory` collects them for the tests.

A gateway sends and says how it went. It keeps, repeats and logs nothing: `actions` does.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from services.notifications.exceptions import RefusedError


class Gateway(Protocol):
    """A way to a carrier.

    `send` returns when the carrier has taken the message. It raises `DeliveryError` when a later
    attempt may succeed and `RefusedError` when none will; any other exception counts as the former.
    `key` is the same on every attempt: a carrier that knows it must not deliver again.
    """

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Hand one message over; `phone` is an international number (`+84912345678`)."""


class OutboxGateway:
    """No carrier: what is sent in DEBUG is shown to the developer."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Refuse outside DEBUG."""
        if not settings.DEBUG:
            raise RefusedError("no carrier: SMS_BACKEND is outbox")


class ConsoleGateway:
    """Prints messages for a developer."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Print, or refuse outside DEBUG, where the output is kept as a log."""
        if not settings.DEBUG:
            raise RefusedError("no carrier: SMS_BACKEND is console")
        sys.stdout.write(f"--- SMS {phone}\n{text}\n---\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class SentText:
    """What the tests find."""

    phone: str
    text: str
    key: str


sent_texts: list[SentText] = []


class MemoryGateway:
    """Collects messages in `sent_texts`; for tests."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Never fail."""
        sent_texts.append(SentText(phone, text, key))


GATEWAYS: dict[str, type[Gateway]] = {
    "outbox": OutboxGateway,
    "console": ConsoleGateway,
    "memory": MemoryGateway,
}


def open_gateway() -> Gateway:
    """Give the gateway that the settings choose; raises `ImproperlyConfigured`."""
    name = settings.SMS["backend"]
    try:
        return GATEWAYS[name]()
    except KeyError:
        raise ImproperlyConfigured(
            f"SMS_BACKEND is {name}, but must be one of {set(GATEWAYS)}"
        ) from None
