"""Questions to a search node that end in time, whatever the node does.

The client's time-out begins anew with each step: connecting, the handshake, every piece of an
answer that trickles in, the next node. Here one deadline holds for them all, and what a reader
waits for a cluster in one page is counted together. Bulk requests know no deadline. The system's
look-up of names is beyond its reach.
"""

from __future__ import annotations

import http.client
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import urllib3
from elastic_transport import ConnectionTimeout, Urllib3HttpNode
from urllib3.connection import HTTPConnection, HTTPSConnection


@dataclass
class _Patience:
    """How many seconds one reader still waits for the cluster."""

    left: float


_patience: ContextVar[_Patience | None] = ContextVar("patience", default=None)
_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let all questions within wait that long together; the outermost counts."""
    if _patience.get() is not None:
        yield
        return
    token = _patience.set(_Patience(seconds))
    try:
        yield
    finally:
        _patience.reset(token)


def is_patient() -> bool:
    """Whether the reader has time left for the cluster."""
    kept = _patience.get()
    return kept is None or kept.left > 0


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """End each request within these seconds, or within what is left of the reader's patience."""
    kept = _patience.get() or _Patience(seconds)
    started = time.monotonic()
    token = _until.set(started + min(seconds, kept.left))
    try:
        yield
    finally:
        _until.reset(token)
        kept.left -= time.monotonic() - started


def _left() -> float | None:
    """The seconds until the deadline; None without one."""
    until = _until.get()
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    return left


class _Reader(io.RawIOBase):
    """What a socket says, until the deadline."""

    def __init__(self, sock: Any) -> None:
        self._sock, self._raw = sock, sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(_left())
        got: int | None = self._raw.readinto(buffer)
        return got

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        if _until.get() is not None:
            self.fp.close()
            self.fp = io.BufferedReader(_Reader(sock))


class _Timed:
    response_class: Any = _Response

    def _new_conn(self) -> Any:
        sock = super()._new_conn()  # type: ignore[misc]
        if (left := _left()) is not None:
            sock.settimeout(left)  # for the handshake
        return sock


class _Plain(_Timed, HTTPConnection):
    pass


class _Secure(_Timed, HTTPSConnection):
    pass


class PromptNode(Urllib3HttpNode):
    """A node that answers within the deadline, or fails."""

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.pool.ConnectionCls = _Secure if config.scheme == "https" else _Plain

    def perform_request(self, *args: Any, **options: Any) -> Any:
        """Perform a request with the time that is left for all attempts."""
        try:
            if (left := _left()) is not None:
                options["request_timeout"] = urllib3.Timeout(total=left)
            return super().perform_request(*args, **options)
        except TimeoutError as error:
            raise ConnectionTimeout("the deadline has passed") from error
