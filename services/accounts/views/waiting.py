"""The words of what waits for a person on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from services.accounts.selectors import Waiting
from services.accounts.states import RequestState
from services.accounts.validators import show_phone

Notice = dict[str, str]


def describe_waiting(waiting: Waiting) -> list[Notice]:
    """Return notices, the most urgent first."""
    return [*_contacts(waiting), *_requests(waiting), *_invitations(waiting)]


def _contacts(waiting: Waiting) -> list[Notice]:
    rows = []
    text = _("Until then no messages about your account go there.")
    if waiting.phone:
        title = _("Phone number %(phone)s: not verified") % {"phone": show_phone(waiting.phone)}
        rows.append(_notice("warn", title, text, reverse("personal_phone_verify"), _("Verify")))
    if waiting.email:
        title = _("E-mail address %(email)s: not verified") % {"email": waiting.email}
        rows.append(_notice("warn", title, text, reverse("personal_email_verify"), _("Verify")))
    return rows


def _requests(waiting: Waiting) -> list[Notice]:
    rows = []
    for asked in waiting.requests:
        name = {"name": asked.enterprise.name}
        url = reverse("enterprise_request", args=[asked.pk])
        url = reverse("enterprise_request", args=[asked.pk])
        if asked.state == RequestState.DRAFT:
            title = _("Somebody is registered for the tax code of %(name)s already") % name
            text = _("See how you can still act for it.")
            rows.append(_notice("warn", title, text, url, _("Choose")))
        else:
            title = _("Your request about %(name)s waits for an answer") % name
            rows.append(_notice("info", title, "", url, _("Look at it")))
    return rows


def _invitations(waiting: Waiting) -> list[Notice]:
    text = _("Open the address in the message that was sent to you.")
    titles = [
        _("%(name)s invites you to act for it") % {"name": row.enterprise.name}
        for row in waiting.invitations
    ]
    return [_notice("info", title, text) for title in titles]


def _notice(
    kind: str, title: str, text: str = "", link_url: str = "", link_label: str = ""
) -> Notice:
    return {
        "kind": kind,
        "title": title,
        "text": text,
        "link_url": link_url,
        "link_label": link_label,
    }
