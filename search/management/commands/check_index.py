"""Compare the indices with what is published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import delivery
from search.engines import elasticsearch
from search.engines.failures import Unavailable, explain
from search.indexing import Difference, compare, repair


class Command(BaseCommand):
    """This command will say what is missing, surplus or stale, and mend it on request."""

    help = "Compare the index of each engine with what is published; an error when they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """This method will offer to repair."""
        parser.add_argument("--repair", action="store_true", help="Mend what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will compare, print, and repair or fail."""
        difference = compare()
        self._show("database", difference)
        mended = bool(difference and options["repair"])
        if mended:
            repair(difference)
        try:
            other = self._check_cluster(may_repair=options["repair"])
        except Unavailable as error:
            raise CommandError(f"Elasticsearch: {explain(error)}") from error
        if (difference or other) and not options["repair"]:
            raise CommandError("The index differs from what is published; use --repair.")
        if mended or other:
            self.stdout.write("repaired")

    def _check_cluster(self, *, may_repair: bool) -> bool:
        """Whether the cluster, where there is one, differed."""
        if not elasticsearch.is_configured():
            return False
        if not elasticsearch.is_current():
            self.stdout.write("Elasticsearch: no index of this version")
            if may_repair:
                delivery.rebuild()
            return True
        difference = delivery.compare()
        self._show("Elasticsearch", difference)
        if difference and may_repair:
            delivery.repair(difference)
        return bool(difference)

    def _show(self, engine: str, difference: Difference | delivery.Difference) -> None:
        kinds: tuple[tuple[str, Sequence[tuple[object, ...]]], ...] = (
            ("missing", difference.missing),
            ("surplus", difference.surplus),
            ("stale", difference.stale),
        )
        for title, names in kinds:
            self.stdout.write(f"{engine}, {title}: {len(names)}")
            for name in names[:20]:
                self.stdout.write("  " + " ".join(str(part) for part in name))
