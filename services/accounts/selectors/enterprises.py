"""For whom a person acts. Whoever asks gets their own alone; a foreign key finds nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest

from services.accounts.models import Enterprise, EnterpriseRequest, Invitation, Membership
from services.accounts.states import EnterpriseRole, RequestKind, RequestState
from services.accounts.tokens import digest_token

ACTING_FOR = "acting_for"  # the key of the session
LARGEST = 2**63 - 1  # of a key in either database
WAITING = (RequestState.DRAFT, RequestState.OPEN)
SIGNS_IN = {"user__is_active": True, "user__needs_activation": False}


@dataclass(frozen=True)
class Actor:
    """Who does something, and for whom: themself, or an enterprise."""

    user: Any
    enterprise: Enterprise | None = None


def get_actor(request: HttpRequest) -> Actor:
    """Return who acts. The session names the enterprise; membership is asked at every request.

    Nothing is read for people who act for themselves.
    """
    known: Actor | None = getattr(request, "portal_actor", None)
    if known is not None:
        return known
    key = request.session.get(ACTING_FOR) if request.user.is_authenticated else None
    member = get_membership(request.user, key) if key else None
    actor = Actor(request.user, member.enterprise if member else None)
    request.portal_actor = actor  # type: ignore[attr-defined]
    return actor


def list_memberships(user: Any) -> list[Membership]:
    """Return for which enterprises a person acts, by name."""
    mine = Membership.objects.filter(user=user).select_related("enterprise")
    return list(mine.order_by("enterprise__name", "enterprise_id"))


def get_membership(user: Any, enterprise_id: int) -> Membership | None:
    """Return the person's membership of an enterprise, None for everybody else's."""
    if enterprise_id > LARGEST:
        return None
    mine = Membership.objects.filter(user=user, enterprise_id=enterprise_id)
    return mine.select_related("enterprise__commune__province", "user").first()


def list_members(enterprise: Enterprise) -> list[Membership]:
    """Return who acts for an enterprise, owners first."""
    return list(enterprise.members.select_related("user").order_by("role", "created_at", "pk"))


def get_member(membership: Membership, key: int) -> Membership | None:
    """Return a member of the enterprise that `membership` owns."""
    if membership.role != EnterpriseRole.OWNER:
        return None
    members = Membership.objects.filter(enterprise_id=membership.enterprise_id, pk=key)
    return members.select_related("user", "enterprise").first()


def list_invitations(enterprise: Enterprise, *, now: datetime) -> list[Invitation]:
    """Return the invitations that wait for an answer."""
    waiting = enterprise.invitations.filter(state=RequestState.OPEN, expires_at__gt=now)
    return list(waiting)


def list_join_requests(enterprise: Enterprise) -> list[EnterpriseRequest]:
    """Return who asks to join and waits for an answer."""
    waiting = enterprise.requests.filter(kind=RequestKind.JOIN, state=RequestState.OPEN)
    return list(waiting.select_related("user").order_by("created_at", "pk"))


def get_join_request(membership: Membership, key: int) -> EnterpriseRequest | None:
    """Return a request to join the enterprise that `membership` owns."""
    if membership.role != EnterpriseRole.OWNER:
        return None
    found = EnterpriseRequest.objects.filter(
        enterprise_id=membership.enterprise_id, pk=key, kind=RequestKind.JOIN
    )
    return found.first()


def get_invitation_of(membership: Membership, key: int) -> Invitation | None:
    """Return an invitation of the enterprise that `membership` owns."""
    if membership.role != EnterpriseRole.OWNER:
        return None
    return Invitation.objects.filter(enterprise_id=membership.enterprise_id, pk=key).first()


def find_invitation(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation of a link, None when it counts no more."""
    found = Invitation.objects.filter(
        digest=digest_token(token), state=RequestState.OPEN, expires_at__gt=now
    )
    return found.select_related("enterprise", "invited_by").first()


def list_requests_of(user: Any, states: Iterable[str] = WAITING) -> list[EnterpriseRequest]:
    """Return the person's own requests about enterprises of others."""
    mine = EnterpriseRequest.objects.filter(user=user, state__in=list(states))
    return list(mine.select_related("enterprise"))


def get_request_of(user: Any, key: int) -> EnterpriseRequest | None:
    """Return one of the person's own requests."""
    mine = EnterpriseRequest.objects.filter(user=user, pk=key)
    return mine.select_related("enterprise").first()


def list_owners(enterprise: Enterprise) -> list[Any]:
    """Return the owners of an enterprise who can sign in: they are told of requests and decide."""
    owners = enterprise.members.filter(role=EnterpriseRole.OWNER, **SIGNS_IN)
    return [member.user for member in owners.select_related("user")]


def has_claim(enterprise: Enterprise) -> bool:
    """Say whether an enterprise holds its tax code: it is verified, or somebody acts for it.

    An account that waits for its activation claims nothing: it may be a slip, or never come.
    """
    return enterprise.is_verified or enterprise.members.filter(**SIGNS_IN).exists()


def find_registered(tax_code: str) -> Enterprise | None:
    """Return the enterprise of a tax code: the verified one, else the first that has a claim."""
    acting = Membership.objects.filter(enterprise=OuterRef("pk"), **SIGNS_IN)
    found = Enterprise.objects.filter(
        Q(verified_at__isnull=False) | Exists(acting), tax_code=tax_code
    )
    return found.order_by(F("verified_at").asc(nulls_last=True), "pk").first()
