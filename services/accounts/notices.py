"""The words of messages about accounts, in the language of the person. It sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.formatting import format_datetime, format_time
from services.accounts.states import CodePurpose, EventKind

# Events that the owner hears of at once: somebody else may have done it.
TOLD = (
    EventKind.PASSWORD_CHANGED,
    EventKind.PASSWORD_RESET,
    EventKind.PHONE_CHANGED,
    EventKind.EMAIL_CHANGED,
    EventKind.SECOND_FACTOR,
    EventKind.LINKED,
    EventKind.DELETED,
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
