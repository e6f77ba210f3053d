"""Index everything that is published anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import delivery
from search.engines import elasticsearch
from search.engines.failures import Unavailable, explain
from search.indexing import rebuild


class Command(BaseCommand):
    """This command will rebuild the index of each engine and tell how far it is."""

    help = "Index everything that is published anew, with progress and rate; searches go on."

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will rebuild and print the number of entries and the rate."""
        self._time("database", rebuild)
        if not elasticsearch.is_configured():
            return
        try:
            self._time("Elasticsearch", delivery.rebuild)
        except Unavailable as error:
            raise CommandError(f"Elasticsearch: {explain(error)}") from error

    def _time(self, name: str, work: Callable[[Callable[[int], None]], int]) -> None:
        started = time.monotonic()

        def rate(number: int) -> str:
            return f"{number} entries, {number / max(time.monotonic() - started, 0.001):.0f}/s"

        number = work(lambda number: self.stdout.write(f"  {name}: {rate(number)}", ending="\r"))
        self.stdout.write(f"\n{name}: {rate(number)}, {time.monotonic() - started:.1f} s")
