"""Whose share a request takes: the client behind trusted proxies, an IPv6 home as one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from cms.core.captcha.limits import client_address

PEER, FORWARDED = "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR"


@pytest.mark.parametrize(
    ("proxies", "headers", "address"),
    [
        (0, {PEER: "203.0.113.1"}, "203.0.113.1"),
        (0, {PEER: "10.0.0.1", FORWARDED: "203.0.113.1"}, "10.0.0.1"),
        (1, {PEER: "10.0.0.1", FORWARDED: "6.6.6.6, 203.0.113.1"}, "203.0.113.1"),
        (2, {PEER: "10.0.0.1", FORWARDED: "6.6.6.6,203.0.113.1,10.0.0.2"}, "203.0.113.1"),
        (2, {PEER: "10.0.0.1", FORWARDED: "203.0.113.1"}, "203.0.113.1"),
        (1, {PEER: "10.0.0.1"}, "10.0.0.1"),
        (1, {PEER: "10.0.0.1", FORWARDED: "nonsense"}, "nonsense"),
        (0, {PEER: "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::"),
        (0, {PEER: ""}, ""),
    ],
)  # fmt: skip
def test_client_address(settings: Any, proxies: int, headers: dict[str, str], address: str) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    assert client_address(RequestFactory().get("/", **headers)) == address
