"""Reads about people and their agencies, as the admin needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from catalogue.models import AgencyPage
from services.accounts.models import AgencyAccess, AgencyMembership, Membership
from services.accounts.states import Role


def list_colleagues(user: Any) -> QuerySet[Any]:
    """Return `user` and those who work in the same agencies or in units of them."""
    people = get_user_model()._default_manager.all()
    if user.is_superuser:
        return people
    paths = AgencyMembership.objects.filter(user=user).order_by()
    below = Q(pk__in=[])
    for path in paths.values_list("agency__path", flat=True).distinct():
        below |= Q(agency__path__startswith=path)
    members = AgencyMembership.objects.filter(below).order_by().values("user_id")
    return people.filter(Q(pk=user.pk) | Q(pk__in=members))


def list_own_workflows(user: Any) -> tuple[list[int], list[int]]:
    """Return keys of the workflows and of the tasks of the agencies in which `user` works."""
    paths = AgencyMembership.objects.filter(user=user).order_by()
    near = Q(pk__in=[])
    for path in paths.values_list("agency__path", flat=True).distinct():
        near |= Q(agency__path__startswith=path)
        near |= Q(agency__path__in=_paths_above(path))
    rows = AgencyAccess.objects.filter(near).values_list("workflow_id", "task_id")
    return [w for w, _t in rows if w], [t for _w, t in rows if t]


def _paths_above(path: str) -> list[str]:
    step = AgencyPage.steplen
    return [path[:end] for end in range(step, len(path), step)]


def has_administrator() -> bool:
    """Say whether anybody may do everything, demonstrations aside."""
    people = get_user_model()._default_manager
    return bool(people.filter(is_superuser=True, is_active=True, is_demo=False).exists())


def find_person(name: str) -> Any | None:
    """Return the active account with exactly this user name or e-mail, if there is just one.

    Anybody may have given any e-mail address: it counts when it was proven, or when an agency
    that knows the person has entered it.
    """
    known = Q(email_verified=True) | Q(memberships__isnull=False)
    wanted = Q(username__iexact=name) | (Q(email__iexact=name) & known)
    people = get_user_model()._default_manager.filter(is_active=True, needs_activation=False)
    found = list(people.filter(wanted).distinct()[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What a visitor of a demonstration needs to sign in; without a role it is the portal's.

    `agency` is the heading: the agency, or that these are citizens.
    """

    username: str
    person: str
    role: str = ""
    agency: str = ""


def list_demo_accounts() -> list[DemoAccount]:
    """Return the demonstration accounts, the portal's administrators first, citizens last.

    None without DEBUG.
    """
    if not settings.DEBUG:
        return []
    users = get_user_model()._default_manager.filter(is_demo=True, is_active=True)
    found = [
        DemoAccount(user.get_username(), user.get_full_name())
        for user in users.filter(is_superuser=True).order_by("username")
    ]
    memberships = AgencyMembership.objects.filter(user__in=users)
    rows = list(memberships.select_related("user", "agency").order_by("agency__path", "pk"))
    rows.sort(key=lambda row: (row.agency.path, Role.values.index(row.role)))
    return (
        found
        + [
            DemoAccount(
                row.user.get_username(),
                row.user.get_full_name(),
                str(row.get_role_display()),
                row.agency.title,
            )
            for row in rows
        ]
        + _list_demo_citizens(users)
    )


def _list_demo_citizens(users: QuerySet[Any]) -> list[DemoAccount]:
    """Return demonstration accounts of citizens, and of who acts for an enterprise."""
    people = users.filter(person__isnull=False).order_by("person__pk")
    acts = Exists(Membership.objects.filter(user=OuterRef("pk")))
    return [
        DemoAccount(
            user.get_username(),
            user.get_full_name(),
            gettext("Enterprise") if user.acts_for else gettext("Citizen"),
            gettext("Citizens and enterprises"),
        )
        for user in people.annotate(acts_for=acts)
    ]
