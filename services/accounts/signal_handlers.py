"""What follows for permissions when agency pages come or go, and what people are told.

Messages are kept in the transaction of the change and sent by the worker.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale
from wagtail.signals import page_published

from catalogue.models import AgencyPage
from cms.core.clock.jobs import Job, register_job
from cms.core.frame_state import get_frame_state
from cms.core.page_frame import build_portal
from services.accounts import actions, notices, tasks
from services.accounts.models import (
    AccountEvent,
    EnterpriseRequest,
    Invitation,
    OneTimeCode,
    ResetRequest,
)
from services.accounts.selectors import list_owners
from services.accounts.signals import (
    account_changed,
    code_issued,
    invitation_accepted,
    invitation_made,
    request_moved,
    reset_asked,
)
from services.accounts.states import (
    Channel,
    CodePurpose,
    EventKind,
    RequestKind,
    RequestState,
)
from services.accounts.views import kept
from services.notifications import actions as messages
from services.notifications.notices import sign_off

# Told on every channel: where the message would go otherwise may be what was changed.
EVERYWHERE = (EventKind.PHONE_CHANGED, EventKind.EMAIL_CHANGED, EventKind.DELETED)


def grant_on_translation(
    instance: AgencyPage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Grant on a new translated agency page what is granted on its source."""
    if created and not raw and instance.locale_id != Locale.get_default().pk:
        actions.sync_translation(instance)


def rename_groups(instance: AgencyPage, **kwargs: Any) -> None:
    """Name groups, collection and workflow after the agency as it is published."""
    if instance.locale_id == Locale.get_default().pk:
        actions.sync_agency_access(instance)


def forget(instance: AgencyPage, **kwargs: Any) -> None:
    """Take away groups and workflow of an agency that is deleted."""
    actions.forget_agency(instance)


def send_code(code: OneTimeCode, digits: str, **kwargs: Any) -> None:
    """Keep the message that brings a code; it is worth nothing once the code has run out."""
    language = code.user.language
    notice = notices.write_code(
        purpose=CodePurpose(code.purpose),
        digits=digits,
        expires_at=code.expires_at,
        portal=build_portal(get_frame_state()["settings"], language).full_name,
        language=language,
    )
    if code.channel == Channel.PHONE:
        messages.keep_text(
            phone=code.address, text=notice.text, is_secret=True, expires_at=code.expires_at
        )
    else:
        messages.keep_mail(
            address=code.address,
            subject=notice.subject,
            text=notice.text + sign_off(language),
            is_secret=True,
            expires_at=code.expires_at,
        )


def leave_to_worker(request: ResetRequest, **kwargs: Any) -> None:
    """Have the worker look for the account, so that no answer's time tells of it."""
    transaction.on_commit(lambda: tasks.send_reset_codes.enqueue(request.pk))


def tell_owner(event: AccountEvent, **kwargs: Any) -> None:
    """Tell the owner of an account what was changed, where messages are known to arrive."""
    user = event.user
    portal = build_portal(get_frame_state()["settings"], user.language)
    notice = notices.write_change(
        kind=EventKind(event.kind),
        at=event.at,
        portal=portal.full_name,
        phone=portal.support_phone,
        language=user.language,
    )
    if notice is None:
        return
    _tell(user, notice, everywhere=event.kind in EVERYWHERE)


def _tell(user: Any, notice: notices.Notice, *, everywhere: bool = False) -> None:
    """Send by e-mail where that arrives and is wanted, else, or `everywhere`, by text message.

    Where nothing that is wanted arrives, what arrives is taken: the owner must hear of changes.
    """
    has_phone = bool(user.phone and user.phone_proven_at)
    has_email = bool(user.email and user.email_proven_at)
    by_email = has_email and (everywhere or user.notify_by_email or not has_phone)
    if by_email:
        text = notice.text + sign_off(user.language)
        messages.keep_mail(address=user.email, subject=notice.subject, text=text)
    if has_phone and (everywhere or not by_email):
        messages.keep_text(phone=user.phone, text=notice.text)


def send_invitation(invitation: Invitation, token: str, **kwargs: Any) -> None:
    """Send the link of an invitation, in the language of who invites."""
    inviter: Any = invitation.invited_by
    language = inviter.language
    with translation.override(language):
        path = reverse("invitation", args=[token])
    notice = notices.write_invitation(
        enterprise=invitation.enterprise.name,
        inviter=inviter.get_full_name() or inviter.get_username(),
        url=settings.PORTAL_URL + path,
        until=invitation.expires_at,
        portal=build_portal(get_frame_state()["settings"], language).full_name,
        language=language,
    )
    if "@" in invitation.address:
        messages.keep_mail(
            address=invitation.address,
            subject=notice.subject,
            text=notice.text + sign_off(language),
            is_secret=True,
            expires_at=invitation.expires_at,
        )
    else:
        messages.keep_text(
            phone=invitation.address,
            text=notice.text,
            is_secret=True,
            expires_at=invitation.expires_at,
        )


def tell_of_acceptance(invitation: Invitation, **kwargs: Any) -> None:
    """Tell the owners who came by invitation; whoever came knows."""
    guest: Any = invitation.decided_by
    for user in list_owners(invitation.enterprise):
        if user.pk == guest.pk:
            continue
        notice = notices.write_acceptance(
            person=guest.get_full_name() or guest.get_username(),
            enterprise=invitation.enterprise.name,
            role=invitation.role,
            language=user.language,
        )
        _tell(user, notice)


def tell_of_request(request: EnterpriseRequest, others: Any = (), **kwargs: Any) -> None:
    """Tell the owners that somebody asks, or the person what became of it, and `others` too."""
    is_new = request.state == RequestState.OPEN
    for user in list_owners(request.enterprise) if is_new else [request.user]:
        notice = notices.write_request(
            kind=RequestKind(request.kind),
            state=RequestState(request.state),
            enterprise=request.enterprise.name,
            person=request.user.get_full_name() or request.user.get_username(),
            language=user.language,
            answer=request.answer,
        )
        if notice is not None:
            _tell(user, notice)
    for user in others:
        end = notices.write_dispute_end(
            is_accepted=request.state == RequestState.ACCEPTED,
            enterprise=request.enterprise.name,
            answer=request.answer,
            language=user.language,
        )
        _tell(user, end)


def forget_codes() -> None:
    """Forget old codes and for whom they were asked; every night."""
    actions.delete_old_codes(timezone.now())
    actions.delete_old_requests(timezone.now())


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    code_issued.connect(send_code, dispatch_uid="accounts-send-code")
    reset_asked.connect(leave_to_worker, dispatch_uid="accounts-reset")
    account_changed.connect(tell_owner, dispatch_uid="accounts-tell-owner")
    invitation_made.connect(send_invitation, dispatch_uid="accounts-send-invitation")
    invitation_accepted.connect(tell_of_acceptance, dispatch_uid="accounts-tell-acceptance")
    request_moved.connect(tell_of_request, dispatch_uid="accounts-tell-request")
    user_logged_in.connect(kept.settle, dispatch_uid="accounts-settle-kept")
    register_job(Job("forget_codes", "25 3 * * *", forget_codes))
    post_save.connect(grant_on_translation, sender=AgencyPage, dispatch_uid="access-translation")
    page_published.connect(rename_groups, sender=AgencyPage, dispatch_uid="access-rename")
    pre_delete.connect(forget, sender=AgencyPage, dispatch_uid="access-forget")
