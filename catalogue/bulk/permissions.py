"""Whose bulk changes are whose, and which procedures somebody may change in bulk.

Read from Wagtail's own permissions on pages; this room knows no agency.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Locale, Page
from wagtail.permission_policies import BlanketPermissionPolicy
from wagtail.permissions import policy_registry

from catalogue.models import AgencyPage, BulkChange, ProcedurePage


def work_of(user: Any, model: type[Model]) -> QuerySet[Any]:
    """Return what `user` made of `model`; everything for the portal's administrators."""
    found = model._default_manager.all()
    return found if user.is_superuser and user.is_active else found.filter(user=user)


def changes_visible_to(user: Any) -> QuerySet[BulkChange]:
    """Return the bulk changes that `user` made; all of them for the portal's administrators."""
    return work_of(user, BulkChange)


class OwnWorkPolicy(BlanketPermissionPolicy):
    """Whoever made a bulk change or an import keeps it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether the work is the user's own."""
        return work_of(user, self.model).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether the work is the user's own."""
        return self.user_has_permission_for_instance(user, "", instance)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        """Return the user's own work."""
        return work_of(user, self.model)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """Return the user's own work."""
        return work_of(user, self.model)


def _changeable(user: Any) -> QuerySet[Any]:
    policy = policy_registry.get_by_type(Page)
    found: QuerySet[Any] = policy.instances_user_has_permission_for(user, "change")
    return found


def editable_procedures(user: Any) -> QuerySet[ProcedurePage]:
    """Return the Vietnamese procedures that `user` may edit."""
    found = ProcedurePage.objects.filter(locale=Locale.get_default(), alias_of=None)
    if user.is_superuser and user.is_active:
        return found
    return found.filter(pk__in=_changeable(user).order_by().values("pk"))


def editable_agencies(user: Any) -> QuerySet[AgencyPage]:
    """Return the agencies and units that `user` may edit, in the order of the tree."""
    found = AgencyPage.objects.filter(locale=Locale.get_default()).order_by("path")
    if user.is_superuser and user.is_active:
        return found
    return found.filter(pk__in=_changeable(user).order_by().values("pk"))


def may_publish_any(user: Any) -> bool:
    """Whether `user` may publish some page; each page is asked again when it comes to it."""
    policy = policy_registry.get_by_type(Page)
    return bool(policy.instances_user_has_permission_for(user, "publish").exists())
