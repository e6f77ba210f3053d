"""Sign in, and confirm the password before something important. allauth does both."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from services.accounts.selectors import has_second_step, list_demo_accounts, needs_second_step
from services.accounts.tokens import demo_password
from services.accounts.views import kept
from services.accounts.views.frames import FormPage, national_confirmation


class SignInView(FormPage, allauth_views.LoginView):
    """User name, phone or e-mail, and the password; leads back to where the person was."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, and the accounts to try; none where DEBUG is off."""
        accounts = list_demo_accounts()
        return super().get_context_data(
            demo_accounts=accounts,
            demo_password=demo_password() if accounts else "",
            notices=[*self._say_kept(), *map(str, messages.get_messages(self.request))],
            **kwargs,
        )

    def _say_kept(self) -> list[str]:
        if not kept.is_waiting(self.request):
            return []
        return [_("Your session has ended. What you typed is kept: sign in to go on with it.")]

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, or lead on to the second step."""
        answer: HttpResponse = super().form_valid(form)
        kept.shorten(self.request)
        return answer


class SignOutView(allauth_views.LogoutView):
    """Ask first who comes by a link; the button of the menu signs out at once."""

    template_name = "accounts/sign_out.html"


class ConfirmPasswordView(FormPage, allauth_views.ReauthenticateView):
    """The password once more, before something important is changed; or the national sign-on."""

    template_name = "accounts/confirm_password.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, and why staff are led here after the sign-in."""
        context = super().get_context_data(**kwargs)
        leads_to = context["next"].partition("?")[0]
        is_demanded = needs_second_step(self.request.user) and not has_second_step(
            self.request.user
        )
        context["is_demanded"] = is_demanded and leads_to == reverse("mfa_activate_totp")
        user: Any = self.request.user
        context["has_password"] = user.has_usable_password()
        context["confirmation"] = national_confirmation(user)
        context["notices"] = [str(message) for message in messages.get_messages(self.request)]
        return context


class InactiveView(TemplateView):
    """An account that may not be used."""

    template_name = "accounts/inactive.html"
