"""Who may keep outage notices, read from Wagtail's permissions on the procedures they name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from catalogue.models import OutageNotice
from cms.core.ownership import own


def outages_visible_to(user: Any) -> QuerySet[OutageNotice]:
    """Return the notices all of whose procedures are the user's own.

    A notice without procedures concerns the whole portal: portal administrators keep it.
    """
    found = OutageNotice.objects.all()
    if user.is_superuser and user.is_active:
        return found
    mine = own(user, Page).values("pk")
    foreign = OutageNotice.procedures.through.objects.exclude(procedurepage_id__in=mine)
    named = OutageNotice.procedures.through.objects.filter(procedurepage_id__in=mine)
    return found.filter(pk__in=named.values("outagenotice_id")).exclude(
        pk__in=foreign.values("outagenotice_id")
    )


def outages_kept_by(user: Any) -> QuerySet[OutageNotice]:
    """Return the notices that the user may change: visible ones, with the permission to."""
    return OutagePolicy(OutageNotice).instances_user_has_permission_for(user, "change")


class OutagePolicy(ModelPermissionPolicy):
    """The permission on the model, and ownership of every procedure that the notice names."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether `user` has the permission and owns the notice's procedures."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether `user` has one of the permissions and owns the notice's procedures."""
        allowed = self.user_has_any_permission(user, actions)
        return allowed and outages_visible_to(user).filter(pk=instance.pk).exists()

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        """Return the notices that `user` keeps."""
        return self.instances_user_has_any_permission_for(user, [action])

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """Return the notices that `user` keeps."""
        if not self.user_has_any_permission(user, actions):
            return OutageNotice.objects.none()
        return outages_visible_to(user)
