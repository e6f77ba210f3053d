"""``manage.py run_worker``: drain the task queues and run the jobs that fall due."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.core.clock.jobs import list_jobs
from cms.core.clock.worker import ClockWorker


class Command(BaseCommand):
    help = "Run a worker that drains the task queues and runs the scheduled jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Run what is due and queued now, then exit."
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="Seconds between looks at an empty queue."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ClockWorker(list_jobs(), once=options["once"], interval=options["interval"]).run()
