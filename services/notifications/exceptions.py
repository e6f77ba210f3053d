"""Why a message did not go out, in words that hold nothing of the message."""

from __future__ import annotations


class DeliveryError(Exception):
    """This attempt failed; a later one may succeed. `reason` is safe to keep and to log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefusedError(DeliveryError):
    """The carrier will never take this message: trying again is no use."""
