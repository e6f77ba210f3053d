"""The one table of jobs: name, crontab line, what to call. It decides no times and makes no claims.

A room above adds its own row with ``register_job`` from its ``AppConfig.ready``; this room knows
only the jobs of the ground floor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from cms.core.frame_state import refresh_frame_state
from cms.core.models.clock import WorkerBeat


@dataclass(frozen=True)
class Job:
    """One row: ``run`` takes nothing, may be called again at any time and raises when it fails."""

    name: str
    crontab: str
    run: Callable[[], object]


_jobs: dict[str, Job] = {}


def register_job(job: Job) -> None:
    """This function will add a row; registering another job under a taken name is a bug."""
    if _jobs.get(job.name, job) != job:
        raise ValueError(f"two jobs are named {job.name}")
    _jobs[job.name] = job


def list_jobs() -> list[Job]:
    """This function will list every registered job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def publish_scheduled() -> None:
    """This function will publish and expire the content whose time has come (Wagtail's command)."""
    call_command("publish_scheduled")


def prune_task_results() -> None:
    """This function will delete the results of tasks that finished more than two weeks ago."""
    call_command("prune_db_task_results", "--queue-name", "*", "--min-age-days", "14", verbosity=0)


def clear_sessions() -> None:
    """This function will delete expired sessions."""
    call_command("clearsessions")


def delete_stale_beats() -> None:
    """This function will forget the workers that have been silent for a day."""
    WorkerBeat.objects.filter(beat_at__lt=timezone.now() - timedelta(days=1)).delete()


for _job in (
    Job("publish_scheduled", "* * * * *", publish_scheduled),
    Job("refresh_frame", "50 2 * * *", refresh_frame_state),
    Job("prune_task_results", "10 3 * * *", prune_task_results),
    Job("clear_sessions", "20 3 * * *", clear_sessions),
    Job("delete_stale_beats", "30 * * * *", delete_stale_beats),
):
    register_job(_job)
