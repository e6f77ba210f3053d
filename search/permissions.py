"""Who looks after the search: portal administrators, and whoever a group gives the right to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy

MANAGE = "search.manage_search"


def may_manage_search(user: Any) -> bool:
    """Whether `user` may see what people look for, and change what they find."""
    return bool(user.has_perm(MANAGE))


class SearchPolicy(ModelPermissionPolicy):
    """Wagtail's questions about synonyms and pins: one right answers them all."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether `user` looks after the search."""
        return may_manage_search(user)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether `user` looks after the search."""
        return may_manage_search(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether `user` looks after the search; nothing in it belongs to an agency."""
        return may_manage_search(user)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether `user` looks after the search; nothing in it belongs to an agency."""
        return may_manage_search(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """Return everything or nothing."""
        found = self.model._default_manager.all()
        return found if may_manage_search(user) else found.none()

    def instances_user_has_permission_for(self, user: Any, action: str) -> Any:
        """Return everything or nothing."""
        return self.instances_user_has_any_permission_for(user, [action])
