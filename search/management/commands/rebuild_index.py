"""Index everything that is published anew."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    """This command will rebuild the built-in index and tell how far it is."""

    help = "Index everything that is published anew, with progress and rate."

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will rebuild and print the number of entries and the rate."""
        started = time.monotonic()

        def report(number: int) -> None:
            rate = number / max(time.monotonic() - started, 0.001)
            self.stdout.write(f"  {number} entries, {rate:.0f}/s", ending="\r")

        number = rebuild(report)
        self.stdout.write(f"\n{number} entries in {time.monotonic() - started:.1f} s")
