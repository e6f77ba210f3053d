"""The screens of a bulk change: choose, say, look, decide, report. Admin only; the wall guards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Media
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from catalogue import tasks
from catalogue.bulk.applying import decide_change
from catalogue.bulk.forms import FORMS, DecisionForm, FilterForm
from catalogue.bulk.permissions import changes_visible_to, editable_procedures, may_publish_any
from catalogue.bulk.preparing import describe_change
from catalogue.bulk.report import (
    list_groups,
    measure,
    paginate,
    rows_of_group,
    view_row,
    write_csv,
)
from catalogue.bulk.selection import LIMIT, begin_change, find_procedures
from catalogue.bulk.wording import say_change
from catalogue.models import (
    BulkChange,
    ChangeKind,
    ChangeMode,
    ChangeState,
    OutageNotice,
    ProcedurePage,
)
from catalogue.permissions import OutagePolicy


def _own(request: HttpRequest, pk: int) -> BulkChange:
    return get_object_or_404(changes_visible_to(request.user), pk=pk)


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumbs; the last step has no address."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    start = {"url": reverse("bulk_changes:index"), "label": _("Bulk changes")}
    return [home, start, *({"url": url, "label": label} for url, label in steps)]


def _draw(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    context.update(page_title=title, header_title=title, header_icon="copy")
    context.setdefault("media", Media())
    return render(request, name, context)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the reader's bulk changes."""
    page = paginate(changes_visible_to(request.user), request.GET.get("p"))
    changes = [(change, say_change(change)) for change in page]
    trail = _trail()
    trail[-1]["url"] = ""
    return _draw(
        request,
        "catalogue/admin/bulk_index.html",
        _("Bulk changes"),
        changes=changes,
        items=page,
        breadcrumbs_items=trail,
    )


def choose(request: HttpRequest) -> HttpResponse:
    """Choose procedures from a filtered list, over several pages of it or all that match."""
    data = request.POST if request.method == "POST" else request.GET
    form = FilterForm(data, user=request.user)
    found = find_procedures(request.user, form.criteria())
    kept = _kept(request)
    if request.method == "POST" and "continue" in request.POST:
        pages = _chosen(request, found, kept)
        if 0 < len(pages) <= LIMIT:
            return redirect("bulk_changes:describe", begin_change(request.user, pages).pk)
        few = _("Choose at least one procedure.")
        many = _("Choose at most %(number)d procedures at a time.") % {"number": LIMIT}
        messages.error(request, many if pages else few)
    page = paginate(found, data.get("p"))
    shown = [item.pk for item in page]
    rows = [(item, owner, item.pk in kept) for item, owner in _with_owners(page)]
    return _draw(
        request,
        "catalogue/admin/bulk_choose.html",
        _("Choose procedures"),
        form=form,
        rows=rows,
        items=page,
        kept=sorted(kept - set(shown)),
        kept_number=len(kept),
        shown=shown,
        breadcrumbs_items=_trail(("", _("Choose procedures"))),
    )


def _numbers(text: str) -> set[int]:
    return {int(part) for part in text.split(",") if part.isdecimal() and len(part) < 12}


def _kept(request: HttpRequest) -> set[int]:
    """Ids chosen so far: what other pages of the list keep, and what is ticked on this one."""
    ticked = _numbers(",".join(request.POST.getlist("page")))
    return _numbers(request.POST.get("kept", "")) | ticked


def _chosen(request: HttpRequest, found: Any, kept: set[int]) -> list[ProcedurePage]:
    if request.POST.get("all"):
        return list(found[: LIMIT + 1])
    own = editable_procedures(request.user).filter(pk__in=kept)
    return list(own.order_by("sort_key", "pk")[: LIMIT + 1])


def _with_owners(pages: Any) -> list[tuple[ProcedurePage, str]]:
    above = {item.path[: -Page.steplen] for item in pages}
    titles = dict(Page.objects.filter(path__in=above).values_list("path", "title"))
    return [(item, titles.get(item.path[: -Page.steplen], "")) for item in pages]


def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is to be changed; the preview is then made."""
    change = _own(request, pk)
    wanted = request.GET.get("kind", "") or change.kind
    kinds = _kinds(request.user)
    kind = wanted if wanted in dict(kinds) else ChangeKind.FEE_REPLACE.value
    form = FORMS[kind](request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        if describe_change(change, kind, form.values()):
            tasks.carry_on.enqueue(change.pk)
        return redirect("bulk_changes:show", change.pk)
    return _draw(
        request,
        "catalogue/admin/bulk_describe.html",
        _("What is to be changed"),
        change=change,
        form=form,
        kind=kind,
        kinds=kinds,
        number=change.rows.count(),
        media=form.media,
        breadcrumbs_items=_trail(("", _("What is to be changed"))),
    )


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the preview, the progress or the report: whatever the change has come to."""
    change = _own(request, pk)
    if change.state == ChangeState.CHOSEN:
        return redirect("bulk_changes:describe", change.pk)
    groups = list_groups(change)
    code = request.GET.get("group") or (groups[0].code if groups else "")
    page = paginate(rows_of_group(change, code), request.GET.get("p"))
    said = say_change(change)
    return _draw(
        request,
        "catalogue/admin/bulk_show.html",
        said,
        change=change,
        said=said,
        groups=groups,
        group=code,
        rows=[view_row(row) for row in page],
        items=page,
        progress=measure(change),
        modes=_modes(request.user, change),
        can_apply=any(group.code == "pending" for group in groups),
        has_reported=any(group.code == "reported" for group in groups),
        is_previewed=change.state == ChangeState.PREVIEWED,
        is_done=change.state == ChangeState.DONE,
        breadcrumbs_items=_trail(("", said)),
    )


def _kinds(user: Any) -> list[tuple[str, str]]:
    """What the reader may change at once; notices are for those who keep them."""
    keeps_notices = OutagePolicy(OutageNotice).user_has_permission(user, "change")
    return [
        (kind, str(label))
        for kind, label in ChangeKind.choices
        if keeps_notices or kind != ChangeKind.OUTAGE
    ]


def _modes(user: Any, change: BulkChange) -> list[tuple[str, str]]:
    """What the reader may decide; a notice shows at once, there is no draft of it."""
    if change.kind == ChangeKind.OUTAGE:
        return [(ChangeMode.PUBLISH.value, _("Attach the notice"))]
    modes = ChangeMode.choices if may_publish_any(user) else ChangeMode.choices[:2]
    return [(code, str(label)) for code, label in modes]


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry a preview out, once."""
    change = _own(request, pk)
    modes = [code for code, _label in _modes(request.user, change)]
    form = DecisionForm(request.POST, modes=modes)
    if not form.is_valid():
        messages.error(request, _("Choose what becomes of the pages."))
    elif decide_change(change, form.cleaned_data["mode"]):
        tasks.carry_on.enqueue(change.pk)
    return redirect("bulk_changes:show", change.pk)


@require_GET
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell a waiting screen how far it is."""
    state = measure(_own(request, pk))
    return JsonResponse({"done": state.done, "total": state.total, "is_running": state.is_running})


@require_GET
def report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Send the report as a file."""
    change = _own(request, pk)
    answer = StreamingHttpResponse(write_csv(change), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="thay-doi-{change.pk}.csv"'
    return answer


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the same change anew with the pages that were left alone."""
    change = _own(request, pk)
    left = rows_of_group(change, "reported").values("page_id")
    pages = list(editable_procedures(request.user).filter(pk__in=left).order_by("sort_key", "pk"))
    if not pages:
        messages.error(request, _("None of these pages can be changed by you."))
        return redirect("bulk_changes:show", change.pk)
    again = begin_change(request.user, pages)
    if describe_change(again, change.kind, change.values):
        tasks.carry_on.enqueue(again.pk)
    return redirect("bulk_changes:show", again.pk)
