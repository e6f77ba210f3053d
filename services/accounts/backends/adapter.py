"""How allauth meets the portal: our stages of the sign-in, our words, our messages."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import LoginStage
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms.core.addresses import localise
from services.accounts.selectors import find_linked_provider, seconds_to_wait
from services.accounts.states import ACTIVATION_STAGE
from services.accounts.validators import fold_sign_in_name


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

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right."),
        "too_many_login_attempts": _("Too many wrong entries. Try again in 5 minutes."),
        "rate_limited": _("Too many wrong entries. Try again in 5 minutes."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; refuse it, and say for how long, when there were too many."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            minutes = max(1, -(-seconds_to_wait(request, ["login_failed"], key=key) // 60))
            words = ngettext(
                "Too many wrong entries. Try again in %(count)d minute.",
                "Too many wrong entries. Try again in %(count)d minutes.",
                minutes,
            )
            raise ValidationError(words % {"count": minutes}, code=error.code) from None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """All ways to write one name count together; allauth would count each alone."""
        return fold_sign_in_name(credentials.get("username") or "")

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Check the password of this very account, whoever else is meant by its user name."""
        names = {"username": user.get_username(), "account": user}
        found = self.authenticate(context.request, password=password, **names)
        return found is not None and found.pk == user.pk

    def get_login_stages(self) -> list[str]:
        """First the activation, then the second factor of whoever has one."""
        return [
            "services.accounts.backends.ActivationStage",
            "allauth.mfa.stages.AuthenticateStage",
        ]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Password, app, or the national sign-on; who has none is told so on the same page."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        page = reverse("account_reauthenticate")
        if not user.is_authenticated or any(method["url"] == page for method in methods):
            return methods
        if not methods or find_linked_provider(user):
            words = _("Sign in once more with the national e-identity")
            methods.append({"id": "national", "description": words, "url": page})
        return methods

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to their desk and citizens to their personal page."""
        user: Any = request.user
        desk = user.has_perm("wagtailadmin.access_admin")
        return reverse("wagtailadmin_home" if desk else "personal_page")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the home page in the language of the page that was left."""
        return localise("/")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Registration is a page of our own."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages tell what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: messages are written by `notices` and sent by the worker."""
        raise NotImplementedError(template_prefix)
