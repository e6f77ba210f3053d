"""The portal's log: one JSON object a line in production, readable lines in development.

This room formats and masks. It refuses to let personal data through: e-mail addresses, telephone
and identity numbers and the query strings of URLs are masked in messages, extra fields and
tracebacks alike, and fields that would carry a person or a secret are dropped whole.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # settings import this room, so it must not import Django itself
    from django.http import HttpRequest, HttpResponse

_request_id: ContextVar[str] = ContextVar("request_id", default="")

_OWN_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_DROPPED = frozenset(
    {"request", "user", "username", "full_name", "email", "phone", "identity_number", "address"}
    | {"password", "token", "secret", "cookie", "cookies", "session", "authorization", "headers"}
    | {"data", "params", "sql", "post", "body", "server_time"}
)

_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"((?:https?://|/)[^\s\"'?<>]*)\?[^\s\"'<>]*"), r"\1?[query]"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (re.compile(r"(?<![\d.])\d{3}(?:[ .-]\d{3}){2,3}(?![\d.])"), "[number]"),
    (
        re.compile(
            r"(?<![\w.])(?<![0-9a-f]{4}-)(?:\+84|0084|0)\d{2,3}[ .-]?\d{3,4}[ .-]?\d{3,4}(?!\d)"
        ),
        "[number]",
    ),
    (re.compile(r"(?<!\d)(?<![0-9a-f]{4}-)(?:\d{12}|\d{9})(?!\d)"), "[number]"),
)


def mask_personal_data(text: str) -> str:
    """This function will give ``text`` with e-mails, numbers of persons and queries masked."""
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    return text


def get_request_id() -> str:
    """This function will give the id of the request being answered, or an empty string."""
    return _request_id.get()


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        masked = mask_personal_data(str(value))
        return value if masked == str(value) else masked
    if isinstance(value, Mapping):
        return {str(k): _clean(v) for k, v in value.items() if str(k).lower() not in _DROPPED}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item) for item in value]
    return mask_personal_data(str(value))


def _extra_fields(record: logging.LogRecord) -> dict[str, Any]:
    extras = {k: v for k, v in vars(record).items() if k not in _OWN_ATTRIBUTES}
    return {k: _clean(v) for k, v in extras.items() if k.lower() not in _DROPPED}


class JsonFormatter(logging.Formatter):
    """Writes one record as one line of JSON: time, level, logger, event, request id, extras."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": mask_personal_data(record.getMessage()),
        }
        if request_id := get_request_id():
            line["request_id"] = request_id
        for key, value in _extra_fields(record).items():
            line.setdefault(key, value)
        if record.exc_info:
            line["exception"] = mask_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class ReadableFormatter(logging.Formatter):
    """Writes the same facts for a person in front of a terminal, masked in the same way."""

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%H:%M:%S", time.localtime(record.created))
        extras = " ".join(f"{key}={value}" for key, value in _extra_fields(record).items())
        event = mask_personal_data(record.getMessage())
        line = f"{moment} {record.levelname.lower():7} {record.name}: {event} {extras}".rstrip()
        if record.exc_info:
            line += "\n" + mask_personal_data(self.formatException(record.exc_info))
        return line


class RequestIdMiddleware:
    """Gives each request an id and writes one line about it: method, path, status, milliseconds.

    A well-formed ``X-Request-ID`` of a proxy is kept so that its log and ours can be joined.
    """

    header = "X-Request-ID"
    well_formed = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
    logger = logging.getLogger("cms.access")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(self.header, "").lower()
        request_id = given if self.well_formed.fullmatch(given) else uuid.uuid4().hex
        token = _request_id.set(request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response[self.header] = request_id
            self._write(request, response, time.perf_counter() - started)
            return response
        finally:
            _request_id.reset(token)

    def _write(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        if not self.logger.isEnabledFor(logging.INFO):
            return
        self.logger.info(
            "request",
            extra={
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            },
        )


def logging_config(level: str, style: str) -> dict[str, Any]:
    """This function will give the ``LOGGING`` setting.

    ``level`` is a logging level name; ``style`` is ``json`` for machines or ``text`` for people.
    Raises ``ValueError`` for another style.
    """
    formatter = {"json": "JsonFormatter", "text": "ReadableFormatter"}.get(style)
    if formatter is None:
        raise ValueError(f"log style must be json or text, not {style}")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"cms.core.logs.{formatter}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django attaches handlers of its own to these; the portal has one way out.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.db.backends": {"level": "WARNING"},
            # Anybody can send a foreign host; the line of the request shows it well enough.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # Two lines a task say nothing; a task that fails is an error and stays.
            "django_tasks": {"level": "WARNING"},
            # A line a search, and its query's address; what fails is said once by the search room.
            "elastic_transport": {"level": "ERROR"},
        },
    }
