"""The ways out for text messages (SMS): one small interface, chosen by `SMS_BACKEND`.

- `outbox` (the default) has no carrier: with DEBUG a message is shown on the developer page,
  otherwise it is refused, so that nobody takes it for sent.
- `console` prints messages too; it is for DEBUG as well, because messages carry codes.
- `http` posts to the address of a carrier; a template fills the body.
- `memory` collects them for the tests.
- A dotted path names a class of your own, made without arguments.

A gateway sends and says how it went. It keeps, repeats and logs nothing: `actions` does.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from services.notifications import outbox
from services.notifications.exceptions import DeliveryError, RefusedError


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
        outbox.keep_copy(outbox.Copy(kind="text", receiver=phone, subject="", text=text))


class ConsoleGateway:
    """Prints messages for a developer, and shows them too."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Print, or refuse outside DEBUG, where the output is kept as a log."""
        if not settings.DEBUG:
            raise RefusedError("no carrier: SMS_BACKEND is console")
        sys.stdout.write(f"--- SMS {phone}\n{text}\n---\n")
        sys.stdout.flush()
        outbox.keep_copy(outbox.Copy(kind="text", receiver=phone, subject="", text=text))


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


class HttpGateway:
    """Posts to a carrier: `SMS_HTTP_URL`, `SMS_HTTP_TEMPLATE`, `SMS_HTTP_SECRET`, `SMS_SENDER`.

    Any 2xx means taken. Too many requests, faults of the server and time-outs may pass; every
    other answer, a redirection too, means never.
    """

    passing = frozenset({408, 425, 429})

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Post once, with the key in the header `Idempotency-Key`."""
        sms = settings.SMS
        values = {
            "phone": phone,
            "phone_digits": phone.removeprefix("+"),
            "text": text,
            "key": key,
            "sender": sms["sender"],
        }
        body, content_type = fill_body(sms["template"], values)
        headers = {"Content-Type": content_type, "Idempotency-Key": key}
        try:
            with requests.post(
                sms["url"],
                data=body,
                headers=headers,
                auth=_Bearer(sms["secret"]),
                timeout=sms["timeout"],
                allow_redirects=False,
                stream=True,  # the body of the answer is not read
            ) as answer:
                status = answer.status_code
        except requests.RequestException as error:
            raise DeliveryError(type(error).__name__) from None
        if status >= 500 or status in self.passing:
            raise DeliveryError(f"HTTP {status}")
        if not 200 <= status < 300:
            raise RefusedError(f"HTTP {status}")


class _Bearer(requests.auth.AuthBase):
    """The secret as a header; without this, a `.netrc` of the machine would replace it."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def __call__(self, request: Any) -> Any:
        if self.secret:
            request.headers["Authorization"] = f"Bearer {self.secret}"
        return request


DEFAULT_TEMPLATE = '{"to": "{phone}", "text": "{text}", "id": "{key}", "from": "{sender}"}'
PLACES = ("phone", "phone_digits", "text", "key", "sender")
_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")


def fill_body(template: str, values: Mapping[str, str]) -> tuple[bytes, str]:
    """Return the body for a carrier and its content type.

    A template that begins with a brace or a bracket is JSON, any other a form (`to={phone}&…`). It
    is taken apart before it is filled, so that no message can break out of its place. Raises
    `ValueError` for a template that is neither.
    """
    template = template.strip() or DEFAULT_TEMPLATE
    if template[0] in "{[":
        body = json.dumps(_fill(json.loads(template), values), ensure_ascii=False)
        return body.encode(), "application/json"
    pairs = parse_qsl(template, keep_blank_values=True, strict_parsing=True)
    filled = urlencode([(name, _fill(value, values)) for name, value in pairs])
    return filled.encode(), "application/x-www-form-urlencoded"


def _fill(part: Any, values: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return _PLACE.sub(lambda match: values[match[1]], part)
    if isinstance(part, list):
        return [_fill(item, values) for item in part]
    if isinstance(part, dict):
        return {name: _fill(item, values) for name, item in part.items()}
    return part


GATEWAYS: dict[str, type[Gateway]] = {
    "outbox": OutboxGateway,
    "console": ConsoleGateway,
    "http": HttpGateway,
    "memory": MemoryGateway,
}


def open_gateway() -> Gateway:
    """Give the gateway that the settings choose; raises `ImproperlyConfigured`."""
    name = settings.SMS["backend"]
    if name in GATEWAYS:
        return GATEWAYS[name]()
    try:
        gateway: Gateway = import_string(name)()
    except ImportError:
        known = ", ".join(sorted(GATEWAYS))
        message = f"SMS_BACKEND is {name}: neither one of {known} nor a class"
        raise ImproperlyConfigured(message) from None
    return gateway
