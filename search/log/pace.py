"""How many writes one process makes a second at most. Pure but for the clock."""

from __future__ import annotations

import time
from threading import Lock


class Pace:
    """A bucket that fills with `rate` permits a second up to `burst`."""

    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._left = float(burst)
        self._seen = time.monotonic()
        self._lock = Lock()

    def allows(self) -> bool:
        """Take a permit; False when there is none left."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self.burst, self._left + (now - self._seen) * self.rate)
            self._seen = now
            if self._left < 1:
                return False
            self._left -= 1
            return True
