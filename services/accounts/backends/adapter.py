"""How allauth meets the portal: our stages of the sign-in, our words, our messages."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from services.accounts.states import ACTIVATION_STAGE


class ActivationStage(LoginStage):
    """Somebody who has not activated the account does so before the sign-in goes on.

    However they left, by a closed browser or for another device, signing in leads back here.
    """

    key = ACTIVATION_STAGE
    urlname = "account_activate"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Lead to the activation page, or let the sign-in go on."""
        if not self.login.user.needs_activation:
            return None, True
        return redirect(self.urlname), True


class AccountAdapter(DefaultAccountAdapter):
    """The portal's choices where allauth asks for one."""

    def get_login_stages(self) -> list[str]:
        """First the activation, then the second factor of whoever has one."""
        return [
            "services.accounts.backends.ActivationStage",
            "allauth.mfa.stages.AuthenticateStage",
        ]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to their desk and citizens to their personal page."""
        user: Any = request.user
        desk = user.has_perm("wagtailadmin.access_admin")
        return reverse("wagtailadmin_home" if desk else "personal_page")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Registration is a page of our own."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages tell what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: messages are written by `notices` and sent by the worker."""
        raise NotImplementedError(template_prefix)
