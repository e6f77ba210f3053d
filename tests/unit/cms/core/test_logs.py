"""The log: one JSON object a line, and nothing of a person in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.core.logs import (
    JsonFormatter,
    ReadableFormatter,
    RequestIdMiddleware,
    get_request_id,
    logging_config,
    mask_personal_data,
)


def record(message: str, *args: object, **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord("cms.test", logging.INFO, "file.py", 1, message, args, None)
    vars(made).update(extra)
    return made


def written(message: str, *args: object, **extra: Any) -> dict[str, Any]:
    line = JsonFormatter().format(record(message, *args, **extra))
    assert "\n" not in line
    parsed: dict[str, Any] = json.loads(line)
    return parsed


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mail to nguyen.van-a+1@example.gov.vn failed", "mail to [email] failed"),
        ("phone 0912345678", "phone [number]"),
        ("phone 0912 345 678.", "phone [number]."),
        ("phone 0912.345.678", "phone [number]"),
        ("phone +84912345678", "phone [number]"),
        ("phone 028 3930 9912", "phone [number]"),
        ("identity 001099012345", "identity [number]"),
        ("old identity 012345678", "old identity [number]"),
        ("identity 001 099 012 345", "identity [number]"),
        ("GET /tra-cuu/?q=nguyen+van+a&p=1 failed", "GET /tra-cuu/?[query] failed"),
        ("https://example.vn/a?token=x", "https://example.vn/a?[query]"),
        ("Key (email)=(a.b@example.vn) already exists.", "Key (email)=([email]) already exists."),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "procedure 1.012345 of 2026-11-25 10:00:00",
        "code 2.002516.000.00.00.H12",
        "1.600.000 đồng",
        "took 12345 ms for 2849 rows",
        "What now? Nothing",
        "task 94eaa910-d886-4874-aaef-012345678901 done",
        "task 94eaa910-0449-8912-4123-012345678901 done",
    ],
)
def test_facts_stay_readable(text: str) -> None:
    assert mask_personal_data(text) == text


def test_line_has_the_agreed_fields() -> None:
    line = written("page %s published", "gioi-thieu", rows=3, ratio=0.5, done=True)
    assert set(line) == {"time", "level", "logger", "event", "rows", "ratio", "done"}
    assert line["event"] == "page gioi-thieu published"
    assert (line["level"], line["logger"], line["rows"]) == ("info", "cms.test", 3)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])


def test_fields_of_persons_are_dropped_and_others_masked() -> None:
    line = written(
        "x",
        request=object(),
        email="a@example.vn",
        Password="x",
        number=912345678,
        nested={"phone": "1", "note": "0912345678", "list": ["a@example.vn", None]},
    )
    assert not {"request", "email", "Password"} & set(line)
    assert line["number"] == "[number]"
    assert line["nested"] == {"note": "[number]", "list": ["[email]", None]}


def test_extra_fields_cannot_forge_the_line() -> None:
    assert written("true", event="forged", level="forged")["event"] == "true"


def test_tracebacks_are_masked_and_stay_on_one_line() -> None:
    try:
        raise ValueError("no account for a@example.vn")
    except ValueError:
        failed = record("failed", exc_info=sys.exc_info())
    line = JsonFormatter().format(failed)
    assert "\n" not in line
    assert "example" not in line
    assert "ValueError: no account for [email]" in json.loads(line)["exception"]
    assert "[email]" in ReadableFormatter().format(failed)


def test_request_id_reaches_answer_and_log() -> None:
    seen: dict[str, Any] = {}

    def answer(request: HttpRequest) -> HttpResponse:
        seen.update(written("inside"), id=get_request_id())
        return HttpResponse()

    given = "0123456789abcdef0123456789abcdef"
    request = RequestFactory().get("/", headers={"X-Request-ID": given})
    assert RequestIdMiddleware(answer)(request)["X-Request-ID"] == given
    assert seen["request_id"] == seen["id"] == given
    assert get_request_id() == ""


def test_malformed_request_id_is_replaced() -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": "0912345678 <script>"})
    answer = RequestIdMiddleware(lambda _: HttpResponse())(request)
    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])


def test_access_line_has_no_query(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="cms.access")
    request = RequestFactory().get("/thu-tuc/?q=nguyen+van+a")
    RequestIdMiddleware(lambda _: HttpResponse(status=204))(request)
    line = json.loads(JsonFormatter().format(caplog.records[0]))
    assert (line["method"], line["path"], line["status"]) == ("GET", "/thu-tuc/", 204)
    assert "nguyen" not in json.dumps(line)


@pytest.mark.parametrize("style", ["json", "text"])
def test_configuration_is_accepted_by_logging(style: str) -> None:
    formatter = logging_config("INFO", style)["formatters"]["line"]["()"]
    assert formatter.rsplit(".", 1)[1] in {"JsonFormatter", "ReadableFormatter"}


def test_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="json or text"):
        logging_config("INFO", "xml")
