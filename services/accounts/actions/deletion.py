"""Delete an account as its owner asks: personal data go for good, a bare row stays for references.

Other apps say through `deletion_asked` what they must keep, or why the account cannot go yet.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import ProtectedError, Q
from wagtail.users.models import UserProfile

from services.accounts.actions.codes import lock_person
from services.accounts.actions.enterprises import abandon_enterprise, withdraw_invitations
from services.accounts.actions.events import log_event
from services.accounts.exceptions import KeptError
from services.accounts.models import (
    AccountEvent,
    Consent,
    Enterprise,
    EnterpriseRequest,
    Invitation,
    Membership,
    OneTimeCode,
    Person,
    RecordView,
)
from services.accounts.selectors import judge_deletion, list_owners
from services.accounts.states import EventKind, RequestState

BLANK = {
    "first_name": "",
    "last_name": "",
    "full_name": "",
    "email": "",
    "phone": None,
    "phone_verified": False,
    "phone_proven_at": None,
    "email_verified": False,
    "email_proven_at": None,
    "notify_by_phone": False,
    "notify_by_email": False,
    "needs_activation": False,
    "is_active": False,
    "is_staff": False,
    "last_login": None,
}
OWN_ROWS = (
    Person,
    Consent,
    OneTimeCode,
    EnterpriseRequest,
    UserProfile,
    EmailAddress,
    Authenticator,
    SocialAccount,
)


@transaction.atomic
def delete_account(user: Any, *, now: datetime) -> None:
    """Tell the owner, then erase; raise KeptError with reasons. Once more changes nothing."""
    user = lock_person(user)
    if user.deleted_at is not None:
        return
    enterprises = _lock_enterprises(user)
    refusals = judge_deletion(user).refusals
    if refusals:
        raise KeptError(list(refusals))
    last = log_event(user, EventKind.DELETED)
    AccountEvent.objects.filter(user=user).exclude(pk=last.pk).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    _leave_enterprises(user, enterprises, now)
    _erase_invitations(user)
    for model in OWN_ROWS:
        model._default_manager.filter(user=user).delete()
    RecordView.objects.filter(subject=user).update(reason="")
    _erase(user, now)


def _lock_enterprises(user: Any) -> list[Enterprise]:
    mine = Membership.objects.filter(user=user).values("enterprise")
    locked = Enterprise.objects.select_for_update(no_key=True).filter(pk__in=mine)
    return list(locked.order_by("pk"))


def _leave_enterprises(user: Any, enterprises: list[Enterprise], now: datetime) -> None:
    """Leave; what was only claimed, and nobody else cares for, goes as well.

    What stays without an owner is open to others: by an officer when verified, else at once.
    """
    Membership.objects.filter(user=user).delete()
    sent = Invitation.objects.filter(invited_by=user, enterprise__in=enterprises)
    withdraw_invitations(sent, actor=user, now=now)
    for enterprise in enterprises:
        if not list_owners(enterprise):
            abandon_enterprise(enterprise, actor=user, now=now)
        others = enterprise.members.exists() or enterprise.requests.exclude(user=user).exists()
        if others or enterprise.is_verified:
            continue
        try:
            with transaction.atomic():
                enterprise.delete()
        except ProtectedError:  # something that is kept refers to it
            pass


def _erase_invitations(user: Any) -> None:
    """Forget what was sent to the person: what they answered, and what reaches them alone."""
    addresses = Q(address=user.phone or "-") | Q(address__iexact=user.email or "-")
    answered = Q(state__in=[RequestState.ACCEPTED, RequestState.DECLINED], decided_by=user)
    others = get_user_model()._default_manager.exclude(pk=user.pk)
    alone = Q(pk__in=[])
    by_phone = others.filter(phone=user.phone, phone_proven_at__isnull=False)
    if user.phone and user.phone_proven_at and not by_phone.exists():
        alone |= Q(address=user.phone)
    by_email = others.filter(email__iexact=user.email, email_proven_at__isnull=False)
    if user.email and user.email_proven_at and not by_email.exists():
        alone |= Q(address__iexact=user.email)
    Invitation.objects.filter((addresses & answered) | alone).delete()


def _erase(user: Any, now: datetime) -> None:
    for name, value in BLANK.items():
        setattr(user, name, value)
    user.username = f"deleted-{uuid4().hex}"
    user.deleted_at = now
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()
