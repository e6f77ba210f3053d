"""What an editor has to do: tasks, drafts, pages to review, faults. Their own pages only.

Each list has its first lines and its length; the number of queries does not grow with either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from catalogue.models import GuidePage, PageFinding
from catalogue.readiness import Rule, Severity
from catalogue.selectors.readiness import portal_settings

HANDBOOK = "so-tay-bien-tap-vien"  # the slug of the guide
SHOWN = 8
EXPIRES_WITHIN = timedelta(days=30)
DAYS_IN_A_MONTH = 30.44
EDITING = frozenset({"change", "publish"})


@dataclass(frozen=True)
class DeskLine:
    """One page that waits for something."""

    page_id: int
    title: str
    moment: datetime | None = None
    person: str = ""
    text: str = ""
    number: int = 0
    field: str = ""


@dataclass(frozen=True)
class DeskList:
    """The first lines of a list, and how many there are in all."""

    lines: list[DeskLine] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class Desk:
    """All lists of one editor."""

    waiting: DeskList
    sent_back: DeskList
    submitted: DeskList
    drafts: DeskList
    blocked: DeskList
    broken: DeskList
    expiring: DeskList
    to_review: DeskList
    review_months: int


def editable_pages(user: Any) -> QuerySet[Page]:
    """Return the pages that `user` may edit, mirrors of others left out."""
    policy = policy_registry.get_by_type(Page)
    found: QuerySet[Page] = policy.instances_user_has_any_permission_for(user, EDITING)
    return found.filter(depth__gt=1, alias_of=None)


def build_desk(user: Any) -> Desk:
    """Return what waits for `user`."""
    pages = editable_pages(user)
    months = portal_settings().review_months
    return Desk(
        waiting=_waiting(user, pages),
        sent_back=_requested(user, pages, WorkflowState.STATUS_NEEDS_CHANGES),
        submitted=_requested(user, pages, WorkflowState.STATUS_IN_PROGRESS),
        drafts=_dated(
            pages.filter(has_unpublished_changes=True, latest_revision__user=user),
            "-latest_revision_created_at",
        ),
        blocked=_blocked(pages),
        broken=_broken(pages),
        expiring=_expiring(pages),
        to_review=_to_review(pages, months),
        review_months=months,
    )


def list_findings(user: Any) -> QuerySet[PageFinding]:
    """Return what is wrong with the pages that `user` may edit, with the name of the page above."""
    above = Page.objects.filter(
        path=Substr(OuterRef("page__path"), 1, Length(OuterRef("page__path")) - Page.steplen)
    )
    return (
        PageFinding.objects.filter(page__in=editable_pages(user).values("pk"))
        .exclude(severity=Severity.OFF)
        .select_related("page")
        .annotate(agency=Subquery(above.values("title")[:1]))
        .order_by("page_id", "pk")
    )


def _waiting(user: Any, pages: QuerySet[Page]) -> DeskList:
    """Pages whose approval is the user's turn."""
    tasks = GroupApprovalTask.objects.filter(active=True)
    if not user.is_superuser:
        tasks = tasks.filter(groups__in=user.groups.all())
    states = (
        TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk"))
        .select_related("workflow_state__requested_by")
        .order_by("-started_at")
    )
    rows = [
        (state.workflow_state.object_id, state.started_at, state.workflow_state.requested_by, "")
        for state in states
    ]
    return _of_rows(rows, pages)


def _requested(user: Any, pages: QuerySet[Page], status: str) -> DeskList:
    """Pages that the user has submitted and that have this state now."""
    states = (
        WorkflowState.objects.filter(requested_by=user, status=status)
        .select_related("current_task_state__finished_by")
        .order_by("-created_at")
    )
    rows = []
    for state in states:
        task = state.current_task_state
        person = task.finished_by if task else None
        rows.append((state.object_id, state.created_at, person, task.comment if task else ""))
    return _of_rows(rows, pages)


def _of_rows(rows: list[tuple[str, datetime, Any, str]], pages: QuerySet[Page]) -> DeskList:
    keys = [int(key) for key, *_rest in rows if key.isdecimal()]
    titles = dict(pages.filter(pk__in=keys).values_list("pk", "draft_title")) if keys else {}
    lines = [
        DeskLine(int(key), titles[int(key)], moment, _name(person), comment)
        for key, moment, person, comment in rows
        if key.isdecimal() and int(key) in titles
    ]
    return DeskList(lines[:SHOWN], len(lines))


def _name(person: Any) -> str:
    return (person.get_full_name() or person.get_username()) if person else ""


def _dated(pages: QuerySet[Page], order: str) -> DeskList:
    name = order.removeprefix("-")
    rows = pages.order_by(order, "pk").values_list("pk", "draft_title", name)
    lines = [DeskLine(pk, title, moment) for pk, title, moment in rows[:SHOWN]]
    return DeskList(lines, pages.count())


def _expiring(pages: QuerySet[Page]) -> DeskList:
    soon = timezone.now() + EXPIRES_WITHIN
    return _dated(pages.filter(live=True, expire_at__lte=soon), "expire_at")


def _to_review(pages: QuerySet[Page], months: int) -> DeskList:
    before = timezone.now() - timedelta(days=months * DAYS_IN_A_MONTH)
    return _dated(pages.filter(live=True, last_published_at__lt=before), "last_published_at")


def _blocked(pages: QuerySet[Page]) -> DeskList:
    """Pages that could not be published as they are."""
    found = PageFinding.objects.filter(severity=Severity.BLOCKER, page__in=pages.values("pk"))
    groups = found.order_by().values("page_id", "page__draft_title").annotate(number=Count("pk"))
    rows: Any = groups.order_by("-number", "page_id")[:SHOWN]
    lines = [
        DeskLine(row["page_id"], row["page__draft_title"], number=row["number"]) for row in rows
    ]
    return DeskList(lines, found.order_by().values("page_id").distinct().count())


def _broken(pages: QuerySet[Page]) -> DeskList:
    found = PageFinding.objects.filter(rule=Rule.LINK_BROKEN, page__in=pages.values("pk"))
    found = found.exclude(severity=Severity.OFF)
    lines = [
        DeskLine(row.page_id, row.page.draft_title, text=row.message, field=row.field)
        for row in found.select_related("page")[:SHOWN]
    ]
    return DeskList(lines, found.count())


def find_handbook() -> str:
    """The address of the editors' handbook, if the portal has one that is public."""
    guides = GuidePage.objects.filter(live=True, locale=Locale.get_default(), slug=HANDBOOK)
    guide = guides.first()
    return guide.url or "" if guide else ""
