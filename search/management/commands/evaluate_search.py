"""Measure the search on judged queries."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import choice, elasticsearch
from search.engines.failures import Unavailable, explain
from search.evaluation import Judged, JudgedSetError, Result, evaluate, read, summarise
from search.scoring import answer_keys

COLUMNS = ("queries", "hit@1", "hit@5", "hit@10", "MRR@10", "nDCG@10", "p50 ms", "p95 ms")


class Command(BaseCommand):
    """This command will ask every judged query and print hit rates, MRR, nDCG and times."""

    help = "Measure the search on a file of judged queries (JSON Lines)."

    def add_arguments(self, parser: CommandParser) -> None:
        """This method will take the file, the form of the answer, and whether to show misses."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print the figures as JSON.")
        parser.add_argument("--engine", choices=sorted(choice.ENGINES), help="Ask this one alone.")
        parser.add_argument("--misses", action="store_true", help="Print queries missed at 5.")

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will measure; a file that cannot be read is an error."""
        try:
            queries = read(options["file"])
        except (OSError, JudgedSetError) as error:
            raise CommandError(str(error)) from error
        results = self._evaluate(queries, options["engine"])
        summary = summarise(results)
        if options["json"]:
            self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{'':14}" + "".join(f"{name:>9}" for name in COLUMNS))
        for name, figures in [("all", summary["all"]), *summary["styles"].items()]:
            cells = "".join(f"{_cell(figures[column]):>9}" for column in COLUMNS)
            self.stdout.write(f"{name:14}{cells}")
        if options["misses"]:
            for result in results:
                if not result.hit(5):
                    self.stdout.write(f"{result.judged.style}: {result.judged.query}")

    def _evaluate(self, queries: list[Judged], engine: str | None) -> list[Result]:
        """Ask the engine that was named; as readers are answered when none was."""
        if engine is None:
            return evaluate(queries, answer_keys, time.perf_counter)
        if engine == choice.ELASTICSEARCH and not elasticsearch.is_configured():
            raise CommandError("ELASTICSEARCH_URL names no node.")
        try:
            with choice.only(engine):
                return evaluate(queries, answer_keys, time.perf_counter)
        except Unavailable as error:
            raise CommandError(f"Elasticsearch: {explain(error)}") from error


def _cell(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
