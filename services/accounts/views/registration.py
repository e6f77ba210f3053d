"""Register, enter the code, put a mistyped contact right."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View

from cms.core.captcha.view_mixins import CaptchaViewMixin
from cms.core.formatting import format_time
from services.accounts import actions
from services.accounts.exceptions import (
    AlreadyActiveError,
    CodeError,
    TooSoonError,
    UsernameTakenError,
)
from services.accounts.forms import ActivationForm, ContactsForm, RegistrationForm
from services.accounts.selectors import describe_activation
from services.accounts.states import ACTIVATION_STAGE
from services.accounts.validators import show_phone
from services.accounts.views.frames import (
    FormPage,
    developer_messages,
    safe_next,
    say_refused,
    say_wait,
)

ENTRANCE = [never_cache, sensitive_post_parameters()]


@method_decorator(ENTRANCE, name="dispatch")
class RegisterView(FormPage, CaptchaViewMixin, FormView):  # type: ignore[type-arg]
    """Make an account; who is signed in already goes on."""

    form_class = RegistrationForm
    template_name = "accounts/register.html"
    initial = {"kind": "citizen"}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask nobody who is signed in; stop a flood from one address."""
        if request.user.is_authenticated:
            return redirect("personal_page")
        if not ratelimit.consume(request, app="allauth.account", action="signup"):
            return ratelimit.respond_429(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        """Register, then lead to the activation."""
        user = form.resumed
        if user is None:
            try:
                with transaction.atomic():  # what is refused leaves the captcha as it was
                    if not form.consume():
                        return self.form_invalid(form)
                    user = actions.register_account(self._registration(form), now=timezone.now())
            except UsernameTakenError:
                form.say_taken()
                return self.form_invalid(form)
            except TooSoonError as error:
                form.add_error("phone", say_wait(error.seconds))
                return self.form_invalid(form)
        login = Login(user=user, signup=True, redirect_url=safe_next(self.request))
        answer: HttpResponse = perform_login(self.request, login)
        return answer

    def _registration(self, form: RegistrationForm) -> actions.Registration:
        data = form.cleaned_data
        commune = data["commune"]
        names = ("username", "password", "full_name", "phone", "email", "identity_number")
        return actions.Registration(
            **{name: data[name] for name in names},
            language=get_language() or settings.LANGUAGE_CODE,
            date_of_birth=data["date_of_birth"],
            commune_code=commune.code if commune else None,
            hamlet=data["hamlet"],
            street=data["street"],
            tax_code=data["tax_code"],
            enterprise_name=data["enterprise_name"],
            consents=form.consents,
        )


class ActivationMixin:
    """A page of somebody who has given the password and must still activate the account."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead strangers to the sign-in, which leads back here."""
        self.stage = LoginStageController.enter(request, ACTIVATION_STAGE)
        if self.stage is None:
            if request.user.is_authenticated:
                return redirect("personal_page")
            messages.info(request, _("Sign in: the page for the activation code opens again."))
            return redirect("account_login")
        self.person = self.stage.login.user
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def go_on(self) -> HttpResponse:
        """Go on with the sign-in."""
        answer: HttpResponse = self.stage.exit()
        return answer


@method_decorator(ENTRANCE, name="dispatch")
class ActivateView(ActivationMixin, FormPage, FormView):  # type: ignore[type-arg]
    """One screen, one field: the code from the phone or from the e-mail."""

    form_class = ActivationForm
    template_name = "accounts/activate.html"

    def form_valid(self, form: ActivationForm) -> HttpResponse:
        """Activate the account and finish the sign-in."""
        try:
            actions.activate_account(self.person, form.cleaned_data["code"], now=timezone.now())
        except AlreadyActiveError:
            return self.go_on()
        except CodeError as error:
            form.add_error("code", say_refused(error))
        else:
            return self.go_on()
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form and what is known of the codes that were sent."""
        state = describe_activation(self.person, now=timezone.now())
        return super().get_context_data(
            state=state,
            until=format_time(state.expires_at) if state.expires_at else "",
            notices=[str(message) for message in messages.get_messages(self.request)],
            resend_url=reverse("account_activate_resend"),
            contacts_url=reverse("account_activate_contacts"),
            cancel_url=reverse("account_activate_cancel"),
            developer_url=developer_messages(),
            **kwargs,
        )


@method_decorator(ENTRANCE, name="dispatch")
class ResendActivationView(ActivationMixin, View):
    """Send new codes."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send, or say how long to wait."""
        try:
            actions.resend_activation(self.person, now=timezone.now())
        except AlreadyActiveError:
            return self.go_on()
        except TooSoonError as error:
            messages.info(request, say_wait(error.seconds))
        return redirect("account_activate")


class CancelActivationView(ActivationMixin, View):
    """Leave the activation, for example to sign in with another account."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Forget the interrupted sign-in."""
        answer: HttpResponse = self.stage.abort()
        return answer


@method_decorator(ENTRANCE, name="dispatch")
class ActivationContactsView(ActivationMixin, FormPage, FormView):  # type: ignore[type-arg]
    """Put a mistyped phone number or e-mail address right."""

    form_class = ContactsForm
    template_name = "accounts/activate_contacts.html"

    def get_initial(self) -> dict[str, Any]:
        """Return what was given before."""
        return {"phone": show_phone(self.person.phone or ""), "email": self.person.email}

    def form_valid(self, form: ContactsForm) -> HttpResponse:
        """Keep the contacts and send codes to them."""
        data = form.cleaned_data
        try:
            actions.change_contacts_before_activation(
                self.person, phone=data["phone"], email=data["email"], now=timezone.now()
            )
        except AlreadyActiveError:
            return self.go_on()
        except TooSoonError as error:
            form.add_error(None, say_wait(error.seconds))
            return self.form_invalid(form)
        return redirect("account_activate")
