"""What the worker does for the search: one call into the domain a task."""

from __future__ import annotations

from django_tasks import task

from search import delivery
from search.scoring import run_score


@task()
def deliver() -> None:
    """Send waiting changes to the cluster."""
    delivery.deliver()


@task()
def measure_search(score_id: int) -> None:
    """Ask the judged set."""
    run_score(score_id)
