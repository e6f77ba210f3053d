"""Who acts for which enterprise: add one, invite, ask to join, dispute, leave.

Every action locks the enterprise or the person first, so that what may happen once happens once and
an enterprise that has members never loses its last owner.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from services.accounts.actions.codes import lock_person
from services.accounts.actions.events import log_event
from services.accounts.exceptions import (
    GoneError,
    LastOwnerError,
    OwnRecordError,
    TooManyInvitationsError,
    WorksForItError,
)
from services.accounts.models import Enterprise, EnterpriseRequest, Invitation, Membership
from services.accounts.selectors import find_registered, list_owners
from services.accounts.signals import invitation_accepted, invitation_made, request_moved
from services.accounts.states import EnterpriseRole, EventKind, RequestKind, RequestState
from services.accounts.tokens import digest_token, new_token

INVITATION_LIFETIME = timedelta(days=7)
MOST_INVITATIONS = 50  # open at a time for one enterprise


@transaction.atomic
def add_enterprise(
    *, user: Any, tax_code: str, name: str, address: dict[str, Any]
) -> Enterprise | EnterpriseRequest:
    """Let `user` act for an enterprise that nobody has registered; they own it.

    When somebody has, a request is drafted instead, in which the person chooses to join or to
    dispute. Who asked to join what nobody acts for any more asks no longer. `address` has
    `commune_id`, `hamlet` and `street`. Raises WorksForItError.
    """
    lock_person(user)
    mine = Membership.objects.filter(user=user, enterprise__tax_code=tax_code)
    if mine.exists():
        raise WorksForItError
    known = find_registered(tax_code)
    if known is not None:
        return draft_request(user=user, enterprise=known)
    asked = EnterpriseRequest.objects.filter(user=user, enterprise__tax_code=tax_code)
    asked.filter(kind=RequestKind.JOIN, state__in=[RequestState.DRAFT, RequestState.OPEN]).update(
        state=RequestState.WITHDRAWN, decided_by=user, decided_at=timezone.now()
    )
    enterprise = Enterprise.objects.create(tax_code=tax_code, name=name, created_by=user, **address)
    Membership.objects.create(enterprise=enterprise, user=user, role=EnterpriseRole.OWNER)
    log_event(user, EventKind.ENTERPRISE_JOINED, name=name)
    return enterprise


def draft_request(*, user: Any, enterprise: Enterprise) -> EnterpriseRequest:
    """Return the person's request about an enterprise that still waits, or draft one."""
    waiting = EnterpriseRequest.objects.filter(
        user=user, enterprise=enterprise, state__in=[RequestState.DRAFT, RequestState.OPEN]
    )
    return waiting.first() or EnterpriseRequest.objects.create(
        enterprise=enterprise, user=user, kind=RequestKind.JOIN, state=RequestState.DRAFT
    )


def _lock_request(request: EnterpriseRequest, *states: RequestState) -> EnterpriseRequest:
    Enterprise.objects.select_for_update(no_key=True).get(pk=request.enterprise_id)
    found = EnterpriseRequest.objects.filter(pk=request.pk, state__in=states)
    locked = found.select_related("enterprise", "user").first()
    if locked is None:
        raise GoneError
    return locked


@transaction.atomic
def send_request(*, request: EnterpriseRequest, kind: RequestKind, text: str) -> None:
    """Send a drafted request: to the owners to join, to the officers to dispute.

    Raises GoneError, also when nobody is left who could let the person join.
    """
    request = _lock_request(request, RequestState.DRAFT)
    if kind == RequestKind.JOIN and not list_owners(request.enterprise):
        raise GoneError
    request.kind, request.text, request.state = kind, text, RequestState.OPEN
    request.save(update_fields=["kind", "text", "state"])
    request_moved.send(sender=EnterpriseRequest, request=request)


@transaction.atomic
def withdraw_request(*, request: EnterpriseRequest, now: datetime) -> None:
    """Take a request back that nobody has decided."""
    request = _lock_request(request, RequestState.DRAFT, RequestState.OPEN)
    _close(request, RequestState.WITHDRAWN, request.user, now)


@transaction.atomic
def decide_request(
    *, request: EnterpriseRequest, actor: Any, is_accepted: bool, now: datetime
) -> None:
    """Accept or decline somebody who asks to join; raise GoneError when it waits no more."""
    request = _lock_request(request, RequestState.OPEN)
    if is_accepted:
        _join(request.enterprise, request.user, EnterpriseRole.STAFF)
    _close(request, RequestState.ACCEPTED if is_accepted else RequestState.DECLINED, actor, now)
    request_moved.send(sender=EnterpriseRequest, request=request)


@transaction.atomic
def settle_dispute(
    *, request: EnterpriseRequest, actor: Any, is_accepted: bool, answer: str, now: datetime
) -> None:
    """Give an enterprise to who disputes it, or leave it; for officers, who tell both sides why.

    Accepted, the person is its only member: whoever had registered it acted without right.
    Raises GoneError, or OwnRecordError when the officer is a party.
    """
    request = _lock_request(request, RequestState.OPEN)
    if request.kind != RequestKind.DISPUTE:
        raise GoneError
    former = list(request.enterprise.members.exclude(user=request.user).select_related("user"))
    if actor.pk in {request.user_id, *(member.user_id for member in former)}:
        raise OwnRecordError(_("You are a party to this complaint: ask a colleague."))
    if is_accepted:
        for member in former:
            log_event(
                member.user,
                EventKind.ENTERPRISE_LEFT,
                actor=actor,
                name=request.enterprise.name,
            )
            member.delete()
        _join(request.enterprise, request.user, EnterpriseRole.OWNER)
        withdraw_invitations(request.enterprise.invitations.all(), actor=actor, now=now)
    request.answer = answer
    request.save(update_fields=["answer"])
    _close(request, RequestState.ACCEPTED if is_accepted else RequestState.DECLINED, actor, now)
    others = [member.user for member in former]
    request_moved.send(sender=EnterpriseRequest, request=request, others=others)


def abandon_enterprise(enterprise: Enterprise, *, actor: Any, now: datetime) -> None:
    """Note that nobody decides for it any more; the enterprise must be locked.

    Invitations end; who asks to join gets the request back and is told, to choose another way.
    """
    withdraw_invitations(enterprise.invitations.all(), actor=actor, now=now)
    asking = enterprise.requests.filter(kind=RequestKind.JOIN, state=RequestState.OPEN)
    for request in asking.select_related("enterprise", "user"):
        request.state = RequestState.DRAFT
        request.save(update_fields=["state"])
        request_moved.send(sender=EnterpriseRequest, request=request)


def _close(request: EnterpriseRequest, state: RequestState, actor: Any, now: datetime) -> None:
    request.state, request.decided_by, request.decided_at = state, actor, now
    request.save(update_fields=["state", "decided_by", "decided_at"])


def _join(enterprise: Enterprise, user: Any, role: EnterpriseRole) -> bool:
    """Let somebody act for an enterprise, nobody with less than before; say whether that is new."""
    member, is_new = Membership.objects.get_or_create(
        enterprise=enterprise, user=user, defaults={"role": role}
    )
    if not is_new and member.role != role and role == EnterpriseRole.OWNER:
        member.role = role
        member.save(update_fields=["role"])
        return True
    if is_new:
        log_event(user, EventKind.ENTERPRISE_JOINED, name=enterprise.name)
    return is_new


def withdraw_invitations(invitations: QuerySet[Invitation], *, actor: Any, now: datetime) -> None:
    """Take back those of `invitations` that wait; the enterprise must be locked."""
    invitations.filter(state=RequestState.OPEN).update(
        state=RequestState.WITHDRAWN, decided_by=actor, decided_at=now
    )


@transaction.atomic
def invite_member(
    *, enterprise: Enterprise, actor: Any, address: str, role: EnterpriseRole, now: datetime
) -> Invitation:
    """Invite who reads messages at `address` (E.164 or e-mail); an older invitation ends.

    Raises GoneError when `actor` owns the enterprise no more, or TooManyInvitationsError.
    """
    Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    if not enterprise.members.filter(user=actor, role=EnterpriseRole.OWNER).exists():
        raise GoneError
    waiting = enterprise.invitations.filter(state=RequestState.OPEN, expires_at__gt=now)
    withdraw_invitations(waiting.filter(address=address), actor=actor, now=now)
    if waiting.count() >= MOST_INVITATIONS:
        raise TooManyInvitationsError
    token = new_token()
    invitation = Invitation.objects.create(
        enterprise=enterprise,
        address=address,
        role=role,
        digest=digest_token(token),
        invited_by=actor,
        expires_at=now + INVITATION_LIFETIME,
    )
    invitation_made.send(sender=Invitation, invitation=invitation, token=token)
    return invitation


def _lock_invitation(invitation: Invitation, now: datetime) -> Invitation:
    Enterprise.objects.select_for_update(no_key=True).get(pk=invitation.enterprise_id)
    found = Invitation.objects.filter(pk=invitation.pk, state=RequestState.OPEN, expires_at__gt=now)
    locked = found.select_related("enterprise").first()
    if locked is None:
        raise GoneError
    return locked


@transaction.atomic
def answer_invitation(
    *, invitation: Invitation, user: Any, is_accepted: bool, now: datetime
) -> None:
    """Accept or decline an invitation, once; raise GoneError when it counts no more."""
    invitation = _lock_invitation(invitation, now)
    role = EnterpriseRole(invitation.role)
    has_joined = is_accepted and _join(invitation.enterprise, user, role)
    invitation.state = RequestState.ACCEPTED if is_accepted else RequestState.DECLINED
    invitation.decided_by, invitation.decided_at = user, now
    invitation.save(update_fields=["state", "decided_by", "decided_at"])
    if has_joined:
        invitation_accepted.send(sender=Invitation, invitation=invitation)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: Any, now: datetime) -> None:
    """Take an invitation back; raise GoneError when it was answered."""
    invitation = _lock_invitation(invitation, now)
    invitation.state, invitation.decided_by = RequestState.WITHDRAWN, actor
    invitation.decided_at = now
    invitation.save(update_fields=["state", "decided_by", "decided_at"])


@transaction.atomic
def change_member(
    *, member: Membership, role: EnterpriseRole | None, actor: Any, now: datetime
) -> None:
    """Give a member another role, or take them out (`role` None); raise LastOwnerError.

    What an owner sent ends with their being one: nobody comes back by an invitation of their own.
    """
    Enterprise.objects.select_for_update(no_key=True).get(pk=member.enterprise_id)
    locked = Membership.objects.filter(pk=member.pk).select_related("enterprise", "user").first()
    if locked is None:
        raise GoneError
    owners = Membership.objects.filter(
        enterprise=locked.enterprise, role=EnterpriseRole.OWNER
    ).exclude(pk=locked.pk)
    if role != EnterpriseRole.OWNER and locked.role == EnterpriseRole.OWNER and not owners.exists():
        raise LastOwnerError
    if role != EnterpriseRole.OWNER:
        sent = locked.enterprise.invitations.filter(invited_by=locked.user)
        withdraw_invitations(sent, actor=actor, now=now)
    if role is None:
        log_event(locked.user, EventKind.ENTERPRISE_LEFT, actor=actor, name=locked.enterprise.name)
        locked.delete()
        return
    locked.role = role
    locked.save(update_fields=["role"])
