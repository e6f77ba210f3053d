"""Claims on due jobs: one conditional UPDATE decides which worker runs which due job.

The row keeps its due time until the run has ended, so that a run cut short by a killed worker
falls to another worker when the claim expires. This room runs jobs and refuses to let one job's
failure touch another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.core.clock.jobs import Job
from cms.core.clock.schedule import get_next_run
from cms.core.models.clock import ScheduledJob, WorkerBeat

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a claim outlives the last beat of the worker that holds it."""


def plan_jobs(jobs: Iterable[Job], now: datetime) -> None:
    """This function will make the stored rows agree with the table of jobs.

    A new job gets its first due time after ``now``, a changed line a new one, and a row whose job
    is gone is deleted. Safe to call from several workers at once.
    """
    wanted = {job.name: job for job in jobs}
    stored = dict(ScheduledJob.objects.values_list("name", "crontab"))
    for name, job in wanted.items():
        if stored.get(name) == job.crontab:
            continue
        due = get_next_run(job.crontab, now, settings.TIME_ZONE)
        if name in stored:
            changed = ScheduledJob.objects.filter(name=name, crontab=stored[name])
            changed.update(crontab=job.crontab, next_run_at=due)
        else:
            new = ScheduledJob(name=name, crontab=job.crontab, next_run_at=due)
            ScheduledJob.objects.bulk_create([new], ignore_conflicts=True)
    ScheduledJob.objects.filter(name__in=set(stored) - set(wanted)).delete()


def _due(worker: str, now: datetime) -> QuerySet[ScheduledJob]:
    # A worker runs one job at a time: a claim of its own that it finds is left over from a run
    # whose outcome could not be written, and its beats would prolong it for ever.
    free = Q(claimed_until=None) | Q(claimed_until__lt=now) | Q(claimed_by=worker)
    return ScheduledJob.objects.filter(free, next_run_at__lte=now)


def claim_job(name: str, worker: str, now: datetime) -> bool:
    """This function will claim the job if it is due and free, and say whether it did."""
    due = _due(worker, now).filter(name=name)
    claim = {"claimed_by": worker, "claimed_until": now + LEASE, "last_started_at": now}
    return due.update(**claim) == 1


def run_due_jobs(jobs: Iterable[Job], worker: str, now: datetime | None = None) -> list[str]:
    """This function will claim and run everything that is due and give the names it ran.

    A job that raises is logged and recorded, and is due again at its next time. Times missed while
    no worker ran are made up by a single run.
    """
    moment = now or timezone.now()
    # A cheap read first: an UPDATE that finds nothing would still lock an SQLite file every second.
    due = set(_due(worker, moment).values_list("name", flat=True))
    ran = []
    for job in jobs:
        if job.name in due and claim_job(job.name, worker, now or timezone.now()):
            _run(job, worker)
            ran.append(job.name)
    return ran


def _run(job: Job, worker: str) -> None:
    error = ""
    try:
        job.run()
    except Exception as failure:
        logger.exception("job failed", extra={"job": job.name})
        error = type(failure).__name__
    else:
        logger.info("job done", extra={"job": job.name})
    ended = timezone.now()
    outcome: dict[str, object] = {
        "claimed_by": "",
        "claimed_until": None,
        "last_finished_at": ended,
        "last_error": error,
        "next_run_at": get_next_run(job.crontab, ended, settings.TIME_ZONE),
    }
    if not error:
        outcome["last_succeeded_at"] = ended
    ScheduledJob.objects.filter(name=job.name, claimed_by=worker).update(**outcome)


def beat(worker: str, started_at: datetime, now: datetime) -> None:
    """This function will record that ``worker`` lives and prolong the claims that it holds."""
    WorkerBeat.objects.update_or_create(
        worker=worker,
        defaults={"beat_at": now},
        create_defaults={"started_at": started_at, "beat_at": now},
    )
    held = ScheduledJob.objects.filter(claimed_by=worker, claimed_until__gte=now)
    held.update(claimed_until=now + LEASE)


def sign_off(worker: str) -> None:
    """This function will free the claims of a worker that stops, and forget its beat."""
    held = ScheduledJob.objects.filter(claimed_by=worker)
    held.update(claimed_by="", claimed_until=None)
    WorkerBeat.objects.filter(worker=worker).delete()
