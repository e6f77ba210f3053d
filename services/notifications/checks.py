"""What `manage.py check` says about the ways out of messages; `--deploy` asks for real ones."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.core.exceptions import ImproperlyConfigured

from services.notifications.gateways import PLACES, fill_body, open_gateway


def check_gateway(**kwargs: Any) -> list[CheckMessage]:
    """Find a way out that does not exist, and settings that would fail with each message."""
    try:
        open_gateway()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="notifications.E001")]
    if settings.SMS["backend"] != "http":
        return []
    found: list[CheckMessage] = []
    if not settings.SMS["url"].startswith(("https://", "http://")):
        text = "SMS_HTTP_URL must be the carrier's address, with https://."
        found.append(Error(text, id="notifications.E002"))
    try:
        sample = fill_body(settings.SMS["template"], {name: f"-{name}-" for name in PLACES})[0]
    except ValueError:
        text = "SMS_HTTP_TEMPLATE is neither JSON nor a form (a={phone}&b={text})."
        return [*found, Error(text, id="notifications.E003")]
    if not (b"-phone" in sample and b"-text-" in sample):
        text = "SMS_HTTP_TEMPLATE must hold {phone} or {phone_digits}, and {text}."
        found.append(Error(text, id="notifications.E004"))
    if settings.SMS["timeout"] <= 0:
        text = "SMS_TIMEOUT_SECONDS must be more than 0."
        found.append(Error(text, id="notifications.E005"))
    return found


def check_real_ways_out(**kwargs: Any) -> list[CheckMessage]:
    """Warn when codes would reach nobody, or everybody who reads the output."""
    found: list[CheckMessage] = []
    backend = settings.SMS["backend"]
    if backend in {"outbox", "console", "memory"}:
        text = f"SMS_BACKEND is {backend}: no text message leaves the portal."
        hint = "Set SMS_BACKEND=http and SMS_HTTP_URL, or tell people to use e-mail."
        found.append(Doubt(text, hint=hint, id="notifications.W001"))
    if backend == "http" and settings.SMS["url"].startswith("http://"):
        text = "SMS_HTTP_URL is not https: codes and the secret travel in the open."
        found.append(Doubt(text, id="notifications.W002"))
    if settings.EMAIL_BACKEND != "django.core.mail.backends.smtp.EmailBackend":
        text = "EMAIL_URL names no mail server: mails reach nobody."
        hint = "consolemail:// writes them, with their codes, to the output of the worker."
        found.append(Doubt(text, hint=hint, id="notifications.W003"))
    return found
