"""What officers do at the counter: open a record, confirm a number, activate, settle a complaint.

An opening is written before anything is shown, in the transaction that allows to show it. Nobody
confirms or settles what is their own. Any officer of any agency may act, since a person goes to
the counter that is near; who did it and when is kept and told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from services.accounts.actions.codes import lock_person
from services.accounts.actions.events import log_event
from services.accounts.exceptions import (
    AlreadyActiveError,
    AlreadyVerifiedError,
    NobodyConcernedError,
    NumberHeldError,
    NumberMismatchError,
    OwnRecordError,
)
from services.accounts.models import Enterprise, Membership, OneTimeCode, Person, RecordView
from services.accounts.permissions import serving_agencies
from services.accounts.selectors.desk import list_concerned
from services.accounts.states import CodePurpose, EventKind, RecordPart, VerifiedBy
from services.accounts.validators import mask_number


@transaction.atomic
def open_person(*, viewer: Any, user: Any, reason: str) -> RecordView:
    """Write down that `viewer` opens a citizen's record, and return the opening."""
    return _write_views(viewer, [user], RecordPart.RECORD, reason, None)


@transaction.atomic
def open_enterprise(*, viewer: Any, enterprise: Enterprise, reason: str) -> RecordView:
    """Write down for everybody concerned that `viewer` opens an enterprise; return one opening."""
    concerned = list_concerned(enterprise)
    if not concerned:
        raise NobodyConcernedError(_("Nobody acts for this enterprise any more."))
    return _write_views(viewer, concerned, RecordPart.ENTERPRISE, reason, enterprise)


def _write_views(
    viewer: Any, users: list[Any], what: RecordPart, reason: str, enterprise: Enterprise | None
) -> RecordView:
    agencies = "; ".join(serving_agencies(viewer))[:255]
    views = [
        RecordView.objects.create(
            subject=user,
            viewer=viewer,
            viewer_name=viewer.get_full_name() or viewer.get_username(),
            agency_name=agencies,
            what=what,
            enterprise=enterprise,
            reason=reason,
        )
        for user in users
    ]
    return views[0]


@transaction.atomic
def verify_identity(*, user: Any, number: str, actor: Any, now: datetime) -> None:
    """Confirm the identity number that an officer has read on the card of who stands there.

    Raises OwnRecordError, AlreadyVerifiedError, NumberMismatchError or NumberHeldError.
    """
    _refuse_own(user, actor)
    user = lock_person(user)
    person = Person.objects.get(user=user)
    if person.is_verified:
        raise AlreadyVerifiedError(_("This identity number is verified already."))
    _compare_card(person, number)
    _store_verified(person, "identity_number", number, actor, now)
    log_event(
        user,
        EventKind.IDENTITY_VERIFIED,
        actor=actor,
        field="identity_number",
        after=mask_number(number),
    )


@transaction.atomic
def verify_tax_code(*, enterprise: Enterprise, tax_code: str, actor: Any, now: datetime) -> None:
    """Confirm the tax code that an officer has read on the certificate of registration.

    Raises OwnRecordError, AlreadyVerifiedError, NumberMismatchError or NumberHeldError.
    """
    enterprise = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    members = list(Membership.objects.filter(enterprise=enterprise).select_related("user"))
    for member in members:
        _refuse_own(member.user, actor)
    if enterprise.is_verified:
        raise AlreadyVerifiedError(_("This tax code is verified already."))
    if enterprise.tax_code != tax_code:
        raise NumberMismatchError(
            _("The record has another tax code: check what you typed and the certificate.")
        )
    _store_verified(enterprise, "tax_code", tax_code, actor, now)
    for member in members:
        log_event(member.user, EventKind.ENTERPRISE_VERIFIED, actor=actor, name=enterprise.name)


@transaction.atomic
def activate_at_counter(*, user: Any, number: str, actor: Any, now: datetime) -> None:
    """Activate the account of somebody who cannot get the code and has shown the card.

    Phone and e-mail stay unproven. Raises OwnRecordError, AlreadyActiveError, NumberMismatchError.
    """
    _refuse_own(user, actor)
    user = lock_person(user)
    if not user.needs_activation:
        raise AlreadyActiveError(_("This account is activated already."))
    person = Person.objects.get(user=user)
    _compare_card(person, number)
    if not person.identity_number:
        person.identity_number = number
        person.save(update_fields=["identity_number"])
    user.needs_activation = False
    user.save(update_fields=["needs_activation"])
    codes = OneTimeCode.objects.filter(user=user, purpose=CodePurpose.ACTIVATE, used_at=None)
    codes.update(used_at=now)
    log_event(user, EventKind.ACTIVATED, actor=actor, field="counter")


def _refuse_own(user: Any, actor: Any) -> None:
    if user.pk == actor.pk:
        raise OwnRecordError(_("This is your own record: ask a colleague."))


def _compare_card(person: Person, number: str) -> None:
    if person.identity_number and person.identity_number != number:
        raise NumberMismatchError(
            _(
                "The account has another identity number. Check what you typed; if the account is"
                " wrong, the person corrects it under their details first."
            )
        )


def _store_verified(
    record: Person | Enterprise, field: str, number: str, actor: Any, now: datetime
) -> None:
    setattr(record, field, number)
    record.verified_at, record.verified_how, record.verified_by = now, VerifiedBy.OFFICER, actor
    try:
        with transaction.atomic():
            record.save(update_fields=[field, "verified_at", "verified_how", "verified_by"])
    except IntegrityError:
        raise NumberHeldError(
            _(
                "Another record with this number is verified already. Find it by the number and"
                " clear up with the person which one is theirs; this one stays claimed."
            )
        ) from None
