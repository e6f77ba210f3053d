"""Narrows what Wagtail's lists offer to filter by: people, workflows, tasks, tags.

Wagtail fills these drop-downs from whole tables. They all pass one method of the filter library,
which is the one place that we change; a staff member of one agency thus never reads the names
of another's people.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django_filters.filters import QuerySetRequestMixin  # type: ignore[import-untyped]
from taggit.models import TagBase
from wagtail.admin import filters as admin_filters
from wagtail.images.views import chooser as image_chooser
from wagtail.models import Task, Workflow

from services.accounts.selectors import list_colleagues, list_own_workflows


def narrow(found: Any, user: Any) -> Any:
    """Return of a queryset what `user` may read by name."""
    if found is None or user is None or user.is_superuser:
        return found
    model = found.model
    if issubclass(model, get_user_model()):
        return found.filter(pk__in=list_colleagues(user).order_by().values("pk"))
    if issubclass(model, Group):
        return found.filter(pk__in=user.groups.values("pk"))
    if issubclass(model, (Workflow, Task)):
        workflows, tasks = list_own_workflows(user)
        return found.filter(pk__in=workflows if issubclass(model, Workflow) else tasks)
    if issubclass(model, TagBase):
        return found.none()
    return found


def install() -> None:
    """Narrow every model filter, and offer no tags: they are one list for all agencies."""
    original = QuerySetRequestMixin.get_queryset

    def get_queryset(self: Any, request: Any) -> Any:
        return narrow(original(self, request), getattr(request, "user", None))

    QuerySetRequestMixin.get_queryset = get_queryset
    for module in (admin_filters, image_chooser):
        module.popular_tags_for_model = lambda model, count=10: []
