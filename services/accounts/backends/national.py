"""What happens when somebody comes back from the national sign-on."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from services.accounts import actions
from services.accounts.backends import confirmation
from services.accounts.claims import read_claims
from services.accounts.exceptions import IdentityTakenError
from services.accounts.selectors import list_of_identity
from services.accounts.states import NATIONAL_PENDING


class NationalAdapter(DefaultSocialAccountAdapter):
    """A known subject signs in; a new one is linked after a password, or gets an account."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Take the claims off what allauth is about to store: `Person` has what is needed."""
        sociallogin.national_claims = _claims_of(sociallogin.account.extra_data)
        sociallogin.auth_time = _auth_time_of(sociallogin.account.extra_data)
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Decide for whom this is: a sign-in or a confirmation, no linking behind the back."""
        if confirmation.is_confirmation(sociallogin.state):
            raise ImmediateHttpResponse(confirmation.confirm(request, sociallogin))
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.is_existing:
            return
        account = sociallogin.account
        claims = read_claims(sociallogin.national_claims)
        if list_of_identity(claims.identity_number):
            request.session[NATIONAL_PENDING] = {
                "provider": account.provider,
                "subject": account.uid,
                "data": sociallogin.national_claims,
                "next": sociallogin.get_redirect_url(request) or "",
                "at": timezone.now().timestamp(),
            }
            raise ImmediateHttpResponse(redirect("national_link"))
        try:
            actions.create_national_account(
                provider=account.provider,
                subject=account.uid,
                claims=claims,
                language=get_language() or settings.LANGUAGE_CODE,
                now=timezone.now(),
            )
        except IdentityTakenError:
            raise ImmediateHttpResponse(redirect("national_conflict")) from None
        sociallogin.lookup()

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Lead back to what is to be confirmed; other sign-ons end on pages of their own."""
        state = (extra_context or {}).get("state") or {}
        if confirmation.is_confirmation(state):
            words = _("You did not sign in there again, or the answer could not be used.")
            raise ImmediateHttpResponse(confirmation.ask_again(request, state, words))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are made above."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: an event tells the owner."""


def _claims_of(data: dict[str, Any]) -> dict[str, Any]:
    """The userinfo answer, else the identity token; short texts and numbers alone."""
    found = data.get("userinfo") or data.get("id_token") or data
    if not isinstance(found, dict):
        return {}
    return {
        name: value
        for name, value in found.items()
        if isinstance(value, (str, int)) and len(str(value)) <= 300
    }


def _auth_time_of(data: dict[str, Any]) -> Any:
    """When the person signed in there, as the identity token says; None if it does not."""
    token = data.get("id_token")
    return token.get("auth_time") if isinstance(token, dict) else None
