"""What stands against deleting an account, and what is kept afterwards."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from services.accounts.models import AgencyMembership, Enterprise
from services.accounts.signals import deletion_asked
from services.accounts.states import EnterpriseRole, Retention


def judge_deletion(user: Any) -> Retention:
    """Return what all apps answer, and our own refusals: staff, the only owner of an enterprise."""
    refusals = _own_refusals(user)
    kept: list[str] = []
    answers: list[tuple[Any, Any]] = deletion_asked.send(sender=type(user), user=user)
    for _receiver, answer in answers:
        refusals += answer.refusals
        kept += answer.kept
    return Retention(kept=tuple(kept), refusals=tuple(refusals))


def _own_refusals(user: Any) -> list[str]:
    refusals = []
    works_here = user.is_superuser or user.has_perm("wagtailadmin.access_admin")
    if works_here or AgencyMembership.objects.filter(user=user).exists():
        refusals.append(_("You work with this account. The administrator takes your roles first."))
    for enterprise in list_left_behind(user):
        words = _("You are the only owner of %(name)s and others act for it: name another owner.")
        refusals.append(words % {"name": enterprise.name})
    return refusals


def list_left_behind(user: Any) -> list[Enterprise]:
    """Return enterprises that would keep members but no owner."""
    owners = Count("members", filter=Q(members__role=EnterpriseRole.OWNER), distinct=True)
    mine = Enterprise.objects.filter(
        pk__in=user.enterprise_memberships.filter(role=EnterpriseRole.OWNER).values("enterprise")
    ).annotate(owners=owners, people=Count("members", distinct=True))
    return list(mine.filter(owners=1, people__gt=1))
