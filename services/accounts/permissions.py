"""Who may manage an agency's members, and who serves citizens at a counter. Answers only.

The catalogue's rights are Wagtail's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy

from catalogue.models import AgencyPage
from catalogue.selectors.files import is_on_live_page
from cms.core.ownership import includes, own
from services.accounts.models import AgencyAccess, AgencyMembership, Membership
from services.accounts.states import EnterpriseRole, Role

MANAGING = frozenset({"add", "change", "delete", "view"})
# Who sees citizens at a counter. A person goes to any agency, so any agency may confirm a number.
SERVING = (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)


def administered_agencies(user: Any) -> QuerySet[AgencyPage]:
    """Return the agencies whose members `user` manages: theirs and the units below them."""
    agencies = AgencyPage.objects.filter(locale=Locale.get_default())
    if not user.is_authenticated or not user.is_active:
        return agencies.none()
    if user.is_superuser:
        return agencies
    paths = list(
        AgencyMembership.objects.filter(user=user, role=Role.ADMINISTRATOR)
        .order_by()
        .values_list("agency__path", flat=True)
    )
    if not paths:
        return agencies.none()
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return agencies.filter(below)


def user_can_manage_members(user: Any, agency: AgencyPage) -> bool:
    """Whether `user` may add and remove members of `agency`."""
    return administered_agencies(user).filter(pk=agency.pk).exists()


def memberships_visible_to(user: Any) -> QuerySet[AgencyMembership]:
    """Return the memberships that `user` manages."""
    found = AgencyMembership.objects.all()
    if user.is_superuser and user.is_active:
        return found
    return found.filter(agency__in=administered_agencies(user))


def serving_agencies(user: Any) -> list[str]:
    """Return the names of the agencies for which `user` serves citizens."""
    if not user.is_authenticated or not user.is_active:
        return []
    found = AgencyMembership.objects.filter(user=user, role__in=SERVING).order_by("agency__path")
    return list(dict.fromkeys(found.values_list("agency__title", flat=True)))


def user_can_serve_citizens(user: Any) -> bool:
    """Whether `user` may find a citizen's record, confirm numbers and decide complaints."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return AgencyMembership.objects.filter(user=user, role__in=SERVING).exists()


class MembershipPolicy(ModelPermissionPolicy):
    """Wagtail's question about memberships, answered by who administers the agency."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there is any agency of which `user` manages members."""
        return action in MANAGING and administered_agencies(user).exists()

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether `user` has one of the permissions."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether `user` manages the members of this membership's agency."""
        return action in MANAGING and memberships_visible_to(user).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether `user` has one of the permissions for this membership."""
        return any(self.user_has_permission_for_instance(user, a, instance) for a in actions)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        """Return the memberships that `user` manages."""
        return self.instances_user_has_any_permission_for(user, [action])

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """Return the memberships that `user` manages."""
        if MANAGING.isdisjoint(actions):
            return AgencyMembership.objects.none()
        return memberships_visible_to(user)


def user_can_fetch_document(user: Any, document: Any) -> bool:
    """Whether `user`, perhaps nobody, may fetch a file.

    Files outside the agencies' collections are the portal's own and public; Wagtail asks for
    the privacy of a collection itself. An agency's file is public while a live page shows it.
    """
    above = document.collection.get_ancestors(inclusive=True)
    if not AgencyAccess.objects.filter(collection__in=above).exists():
        return True
    if is_on_live_page(document):
        return True
    if not user.is_authenticated:
        return False
    return includes(own(user, type(document)), [document.pk])


def user_can_manage_enterprise(membership: Membership) -> bool:
    """Whether this member decides who acts for the enterprise."""
    return membership.role == EnterpriseRole.OWNER
