"""Carry a previewed change out, page by page, each in a transaction of its own.

A row is claimed and its page saved in one transaction, so that a repeated click, a second worker
or a killed process neither repeats nor loses a page. A page whose latest revision is not the
previewed one is reported and left alone.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from catalogue.bulk.changes import change_content
from catalogue.bulk.permissions import editable_procedures
from catalogue.bulk.preparing import only_draft_reason
from catalogue.bulk.wording import BLOCKED, EDITED, ERROR, FORBIDDEN, GONE, LOCKED, NO_WORKFLOW
from catalogue.models import (
    BulkChange,
    BulkChangeRow,
    ChangeKind,
    ChangeMode,
    ChangeState,
    OutageNotice,
    ProcedurePage,
    RowState,
)
from catalogue.permissions import outages_kept_by
from cms.core.formatting import format_datetime
from cms.core.publishing import PublishRefusedError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one page."""

    state: str
    reason: str = ""
    detail: str = ""


def decide_change(change: BulkChange, mode: str) -> bool:
    """Say that a preview is to be carried out; False when that was said before."""
    return bool(
        BulkChange.objects.filter(pk=change.pk, state=ChangeState.PREVIEWED).update(
            state=ChangeState.APPLYING, mode=mode, touched_at=timezone.now()
        )
    )


def apply_change(change: BulkChange) -> None:
    """Carry out all rows that wait for it; safe to be called again, also at the same time."""
    if change.state != ChangeState.APPLYING:
        return
    waiting = change.rows.filter(state=RowState.PENDING)
    for row_id in list(waiting.values_list("pk", flat=True)):
        apply_row(change, row_id)
    if change.kind == ChangeKind.OUTAGE:
        _announce(change)
    BulkChange.objects.filter(pk=change.pk, state=ChangeState.APPLYING).update(
        state=ChangeState.DONE, finished_at=timezone.now()
    )


def apply_row(change: BulkChange, row_id: int) -> None:
    """Carry out one row; whatever goes wrong with it is its own."""
    try:
        with transaction.atomic():
            row = _claim(row_id)
            if row is not None:
                _store(change, row, _carry_out(change, row))
    except Exception as error:
        complaints = error.messages if isinstance(error, ValidationError) else []
        if not complaints:
            logger.exception("bulk change %s: row %s failed", change.pk, row_id)
        with transaction.atomic():
            row = _claim(row_id)
            if row is not None:
                _store(change, row, Result(RowState.FAILED, ERROR, "; ".join(complaints)))


def _claim(row_id: int) -> BulkChangeRow | None:
    """Take a waiting row for this transaction; another one waits here, then finds it done."""
    rows = BulkChangeRow.objects.filter(pk=row_id, state=RowState.PENDING)
    if not rows.update(state=RowState.DRAFTED):
        return None
    return BulkChangeRow.objects.get(pk=row_id)


def _store(change: BulkChange, row: BulkChangeRow, result: Result) -> None:
    row.state, row.reason, row.detail = result.state, result.reason, result.detail
    row.save(update_fields=["state", "reason", "detail"])
    BulkChange.objects.filter(pk=change.pk).update(touched_at=timezone.now())


def _carry_out(change: BulkChange, row: BulkChangeRow) -> Result:
    locked = Page.objects.select_for_update(no_key=True).filter(pk=row.page_id).first()
    page = ProcedurePage.objects.filter(pk=row.page_id).first() if locked else None
    if page is None:
        return Result(RowState.REFUSED, GONE)
    user = change.user
    if user is None or not editable_procedures(user).filter(pk=page.pk).exists():
        return Result(RowState.REFUSED, FORBIDDEN)
    if change.kind == ChangeKind.OUTAGE:
        return _attach(change, page)
    if page.latest_revision_id != row.base_revision:
        return Result(RowState.CONFLICT, EDITED, who_edited(page))
    if page.permissions_for_user(user).page_locked():
        return Result(RowState.REFUSED, LOCKED)
    return _save(change, page)


def who_edited(page: ProcedurePage) -> str:
    """Return who saved the latest revision, and when, in brackets."""
    revision = Revision.objects.filter(pk=page.latest_revision_id).select_related("user").first()
    if revision is None:
        return ""
    name = revision.user.get_full_name() if revision.user else ""
    when = format_datetime(revision.created_at)
    return f"({name}, {when})" if name else f"({when})"


def _save(change: BulkChange, page: ProcedurePage) -> Result:
    """Save a new revision from the previewed one, and go on with it as far as was asked."""
    only_draft = only_draft_reason(page)
    latest = page.get_latest_revision()
    content = latest.content if latest else page.serializable_data()
    outcome = change_content(change.kind, change.values, content)
    draft = page.with_content_json(outcome.content)
    revision = draft.save_revision(user=change.user, log_action=True, previous_revision=latest)
    if change.mode == ChangeMode.SUBMIT:
        return submit_page(page.pk, change.user)
    if change.mode == ChangeMode.PUBLISH:
        return publish_revision(revision, page, change.user, only_draft)
    return Result(RowState.DRAFTED)


def submit_page(page_id: int, user: Any) -> Result:
    """Begin approval, or go on with it where the page was sent back."""
    page = ProcedurePage.objects.get(pk=page_id)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif state is None:
        workflow = page.get_workflow()
        if workflow is None:
            return Result(RowState.DRAFTED, NO_WORKFLOW)
        workflow.start(page, user)
    return Result(RowState.SUBMITTED)


def publish_revision(revision: Revision, page: ProcedurePage, user: Any, only_draft: str) -> Result:
    """Publish as the editor would: with the right to, and past the one gate."""
    if only_draft:
        return Result(RowState.DRAFTED, only_draft)
    if not page.permissions_for_user(user).can_publish():
        return Result(RowState.DRAFTED, FORBIDDEN)
    try:
        revision.publish(user=user)
    except PublishRefusedError as refusal:
        complaints = dict.fromkeys(map(str, refusal.complaints))
        return Result(RowState.DRAFTED, BLOCKED, "; ".join(complaints))
    return Result(RowState.PUBLISHED)


def _attach(change: BulkChange, page: ProcedurePage) -> Result:
    notice = change.values["notice"]
    if not outages_kept_by(change.user).filter(pk=notice).exists():
        return Result(RowState.REFUSED, FORBIDDEN)
    through = OutageNotice.procedures.through.objects
    through.get_or_create(outagenotice_id=notice, procedurepage_id=page.pk)
    return Result(RowState.ATTACHED)


def _announce(change: BulkChange) -> None:
    """Save the notice once, so that whoever listens shows it on the pages."""
    if notice := OutageNotice.objects.filter(pk=change.values["notice"]).first():
        notice.save()
