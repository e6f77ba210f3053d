"""What a list and the report say of a bulk change; reads only."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.bulk.wording import Said, say_differences, say_reason
from catalogue.models import (
    CHANGED_STATES,
    REPORTED_STATES,
    BulkChange,
    BulkChangeRow,
    ChangeState,
    RowState,
)

A_PAGE = 50
STALLED_AFTER = timedelta(minutes=10)
KEEP_UNDECIDED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row as it is shown."""

    page_id: int | None
    key: str
    title: str
    state: str
    state_code: str
    reason: str
    differences: list[Said]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are shown together."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows of how many are done."""

    done: int
    total: int
    is_running: bool


def paginate(found: Any, number: str | None) -> PageOfList[Any]:
    """Return one page of a list; the nearest one for a number that is none."""
    return Paginator(found, A_PAGE).get_page(number)


def count_states(change: BulkChange) -> dict[str, int]:
    """Return how many rows are in each state."""
    found = change.rows.order_by().values_list("state").annotate(number=Count("pk"))
    return dict(found)


def list_groups(change: BulkChange) -> list[Group]:
    """Return the groups of rows that a preview or report tells apart, with their numbers."""
    counts = count_states(change)
    labels = (
        ("pending", _("Will change"), (RowState.PENDING,)),
        ("changed", _("Changed"), CHANGED_STATES),
        ("reported", _("Left alone, please look"), REPORTED_STATES),
        ("unchanged", _("Will not change"), (RowState.UNCHANGED,)),
    )
    groups = [Group(c, label, sum(counts.get(s, 0) for s in states)) for c, label, states in labels]
    return [group for group in groups if group.count]


def rows_of_group(change: BulkChange, code: str) -> QuerySet[BulkChangeRow]:
    """Return the rows of a group; all of them for an unknown one."""
    states = {
        "pending": (RowState.PENDING,),
        "changed": CHANGED_STATES,
        "reported": REPORTED_STATES,
        "unchanged": (RowState.UNCHANGED,),
    }.get(code)
    return change.rows.filter(state__in=states) if states else change.rows.all()


def view_row(row: BulkChangeRow) -> RowView:
    """Return what is shown of a row."""
    return RowView(
        page_id=row.page_id,
        key=row.key,
        title=row.title,
        state=str(row.get_state_display()),
        state_code=row.state,
        reason=say_reason(row),
        differences=say_differences(row),
    )


def measure(change: BulkChange) -> Progress:
    """Return how far the running step has come."""
    counts = count_states(change)
    total = sum(counts.values())
    if change.state == ChangeState.APPLYING:
        total -= counts.get(RowState.UNCHANGED, 0)
    left = counts.get(RowState.WAITING, 0)
    left += counts.get(RowState.PENDING, 0) if change.state == ChangeState.APPLYING else 0
    return Progress(total - left, total, change.is_running)


def stalled_changes() -> QuerySet[BulkChange]:
    """Return the changes whose task was killed: nothing has happened to them for a while."""
    running = (ChangeState.PREPARING, ChangeState.APPLYING)
    return BulkChange.objects.filter(
        state__in=running, touched_at__lt=timezone.now() - STALLED_AFTER
    )


def forgotten_changes() -> QuerySet[BulkChange]:
    """Return the changes on which nobody has decided for a month."""
    undecided = (ChangeState.CHOSEN, ChangeState.PREVIEWED)
    return BulkChange.objects.filter(
        state__in=undecided, touched_at__lt=timezone.now() - KEEP_UNDECIDED
    )


def write_csv(change: BulkChange) -> Iterator[str]:
    """Yield the report as CSV, one line a difference, with a mark for spreadsheets."""
    yield "\ufeff"
    heads = (_("Code"), _("Title"), _("State"), _("Reason"))
    yield csv_line([*heads, _("What"), _("For"), _("Before"), _("After")])
    for row in change.rows.iterator(chunk_size=500):
        view = view_row(row)
        about = [view.key, view.title, view.state, view.reason]
        for said in view.differences or [Said("", "", "", "")]:
            yield csv_line([*about, said.what, said.about, said.before, said.after])


def csv_line(cells: list[Any]) -> str:
    """Return one line of a report; no cell of it is a formula."""
    held = StringIO()
    csv.writer(held).writerow([_harmless(str(cell)) for cell in cells])
    return held.getvalue()


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is written as text."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
