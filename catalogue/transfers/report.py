"""What a list, a preview and the report say of an import; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.bulk.report import STALLED_AFTER, Group, Progress, RowView, csv_line
from catalogue.bulk.wording import Said
from catalogue.models import (
    CHANGED_STATES,
    REPORTED_STATES,
    ImportRow,
    ImportRun,
    ImportState,
    RowState,
)
from catalogue.transfers.wording import (
    say_column,
    say_differences,
    say_field,
    say_hint,
    say_reason,
)

KEEP_FILE = timedelta(days=7)
PROBLEMS = "problems"
_GROUPS: dict[str, Q] = {
    "new": Q(is_new=True, state=RowState.PENDING),
    "changed": Q(is_new=False, state=RowState.PENDING),
    "created": Q(is_new=True, state__in=CHANGED_STATES),
    "written": Q(is_new=False, state__in=CHANGED_STATES),
    "reported": Q(state__in=REPORTED_STATES),
    "unchanged": Q(state=RowState.UNCHANGED),
}


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One fault: where it stands, in the file's words and in ours, and what to do."""

    place: str
    key: str
    column: str
    field: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One import in the list of earlier ones."""

    run: ImportRun
    state: str
    created: int
    changed: int
    unchanged: int
    reported: int


def summarise(runs: Any) -> list[Summary]:
    """Return the imports of one page of the list with their numbers, in one query."""
    listed = list(runs)
    names = {
        "created": Q(is_new=True) & ~Q(state__in=REPORTED_STATES),
        "changed": Q(is_new=False) & ~Q(state__in=[*REPORTED_STATES, RowState.UNCHANGED]),
        "unchanged": Q(state=RowState.UNCHANGED),
        "reported": Q(state__in=REPORTED_STATES),
    }
    rows = ImportRow.objects.filter(run__in=[run.pk for run in listed]).order_by().values("run")
    counted: Any = rows.annotate(**{name: Count("pk", filter=q) for name, q in names.items()})
    counts = {row["run"]: {name: row[name] for name in names} for row in counted}
    empty = dict.fromkeys(names, 0)
    return [Summary(run, say_state(run), **counts.get(run.pk, empty)) for run in listed]


def say_state(run: ImportRun) -> str:
    """Return how far an import has come; a preview with faults waits for another file."""
    if run.state == ImportState.PREVIEWED and run.problems:
        return _("the file has faults")
    return str(run.get_state_display())


def list_groups(run: ImportRun) -> list[Group]:
    """Return what a preview or report tells apart, with the numbers."""
    labels = {
        "new": _("Will be created"),
        "changed": _("Will change"),
        "created": _("Newly made"),
        "written": _("Changed"),
        "reported": _("Left alone, please look"),
        "unchanged": _("Left alone"),
    }
    counted = run.rows.order_by().aggregate(
        **{code: Count("pk", filter=q) for code, q in _GROUPS.items()}
    )
    groups = [Group(code, label, counted[code]) for code, label in labels.items()]
    faults = Group(PROBLEMS, _("Faults"), len(run.problems) + run.unlisted)
    shown = [group for group in (faults, *groups) if group.count]
    if run.state == ImportState.PREVIEWED:  # the three lists are always told
        always = {"new", "changed", "unchanged"}
        shown = [g for g in (faults, *groups) if g.count or g.code in always]
    return shown


def rows_of_group(run: ImportRun, code: str) -> QuerySet[ImportRow]:
    """Return the rows of a group; all of them for an unknown one."""
    return run.rows.filter(_GROUPS[code]) if code in _GROUPS else run.rows.all()


def view_row(row: ImportRow) -> RowView:
    """Return what is shown of a row."""
    state = row.get_state_display()
    if row.state == RowState.PENDING and row.is_new:
        state = _("will be created")
    if row.state == RowState.UNCHANGED:
        state = _("left alone")
    return RowView(
        page_id=row.page_id,
        key=row.key,
        title=row.title,
        state=str(state),
        state_code=row.state,
        reason=say_reason(row),
        differences=say_differences(row),
    )


def say_place(sheet: str, line: int) -> str:
    """Return where something stands in the file."""
    if not sheet:
        return _("line %(line)d") % {"line": line}
    return _("sheet %(sheet)s, row %(line)d") % {"sheet": sheet, "line": line}


def view_problem(problem: dict[str, Any]) -> ProblemView:
    """Return what is shown of a fault."""
    reason = problem["reason"]
    return ProblemView(
        place=say_place(problem["sheet"], problem["line"]),
        key=problem.get("key", ""),
        column=say_column(problem),
        field=say_field(problem),
        reason=reason[:1].upper() + reason[1:],
        hint=say_hint(problem),
    )


def measure(run: ImportRun) -> Progress:
    """Return how far the running step has come."""
    if run.state == ImportState.PREPARING:
        return Progress(run.prepared, run.read, run.is_running)
    rows = run.rows.exclude(state=RowState.UNCHANGED)
    total = rows.count()
    return Progress(total - rows.filter(state=RowState.PENDING).count(), total, run.is_running)


def stalled_runs() -> QuerySet[ImportRun]:
    """Return the imports whose task was killed: nothing has happened to them for a while."""
    running = (ImportState.PREPARING, ImportState.APPLYING)
    return ImportRun.objects.filter(
        state__in=running, touched_at__lt=timezone.now() - STALLED_AFTER
    )


def outdated_files() -> QuerySet[ImportRun]:
    """Return the imports whose file has been kept long enough."""
    running = (ImportState.PREPARING, ImportState.APPLYING)
    old = ImportRun.objects.filter(touched_at__lt=timezone.now() - KEEP_FILE)
    return old.exclude(file="").exclude(state__in=running)


def write_csv(run: ImportRun) -> Iterator[str]:
    """Yield the report as CSV: faults, then a line for each difference."""
    yield "\ufeff"
    heads = (_("Place in the file"), _("Code"), _("Title"), _("State"), _("Reason"))
    yield csv_line([*heads, _("What"), _("For"), _("Before"), _("After")])
    for problem in run.problems:
        view = view_problem(problem)
        about = [view.place, view.key, "", _("fault"), f"{view.reason} {view.hint}".strip()]
        yield csv_line([*about, view.field, view.column, "", ""])
    if run.unlisted:
        more = _("… and %(count)d more problems") % {"count": run.unlisted}
        yield csv_line(["", "", "", _("fault"), more, "", "", "", ""])
    for row in run.rows.iterator(chunk_size=500):
        shown = view_row(row)
        place = say_place(row.sheet, row.line)
        about = [place, shown.key, shown.title, shown.state, shown.reason]
        for said in shown.differences or [Said("", "", "", "")]:
            yield csv_line([*about, said.what, said.about, said.before, said.after])
