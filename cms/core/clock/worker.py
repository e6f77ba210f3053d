"""The worker: drains the task queues in the main thread while two threads beat and run the clock.

It reuses the queue worker of django-tasks-db and adds no rules of its own about tasks. The beat
has a thread to itself so that neither a long task nor a long job makes a living worker look dead.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from cms.core.clock.claims import beat, plan_jobs, run_due_jobs, sign_off
from cms.core.clock.jobs import Job

logger = logging.getLogger(__name__)

BEAT_SECONDS = 10.0
CLOCK_SECONDS = 1.0
STOP_SECONDS = 30.0


class ClockWorker:
    """One worker process: ``run`` returns when SIGTERM or SIGINT came, or after one round."""

    def __init__(self, jobs: Iterable[Job], *, once: bool = False, interval: float = 1.0) -> None:
        self.jobs = list(jobs)
        self.once = once
        self.worker_id = secrets.token_hex(16)
        self.started_at: datetime = timezone.now()
        self._stopping = threading.Event()
        self.queues = QueueWorker(
            queue_names=["*"],
            interval=interval,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """This function will work until told to stop, then let a running job end and sign off."""
        logger.info("worker started", extra={"worker": self.worker_id})
        plan_jobs(self.jobs, timezone.now())
        self._beat()
        if self.once:
            run_due_jobs(self.jobs, self.worker_id)
        threads = [] if self.once else self._start_threads()
        try:
            if not self.once:
                self.queues.configure_signals()
            self.queues.run()
        finally:
            self._stopping.set()
            for thread in threads:
                thread.join(STOP_SECONDS)
            sign_off(self.worker_id)
            logger.info("worker stopped", extra={"worker": self.worker_id})

    def _start_threads(self) -> list[threading.Thread]:
        rounds = [("beat", self._beat, BEAT_SECONDS), ("clock", self._tick, CLOCK_SECONDS)]
        threads = [
            threading.Thread(target=self._repeat, args=(work, seconds), name=name, daemon=True)
            for name, work, seconds in rounds
        ]
        for thread in threads:
            thread.start()
        return threads

    def _repeat(self, work: Callable[[], None], seconds: float) -> None:
        while not self._stopping.wait(seconds):
            try:
                close_old_connections()
                work()
            except Exception:
                # The database may be back at the next round; a dead thread would never know.
                logger.exception("clock round failed")
                connections.close_all()
        connections.close_all()

    def _beat(self) -> None:
        beat(self.worker_id, self.started_at, timezone.now())

    def _tick(self) -> None:
        run_due_jobs(self.jobs, self.worker_id)
