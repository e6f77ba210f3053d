"""The screens of import and export: choose a file, look, decide, report. The wall guards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalogue import tasks
from catalogue.bulk.forms import DecisionForm
from catalogue.bulk.permissions import may_publish_any
from catalogue.bulk.report import paginate
from catalogue.interchange.workbook import UnwritableRecordError
from catalogue.models import ChangeMode, ImportRun, ImportState
from catalogue.transfers.applying import decide_run
from catalogue.transfers.forms import ExportForm, UploadForm
from catalogue.transfers.preparing import begin_run, repeat_run
from catalogue.transfers.reach import may_transfer, runs_visible_to
from catalogue.transfers.report import (
    KEEP_FILE,
    PROBLEMS,
    list_groups,
    measure,
    rows_of_group,
    say_place,
    say_state,
    summarise,
    view_problem,
    view_row,
    write_csv,
)
from catalogue.transfers.sending import make_workbook, stream_file
from catalogue.transfers.wall import SHARED

TEXT_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def _own(request: HttpRequest, pk: int) -> ImportRun:
    return get_object_or_404(runs_visible_to(request.user), pk=pk)


def _demand_right(request: HttpRequest) -> None:
    if not may_transfer(request.user):
        raise PermissionDenied


def _draw(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    start = {"url": reverse("transfers:index"), "label": _("Import and export")}
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, start]
    if context.pop("is_inner", True):
        trail.append({"url": "", "label": title})
    else:
        start["url"] = ""
    context.update(
        page_title=title, header_title=title, header_icon="download", breadcrumbs_items=trail
    )
    context.setdefault("media", Media())
    return render(request, name, context)


def index(request: HttpRequest) -> HttpResponse:
    """Take a file, offer an export, and list the reader's earlier imports."""
    _demand_right(request)
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        run = begin_run(request.user, data["file"], form.file_format, data["agency"])
        if run.state == ImportState.PREPARING:
            tasks.carry_on_import.enqueue(run.pk)
        return redirect("transfers:show", run.pk)
    page = paginate(runs_visible_to(request.user).select_related("agency"), request.GET.get("p"))
    return _draw(
        request,
        "catalogue/admin/transfer_index.html",
        _("Import and export of procedures"),
        form=form,
        export_form=ExportForm(user=request.user, initial=request.GET.dict()),
        summaries=summarise(page),
        items=page,
        is_inner=False,
    )


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the preview, the progress or the report: whatever the import has come to."""
    run = _own(request, pk)
    groups = list_groups(run)
    first = next((group.code for group in groups if group.count), "")
    code = request.GET.get("group") or first
    is_fault = code == PROBLEMS
    page = paginate(run.problems if is_fault else rows_of_group(run, code), request.GET.get("p"))
    found = [] if is_fault else page
    rows = [(view_row(row), say_place(row.sheet, row.line)) for row in found]
    return _draw(
        request,
        "catalogue/admin/transfer_show.html",
        _("Import: %(file)s") % {"file": run.file_name},
        run=run,
        groups=groups,
        group=code,
        problems=[view_problem(problem) for problem in page] if is_fault else [],
        rows=rows,
        has_differences=any(row.differences for row, _place in rows),
        items=page,
        state=say_state(run),
        progress=measure(run),
        modes=_modes(request.user),
        can_apply=_can_apply(run, groups),
        can_repeat=run.state in {ImportState.DONE, ImportState.FAILED} and bool(run.file),
        is_previewed=run.state == ImportState.PREVIEWED,
        is_ended=run.state in {ImportState.DONE, ImportState.FAILED, ImportState.EXPIRED},
        has_shared_note=SHARED in run.notes,
        deleted_after=KEEP_FILE.days,
    )


def _can_apply(run: ImportRun, groups: list[Any]) -> bool:
    pending = any(group.count for group in groups if group.code in {"new", "changed"})
    return run.state == ImportState.PREVIEWED and pending and not run.problems


def _modes(user: Any) -> list[tuple[str, str]]:
    modes = ChangeMode.choices if may_publish_any(user) else ChangeMode.choices[:2]
    return [(code, str(label)) for code, label in modes]


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry a preview out, once."""
    run = _own(request, pk)
    modes = [code for code, _label in _modes(request.user)]
    form = DecisionForm(request.POST, modes=modes)
    if not form.is_valid():
        messages.error(request, _("Choose what becomes of the pages."))
    elif decide_run(run, form.cleaned_data["mode"]):
        tasks.carry_on_import.enqueue(run.pk)
    return redirect("transfers:show", run.pk)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new preview of the same file."""
    run = repeat_run(_own(request, pk))
    if run is None:
        messages.error(request, _("The file has been deleted. Upload it again."))
        return redirect("transfers:show", pk)
    tasks.carry_on_import.enqueue(run.pk)
    return redirect("transfers:show", run.pk)


@require_GET
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell a waiting screen how far it is."""
    state = measure(_own(request, pk))
    return JsonResponse({"done": state.done, "total": state.total, "is_running": state.is_running})


@require_GET
def report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Send the report as a file."""
    run = _own(request, pk)
    answer = StreamingHttpResponse(write_csv(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="nhap-thu-tuc-{run.pk}.csv"'
    return answer


@require_GET
def export(request: HttpRequest) -> HttpResponse | FileResponse | StreamingHttpResponse:
    """Send the reader's own procedures as a file."""
    _demand_right(request)
    form = ExportForm(request.GET, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose what to export."))
        return redirect("transfers:index")
    data = form.cleaned_data
    kind = data["file_format"]
    name = f"thu-tuc-{timezone.localdate():%Y-%m-%d}.{kind}"
    chosen = (request.user, data["agency"], data["content"])
    if kind != "xlsx":
        answer = StreamingHttpResponse(stream_file(*chosen, kind), content_type=TEXT_TYPES[kind])
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    try:
        return FileResponse(make_workbook(*chosen), as_attachment=True, filename=name)
    except UnwritableRecordError as error:
        place = {"place": str(error)}
        messages.error(
            request, _("“%(place)s” is too long for a cell; export to JSON Lines.") % place
        )
        return redirect("transfers:index")
