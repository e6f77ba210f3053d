"""Confirm by the national sign-on that it is still the same person, before something important.

Only the subject that is linked already counts, who signed in there after it was asked for. Nothing
is linked, nobody is signed in, and another person's answer changes nothing.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from services.accounts.states import NATIONAL_CONFIRM

LEEWAY = 60  # seconds by which two clocks may differ


def is_confirmation(state: dict[str, Any]) -> bool:
    """Say whether a sign-on was begun in order to confirm."""
    return state.get("process") == NATIONAL_CONFIRM


def confirm(request: HttpRequest, sociallogin: Any) -> HttpResponse:
    """Count the sign-on as a confirmation and go on, or say why it does not count."""
    user: Any = request.user
    state = sociallogin.state
    asked = state.get("data") or {}
    is_asked = user.is_authenticated and asked.get("user") == str(user.pk)
    if not is_asked or not sociallogin.is_existing or sociallogin.user.pk != user.pk:
        words = _(
            "You signed in there as somebody else. Sign in with the e-identity that this account is"
            " linked to. Nothing was changed."
        )
        return ask_again(request, state, words)
    if not _is_fresh(sociallogin.auth_time, asked["at"]):
        words = _(
            "The national sign-on did not ask you to sign in again, so this does not count. Sign"
            " out there, then try once more. Nothing was changed."
        )
        return ask_again(request, state, words)
    account = sociallogin.account
    record_authentication(
        request,
        user,
        "socialaccount",
        provider=account.provider,
        uid=account.uid,
        reauthenticated=True,
    )
    return _go_on(request, state)


def ask_again(request: HttpRequest, state: dict[str, Any], words: str) -> HttpResponse:
    """Lead back to the page that asks for a confirmation, with a word why."""
    messages.warning(request, words)
    query = urlencode({"next": state["next"]}) if state.get("next") else ""
    return redirect(f"{reverse('account_reauthenticate')}?{query}".rstrip("?"))


def _is_fresh(signed_in_at: Any, asked_at: float) -> bool:
    """A sign-in after it was asked for; one without a time counts where operators say so."""
    if isinstance(signed_in_at, bool) or not isinstance(signed_in_at, (int, float)):
        return not settings.NATIONAL_SIGN_ON_AUTH_TIME
    return asked_at - LEEWAY <= signed_in_at <= time.time() + LEEWAY


def _go_on(request: HttpRequest, state: dict[str, Any]) -> HttpResponse:
    """Do what was interrupted, as after a password; else show the page that was asked for."""
    onward = state.get("next") or reverse("personal_page")
    request.GET = QueryDict(urlencode({"next": onward}))
    answer: HttpResponse = resume_request(request) or redirect(onward)
    return answer
