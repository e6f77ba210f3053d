"""What the worker does for the search desk: one call a task."""

from __future__ import annotations

from django_tasks import task

from search.scoring import run_score


@task()
def measure_search(score_id: int) -> None:
    """Ask the judged set."""
    run_score(score_id)
