"""What the worker does for the catalogue: one call into the domain a task."""

from __future__ import annotations

from django_tasks import task

from catalogue.bulk.applying import apply_change
from catalogue.bulk.preparing import prepare_change
from catalogue.bulk.report import forgotten_changes, stalled_changes
from catalogue.models import BulkChange, ChangeState, ImportRun, ImportState
from catalogue.transfers.applying import apply_run
from catalogue.transfers.files import forget_file
from catalogue.transfers.preparing import prepare_run
from catalogue.transfers.report import outdated_files, stalled_runs


@task()
def carry_on(change_id: int) -> None:
    """Make the preview of a bulk change, or carry it out: whatever is its next step."""
    change = BulkChange.objects.select_related("user").filter(pk=change_id).first()
    if change is None:
        return
    if change.state == ChangeState.PREPARING:
        prepare_change(change)
    else:
        apply_change(change)


@task()
def carry_on_import(run_id: int) -> None:
    """Make the preview of an import, or carry it out: whatever is its next step."""
    run = ImportRun.objects.select_related("user", "agency").filter(pk=run_id).first()
    if run is None:
        return
    if run.state == ImportState.PREPARING:
        prepare_run(run)
    else:
        apply_run(run)


def resume_imports() -> None:
    """Go on with imports whose worker was killed."""
    for run in stalled_runs():
        carry_on_import.enqueue(run.pk)


def delete_import_files() -> None:
    """Delete uploaded files that have been kept long enough; their reports stay."""
    for run in outdated_files():
        forget_file(run)


def resume_bulk_changes() -> None:
    """Go on with changes whose worker was killed; forget those that nobody decided."""
    for change in stalled_changes():
        carry_on.enqueue(change.pk)
    forgotten_changes().delete()
