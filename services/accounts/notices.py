"""The words of messages about accounts, in the language of the person. It sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.formatting import format_date, format_datetime, format_time
from services.accounts.states import (
    CodePurpose,
    EnterpriseRole,
    EventKind,
    RequestKind,
    RequestState,
)

# Events that the owner hears of at once: somebody else may have done it.
TOLD = (
    EventKind.PASSWORD_CHANGED,
    EventKind.PASSWORD_RESET,
    EventKind.PHONE_CHANGED,
    EventKind.EMAIL_CHANGED,
    EventKind.SECOND_FACTOR,
    EventKind.LINKED,
    EventKind.DELETED,
    EventKind.IDENTITY_VERIFIED,
    EventKind.ENTERPRISE_VERIFIED,
)


@dataclass(frozen=True)
class Notice:
    """A message, ready: a subject for e-mails, one text for both channels."""

    subject: str
    text: str


def write_code(
    *, purpose: CodePurpose, digits: str, expires_at: datetime, portal: str, language: str
) -> Notice:
    """Write the message that brings a code."""
    with translation.override(language):
        words = {
            CodePurpose.ACTIVATE: _("Your activation code for %(portal)s is %(code)s."),
            CodePurpose.RESET: _("Your code for a new password on %(portal)s is %(code)s."),
            CodePurpose.NEW_PHONE: _("Your code to use this number on %(portal)s is %(code)s."),
            CodePurpose.NEW_EMAIL: _("Your code to use this address on %(portal)s is %(code)s."),
        }
        subjects = {
            CodePurpose.ACTIVATE: _("Activation code"),
            CodePurpose.RESET: _("Code for a new password"),
            CodePurpose.NEW_PHONE: _("Code for your new phone number"),
            CodePurpose.NEW_EMAIL: _("Code for your new e-mail address"),
        }
        until = _("It counts until %(time)s. Give it to nobody, not even to an officer.") % {
            "time": format_time(expires_at)
        }
        text = words[purpose] % {"portal": portal, "code": digits}
        return Notice(subjects[purpose], f"{text} {until}")


def write_change(
    *, kind: EventKind, at: datetime, portal: str, phone: str, language: str
) -> Notice | None:
    """Write to the owner that something important changed; None for what is not told."""
    if kind not in TOLD:
        return None
    with translation.override(language):
        words = {
            EventKind.PASSWORD_CHANGED: _("The password of your account was changed."),
            EventKind.PASSWORD_RESET: _("A new password was set for your account with a code."),
            EventKind.PHONE_CHANGED: _("The phone number of your account was changed."),
            EventKind.EMAIL_CHANGED: _("The e-mail address of your account was changed."),
            EventKind.SECOND_FACTOR: _("The second step of signing in to your account changed."),
            EventKind.LINKED: _("The national e-identity was linked to your account."),
            EventKind.DELETED: _("Your account was deleted, as asked for."),
            EventKind.IDENTITY_VERIFIED: _("Your identity number was verified by an officer."),
            EventKind.ENTERPRISE_VERIFIED: _("The tax code of your enterprise was verified."),
        }
        text = "\n".join(
            [
                words[kind],
                format_datetime(at),
                _("If this was not you, call %(phone)s at once.") % {"phone": phone}
                if phone
                else _("If this was not you, tell the portal at once."),
            ]
        )
        return Notice(f"{portal}: {words[kind]}", text)


def write_invitation(
    *, enterprise: str, inviter: str, url: str, until: datetime, portal: str, language: str
) -> Notice:
    """Write to somebody who is invited to act for an enterprise."""
    with translation.override(language):
        words = _("%(inviter)s invites you to act for %(enterprise)s on %(portal)s: %(url)s")
        text = words % {
            "inviter": inviter,
            "enterprise": enterprise,
            "portal": portal,
            "url": url,
        }
        end = _("The invitation counts until %(day)s.") % {"day": format_date(until)}
        subject = _("Invitation to act for %(enterprise)s") % {"enterprise": enterprise}
        return Notice(subject, f"{text}\n{end}")


def write_acceptance(*, person: str, enterprise: str, role: str, language: str) -> Notice:
    """Write to the owners of an enterprise that somebody came by invitation."""
    with translation.override(language):
        words = _("%(person)s accepted an invitation to act for %(enterprise)s as %(role)s.")
        label = EnterpriseRole(role).label
        text = words % {"person": person, "enterprise": enterprise, "role": label}
        return Notice(text, text)


def write_request(
    *,
    kind: RequestKind,
    state: RequestState,
    enterprise: str,
    person: str,
    language: str,
    answer: str = "",
) -> Notice | None:
    """Write of a request about an enterprise: to its owners when sent, else to the person.

    None for what nobody is told. `answer` is why it was decided so.
    """
    with translation.override(language):
        words = {
            (RequestKind.JOIN, RequestState.OPEN): _("%(person)s asks to act for %(enterprise)s."),
            (RequestKind.JOIN, RequestState.DRAFT): _(
                "Nobody is left who could let you act for %(enterprise)s. Your personal page shows"
                " another way."
            ),
            (RequestKind.JOIN, RequestState.ACCEPTED): _("You may act for %(enterprise)s now."),
            (RequestKind.JOIN, RequestState.DECLINED): _(
                "Your request to act for %(enterprise)s was declined."
            ),
            (RequestKind.DISPUTE, RequestState.ACCEPTED): _(
                "After your complaint you are the owner of %(enterprise)s."
            ),
            (RequestKind.DISPUTE, RequestState.DECLINED): _(
                "Your complaint about %(enterprise)s was declined."
            ),
        }
        text = words.get((kind, state))
        if text is None:
            return None
        text = text % {"person": person, "enterprise": enterprise}
        return Notice(text, _with_reason(text, answer))


def write_dispute_end(*, is_accepted: bool, enterprise: str, answer: str, language: str) -> Notice:
    """Write to those who acted for an enterprise how a complaint about it was decided."""
    with translation.override(language):
        text = (
            _(
                "After a complaint, %(enterprise)s was given to somebody else; you do not act for"
                " it any more."
            )
            if is_accepted
            else _(
                "A complaint about who acts for %(enterprise)s was declined; nothing changes for"
                " you."
            )
        ) % {"enterprise": enterprise}
        return Notice(text, _with_reason(text, answer))


def _with_reason(text: str, answer: str) -> str:
    return f"{text}\n{_('Reason: %(reason)s') % {'reason': answer}}" if answer else text
