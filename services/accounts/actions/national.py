"""Link the national e-identity to an account, or make an account of it.

Never by e-mail or phone: only the identity number says who somebody is, and an account that holds
or claims it is linked after its password was given.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from services.accounts.actions.codes import lock_person
from services.accounts.actions.events import log_event
from services.accounts.claims import NationalClaims
from services.accounts.exceptions import IdentityTakenError
from services.accounts.models import Enterprise, Membership, Person
from services.accounts.selectors import find_registered
from services.accounts.states import EnterpriseRole, EventKind, VerifiedBy
from services.accounts.tokens import digest_token


def create_national_account(
    *, provider: str, subject: str, claims: NationalClaims, language: str, now: datetime
) -> Any:
    """Make an account without a password; return it. The same subject at once makes one.

    Raises IdentityTakenError when another account holds the identity number as verified.
    """
    people = get_user_model()._default_manager
    try:
        with transaction.atomic():
            user = people.create(
                username=f"vn{digest_token(f'{provider}:{subject}')[:16]}",
                password=make_password(None),
                full_name=claims.full_name,
                language=language,
            )
            Person.objects.create(user=user)
            _link(user, provider, subject, claims, now)
            log_event(user, EventKind.REGISTERED)
    except IntegrityError:
        known = SocialAccount.objects.filter(provider=provider, uid=subject).first()
        if known is None:
            raise IdentityTakenError from None
        return known.user
    return user


def link_national_account(
    *, user: Any, provider: str, subject: str, claims: NationalClaims, now: datetime
) -> None:
    """Link somebody who has given the password of their account.

    Raises IdentityTakenError when the account or the number belongs to another e-identity.
    """
    try:
        with transaction.atomic():
            user = lock_person(user)
            linked = SocialAccount.objects.filter(user=user, provider=provider)
            if linked.exclude(uid=subject).exists():
                raise IdentityTakenError
            if not linked.exists():
                _link(user, provider, subject, claims, now)
    except IntegrityError:
        raise IdentityTakenError from None


def _link(user: Any, provider: str, subject: str, claims: NationalClaims, now: datetime) -> None:
    SocialAccount.objects.create(user=user, provider=provider, uid=subject, extra_data={})
    person, _made = Person.objects.get_or_create(user=user)
    if claims.identity_number:
        person.identity_number = claims.identity_number
        person.verified_at, person.verified_how = now, VerifiedBy.NATIONAL
        person.verified_by = None
    person.date_of_birth = claims.date_of_birth or person.date_of_birth
    person.save()
    if claims.full_name:
        user.full_name = claims.full_name
    user.needs_activation = False
    user.save(update_fields=["full_name", "needs_activation"])
    if claims.tax_code:
        _own_enterprise(user, claims, now)
    log_event(user, EventKind.LINKED)


def _own_enterprise(user: Any, claims: NationalClaims, now: datetime) -> None:
    """The verified enterprise of the tax code; one that was only claimed stays as it was."""
    known = find_registered(claims.tax_code)
    if known is None or not known.is_verified:
        known = Enterprise.objects.create(
            tax_code=claims.tax_code,
            name=claims.enterprise_name or claims.tax_code,
            created_by=user,
            verified_at=now,
            verified_how=VerifiedBy.NATIONAL,
        )
    Membership.objects.get_or_create(
        enterprise=known, user=user, defaults={"role": EnterpriseRole.OWNER}
    )
