"""After the national sign-on: link an account by its password, or go on with a new one."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from services.accounts import actions
from services.accounts.claims import NationalClaims, read_claims
from services.accounts.exceptions import IdentityTakenError
from services.accounts.forms import NationalLinkForm
from services.accounts.selectors import find_linked_provider, list_of_identity
from services.accounts.states import NATIONAL_CONFIRM, NATIONAL_PENDING
from services.accounts.validators import mask_username
from services.accounts.views.frames import FormPage, safe_next

LIFETIME = 15 * 60  # seconds to give the password


@never_cache
def start(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the national sign-on by a button; a link alone goes back to the sign-in."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    if request.method != "POST":
        return redirect("account_login")
    answer: HttpResponseBase = _spoken(request, oidc.login, provider_id)
    return answer


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take what the national sign-on answers."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    return _spoken(request, oidc.callback, provider_id)


@never_cache
@login_required
def confirm(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go there to sign in once more, by a button, before something important is changed."""
    user: Any = request.user
    if find_linked_provider(user) != provider_id:
        raise Http404
    if request.method != "POST":
        return redirect("account_reauthenticate")
    if not ratelimit.consume(request, app="allauth.account", action="reauthenticate", user=user):
        limited: HttpResponse = ratelimit.respond_429(request)
        return limited
    return _spoken(request, _ask_there, provider_id)


def _ask_there(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    provider = get_adapter(request).get_provider(request, provider=provider_id)
    answer: HttpResponseBase = provider.redirect(
        request,
        process=NATIONAL_CONFIRM,
        next_url=safe_next(request),
        data={"user": str(request.user.pk), "at": time.time()},
        auth_params={**provider.get_auth_params(), "prompt": "login", "max_age": "0"},
    )
    return answer


def _spoken(request: HttpRequest, view: Any, provider_id: str) -> HttpResponseBase:
    """Call allauth; a provider that cannot be reached or answers nonsense is told in words."""
    try:
        answer: HttpResponseBase = view(request, provider_id)
    except (OSError, ValueError, KeyError, TypeError):  # requests' errors are OSErrors
        return render(request, "socialaccount/authentication_error.html", status=502)
    return answer


class NationalCancelledView(TemplateView):
    """Somebody came back without signing in."""

    template_name = "accounts/national_cancelled.html"


class NationalConflictView(TemplateView):
    """The identity belongs to another account that is linked already."""

    template_name = "accounts/national_conflict.html"


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class NationalLinkView(FormPage, FormView):  # type: ignore[type-arg]
    """An account has this identity number: link it by its password."""

    form_class = NationalLinkForm
    template_name = "accounts/national_link.html"
    pending: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go back to the sign-in when there is nothing to link."""
        pending = request.session.get(NATIONAL_PENDING)
        if pending is None or timezone.now().timestamp() - pending["at"] > LIFETIME:
            request.session.pop(NATIONAL_PENDING, None)
            return redirect("account_login")
        self.pending = pending
        self.claims: NationalClaims = read_claims(pending["data"])
        self.accounts = list_of_identity(self.claims.identity_number)
        return super().dispatch(request, *args, **kwargs)

    @property
    def holder(self) -> Any | None:
        """Who holds the number as verified."""
        return next((user for user in self.accounts if user.person.is_verified), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return which accounts there are, their names masked."""
        names = [mask_username(user.get_username()) for user in self.accounts]
        return super().get_context_data(
            names=[self.holder and names[0]] if self.holder else names,
            may_be_new=self.holder is None,
            service=settings.NATIONAL_SIGN_ON_NAME,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a new account where nobody holds the number, or link one."""
        if "new" in request.POST and self.holder is None:
            return self._make_new()
        if not ratelimit.consume(request, app="allauth.account", action="login"):
            limited: HttpResponse = ratelimit.respond_429(request)
            return limited
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: NationalLinkForm) -> HttpResponse:
        """Link the account whose user name and password were given, if it has the number."""
        user = form.authenticate(self.request)
        own = [known for known in self.accounts if user is not None and known.pk == user.pk]
        if not own or (self.holder is not None and own[0].pk != self.holder.pk):
            form.add_error("password", _("User name or password is not right for this account."))
            return self.form_invalid(form)
        try:
            actions.link_national_account(user=own[0], now=timezone.now(), **self._subject())
        except IdentityTakenError:
            return self._conflict()
        return self._sign_in(own[0])

    def _make_new(self) -> HttpResponse:
        language = get_language() or settings.LANGUAGE_CODE
        try:
            user = actions.create_national_account(
                language=language, now=timezone.now(), **self._subject()
            )
        except IdentityTakenError:
            return self._conflict()
        return self._sign_in(user)

    def _subject(self) -> dict[str, Any]:
        return {
            "provider": self.pending["provider"],
            "subject": self.pending["subject"],
            "claims": self.claims,
        }

    def _conflict(self) -> HttpResponse:
        self.request.session.pop(NATIONAL_PENDING, None)
        return redirect("national_conflict")

    def _sign_in(self, user: Any) -> HttpResponse:
        self.request.session.pop(NATIONAL_PENDING, None)
        record_authentication(self.request, user, method="socialaccount")
        user.refresh_from_db()
        login = Login(user=user, redirect_url=self.pending["next"] or None)
        answer: HttpResponse = perform_login(self.request, login)
        return answer
