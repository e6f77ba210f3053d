"""What waits for a person on their own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from services.accounts.models import EnterpriseRequest, Invitation, Person
from services.accounts.states import RequestState


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What the person may want to do: contacts to prove, a claimed identity, enterprises."""

    phone: str
    email: str
    claims_identity: bool
    requests: list[EnterpriseRequest]
    invitations: list[Invitation]


def find_details(user: Any) -> Person:
    """Return who the person is, with the commune; an unsaved one for staff who told nothing."""
    person = Person.objects.filter(user=user).select_related("commune__province").first()
    return person or Person(user=user)


def list_waiting(user: Any, person: Person, *, now: datetime) -> Waiting:
    """Return what waits for `user`."""
    undecided = (RequestState.DRAFT, RequestState.OPEN)
    requests = EnterpriseRequest.objects.filter(user=user, state__in=undecided)
    return Waiting(
        phone=user.phone if user.phone and not user.phone_proven_at else "",
        email=user.email if user.email and not user.email_proven_at else "",
        claims_identity=bool(person.identity_number) and not person.is_verified,
        requests=list(requests.select_related("enterprise")),
        invitations=list(_invitations(user, now)),
    )


def _invitations(user: Any, now: datetime) -> Any:
    """Invitations to an address that is shown to reach the person."""
    proven = Q(pk__in=[])
    if user.phone and user.phone_proven_at:
        proven |= Q(address=user.phone)
    if user.email and user.email_proven_at:
        proven |= Q(address__iexact=user.email)
    open_ones = Invitation.objects.filter(proven, state=RequestState.OPEN, expires_at__gt=now)
    return open_ones.select_related("enterprise")
