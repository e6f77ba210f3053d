"""The second step of signing in: set up an app, take the step, keep codes on paper.

allauth does the work; each change is written down with it and told to the owner.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.base import views as base_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from cms.core.addresses import localise
from services.accounts import actions
from services.accounts.selectors import needs_second_step
from services.accounts.states import EventKind
from services.accounts.views.frames import ConfirmedPage, FormPage

PRIVATE = [never_cache]


class SecondStepPage(FormPage):
    """A page of somebody who is signed in: whether the step is demanded, and where to go on."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what all pages of the second step tell."""
        user: Any = self.request.user
        is_staff = user.has_perm("wagtailadmin.access_admin")
        context = super().get_context_data(
            is_needed=needs_second_step(user),
            onward_url=reverse("wagtailadmin_home" if is_staff else "personal_page"),
            is_staff=is_staff,
            **kwargs,
        )
        context["breadcrumbs"] = [
            {"label": _("Home"), "url": localise("/")},
            {"label": _("Personal page"), "url": reverse("personal_page")},
        ]
        return context

    def note(self, **details: str) -> None:
        """Write down what changed; the owner is told."""
        actions.log_event(self.request.user, EventKind.SECOND_FACTOR, **details)


@method_decorator(PRIVATE, name="dispatch")
class SecondStepView(SecondStepPage, base_views.IndexView):
    """Whether there is a second step, and what can be done about it."""

    template_name = "accounts/second_step/index.html"


@method_decorator(PRIVATE, name="dispatch")
class SetUpAppView(ConfirmedPage, SecondStepPage, totp_views.ActivateTOTPView):
    """Tie an app to the account. Its first code counts as the step of this session."""

    template_name = "accounts/second_step/set_up.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app, unless the same form came a moment ago."""
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
                self.note(field="totp", after="on")
        except IntegrityError:
            return redirect("mfa_index")
        user: Any = self.request.user
        app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        record_authentication(self.request, user, "mfa", id=app.pk, type=app.type)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the QR code and the key to type."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["qr_code"] = mark_safe(context["totp_svg"])  # drawn by the portal
        context["key"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return context


@method_decorator(PRIVATE, name="dispatch")
class RemoveAppView(SecondStepPage, totp_views.DeactivateTOTPView):
    """Take the app away, for example to set up another phone."""

    template_name = "accounts/second_step/remove.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Forget the app and the codes on paper."""
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            self.note(field="totp", after="off")
        return answer


@method_decorator(PRIVATE, name="dispatch")
class SecondStepCodesView(SecondStepPage, codes_views.ViewRecoveryCodesView):
    """The codes to keep on paper."""

    template_name = "accounts/second_step/codes.html"


@method_decorator(PRIVATE, name="dispatch")
class NewCodesView(SecondStepPage, codes_views.GenerateRecoveryCodesView):
    """New codes for paper; the old ones count no more."""

    template_name = "accounts/second_step/new_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them."""
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            self.note(field="recovery_codes", after="new")
        return answer


class DownloadCodesView(codes_views.DownloadRecoveryCodesView):
    """The codes as a file."""

    template_name = "accounts/second_step/codes.txt"
    content_type = "text/plain; charset=utf-8"


@method_decorator(PRIVATE, name="dispatch")
class TakeSecondStepView(FormPage, base_views.AuthenticateView):
    """The code, while signing in."""

    template_name = "accounts/second_step/take.html"


@method_decorator(PRIVATE, name="dispatch")
class TakeSecondStepAgainView(FormPage, base_views.ReauthenticateView):
    """The code of somebody whose session began without it, or before something important."""

    template_name = "accounts/second_step/take_again.html"


class LeaveSecondStepView(View):
    """Forget the interrupted sign-in, for example to use another account."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Change nothing for a link: the sign-in leads on to where it was interrupted."""
        return redirect("account_login")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Lead back to the sign-in."""
        clear_login(request)
        return redirect("account_login")
