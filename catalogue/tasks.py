"""What the worker does for the catalogue: one call into the domain a task."""

from __future__ import annotations

from django_tasks import task

from catalogue.bulk.applying import apply_change
from catalogue.bulk.preparing import prepare_change
from catalogue.bulk.report import forgotten_changes, stalled_changes
from catalogue.models import BulkChange, ChangeState


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


def resume_bulk_changes() -> None:
    """Go on with changes whose worker was killed; forget those that nobody decided."""
    for change in stalled_changes():
        carry_on.enqueue(change.pk)
    forgotten_changes().delete()
