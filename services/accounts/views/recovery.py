"""A forgotten password: ask for a code, set a new password with it. Alike for unknown names.

Between the two pages the session keeps, signed, what the visitor typed; it names no account.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View

from cms.core.captcha.view_mixins import CaptchaViewMixin
from cms.core.formatting import format_time
from services.accounts import actions
from services.accounts.exceptions import (
    CodeError,
    TooSoonError,
)
from services.accounts.forms import ForgottenPasswordForm, NewPasswordForm
from services.accounts.selectors import describe_reset
from services.accounts.views import kept
from services.accounts.views.frames import (
    FormPage,
    developer_messages,
    safe_next,
    say_refused,
    say_wait,
)

SESSION_KEY = "accounts_reset"
SALT = "accounts.reset"
LASTS = 60 * 60  # seconds in which the second page may be left and opened again
ENTRANCE = [never_cache, sensitive_post_parameters()]


def _ask(request: HttpRequest, name: str) -> HttpResponse:
    """Have codes sent and lead to the page that takes them, where a wait is told."""
    try:
        actions.ask_reset(name, now=timezone.now())
    except TooSoonError as error:
        messages.info(request, say_wait(error.seconds))
    return redirect("account_reset_password_code")


@method_decorator(ENTRANCE, name="dispatch")
class ForgottenPasswordView(FormPage, CaptchaViewMixin, FormView):  # type: ignore[type-arg]
    """Ask for codes. Also for who is signed in: important changes need the password."""

    form_class = ForgottenPasswordForm
    template_name = "accounts/forgotten_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Stop a flood from one address."""
        if not ratelimit.consume(request, app="allauth.account", action="reset_password"):
            return ratelimit.respond_429(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ForgottenPasswordForm) -> HttpResponse:
        """Have codes sent, if there is such an account, and answer alike."""
        if not form.consume():
            return self.form_invalid(form)
        name = form.cleaned_data["login"]
        state = {"name": name, "next": safe_next(self.request)}
        self.request.session[SESSION_KEY] = signing.dumps(state, salt=SALT)
        return _ask(self.request, name)


class ResetMixin:
    """A page of somebody who has said whose password was forgotten."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead everybody else to the first page; stop a flood from one address."""
        if not ratelimit.consume(request, app="allauth.account", action="reset_password_from_key"):
            return ratelimit.respond_429(request)
        stored = request.session.get(SESSION_KEY, "")
        try:
            self.asked: dict[str, str] = signing.loads(stored, salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            return redirect("account_reset_password")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


@method_decorator(ENTRANCE, name="dispatch")
class NewPasswordView(ResetMixin, FormPage, FormView):  # type: ignore[type-arg]
    """The code and the new password on one screen."""

    form_class = NewPasswordForm
    template_name = "accounts/new_password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form the name that was typed, so that the password is not the same."""
        return {**super().get_form_kwargs(), "login": self.asked["name"]}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Set the password, then lead to the sign-in."""
        name, data = self.asked["name"], form.cleaned_data
        try:
            actions.reset_password(name, data["code"], data["password"], now=timezone.now())
        except CodeError as error:
            form.add_error("code", say_refused(error))
        else:
            return self._go_to_sign_in()
        return self.form_invalid(form)

    def _go_to_sign_in(self) -> HttpResponse:
        with kept.over_sign_out(self.request):
            logout(self.request)
        messages.success(
            self.request,
            _("Your password was changed, and you were signed out everywhere. Sign in with it."),
        )
        query = {"next": self.asked["next"]} if self.asked["next"] else {}
        return redirect(f"{reverse('account_login')}{'?' if query else ''}{urlencode(query)}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form and until when codes count."""
        state = describe_reset(self.asked["name"], now=timezone.now())
        return super().get_context_data(
            state=state,
            until=format_time(state.expires_at) if state.expires_at else "",
            asked_name=self.asked["name"],
            notices=[str(message) for message in messages.get_messages(self.request)],
            developer_url=developer_messages(),
            **kwargs,
        )


class ResendResetView(ResetMixin, View):
    """Send new codes."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send, or say how long to wait."""
        return _ask(request, self.asked["name"])
