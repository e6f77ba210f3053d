"""Store the preview: for each chosen page what will differ, and from which revision.

It reads the stored revisions and writes nothing but the rows of the change, batch by batch, so
that a killed run goes on where it stopped.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from catalogue.bulk.changes import Outcome, attach_outage, change_content
from catalogue.bulk.wording import GONE, HAS_DRAFT, NOT_LIVE
from catalogue.models import (
    BulkChange,
    BulkChangeRow,
    ChangeKind,
    ChangeState,
    OutageNotice,
    ProcedurePage,
    RowState,
)

BATCH = 100


def describe_change(change: BulkChange, kind: str, values: dict[str, Any]) -> bool:
    """Say what a change does; its preview must then be made. False when it is too late."""
    open_states = (ChangeState.CHOSEN, ChangeState.PREVIEWED)
    with transaction.atomic():
        said = BulkChange.objects.filter(pk=change.pk, state__in=open_states).update(
            kind=kind, values=values, state=ChangeState.PREPARING, touched_at=timezone.now()
        )
        if said:
            change.rows.update(
                state=RowState.WAITING, difference=[], reason="", detail="", base_revision=None
            )
    return bool(said)


def prepare_change(change: BulkChange) -> None:
    """Make the preview of all rows that have none; safe to be called again."""
    while True:
        rows = list(change.rows.filter(state=RowState.WAITING)[:BATCH])
        if not rows:
            break
        with transaction.atomic():
            _prepare_rows(change, rows)
            BulkChange.objects.filter(pk=change.pk).update(touched_at=timezone.now())
    BulkChange.objects.filter(pk=change.pk, state=ChangeState.PREPARING).update(
        state=ChangeState.PREVIEWED
    )


def _prepare_rows(change: BulkChange, rows: list[BulkChangeRow]) -> None:
    pages = Page.objects.in_bulk([row.page_id for row in rows if row.page_id])
    is_outage = change.kind == ChangeKind.OUTAGE
    contents = {} if is_outage else _contents(list(pages.values()))
    attached = _attached(change) if is_outage else frozenset()
    for row in rows:
        page = pages.get(row.page_id)
        if page is None:
            row.state, row.reason = RowState.REFUSED, GONE
            continue
        if is_outage:
            outcome = attach_outage(change.values, is_attached=page.pk in attached)
        else:
            outcome = change_content(change.kind, change.values, contents[page.pk])
        _fill_row(row, page, outcome, is_outage=is_outage)
    BulkChangeRow.objects.bulk_update(
        rows, ["base_revision", "difference", "state", "reason"], batch_size=BATCH
    )


def _fill_row(row: BulkChangeRow, page: Page, outcome: Outcome, *, is_outage: bool) -> None:
    row.base_revision = page.latest_revision_id
    row.difference = outcome.differences
    if not outcome.differences:
        row.state, row.reason = RowState.UNCHANGED, outcome.reason
        return
    row.state = RowState.PENDING
    row.reason = "" if is_outage else only_draft_reason(page)


def only_draft_reason(page: Any) -> str:
    """Why a page may not be published: that would carry along what somebody else began."""
    if not page.live:
        return NOT_LIVE
    return HAS_DRAFT if page.has_unpublished_changes else ""


def _attached(change: BulkChange) -> frozenset[int]:
    through = OutageNotice.procedures.through.objects
    found = through.filter(outagenotice_id=change.values["notice"])
    return frozenset(found.values_list("procedurepage_id", flat=True))


def _contents(pages: list[Page]) -> dict[int, dict[str, Any]]:
    """The content of the latest revisions; that of the page itself where it has none."""
    kind = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.filter(
        base_content_type=kind, pk__in=[page.latest_revision_id for page in pages]
    )
    found = {int(key): content for key, content in revisions.values_list("object_id", "content")}
    rest = [page.pk for page in pages if page.pk not in found]
    for page in ProcedurePage.objects.filter(pk__in=rest):
        found[page.pk] = page.serializable_data()
    return found
