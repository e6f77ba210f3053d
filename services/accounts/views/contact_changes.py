"""Change, verify and remove the phone number or the e-mail address. A code proves each new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from cms.core.formatting import format_time
from services.accounts import actions
from services.accounts.actions.contact_changes import PURPOSES
from services.accounts.exceptions import (
    CodeError,
    LastContactError,
    NoContactError,
    TooSoonError,
)
from services.accounts.forms import CodeForm, EmailForm, PhoneForm
from services.accounts.selectors import describe_codes
from services.accounts.states import Channel
from services.accounts.validators import show_phone
from services.accounts.views.frames import (
    ImportantPage,
    PersonalPage,
    developer_messages,
    say_refused,
    say_wait,
)


class ContactPage:
    """A page about one channel, given in the address table as `channel`."""

    channel = Channel.PHONE
    request: HttpRequest

    def name(self, part: str = "") -> str:
        """Return the URL name of a part of this channel's pages."""
        return f"personal_{self.channel.value}{part}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the channel and the address that stands now."""
        user: Any = self.request.user
        address = getattr(user, self.channel.value) or ""
        shown = show_phone(address) if address and self.channel == Channel.PHONE else address
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "is_phone": self.channel == Channel.PHONE, "address": shown}


class ChangeContactView(ContactPage, ImportantPage, FormView):  # type: ignore[type-arg]
    """A new number or address; a code goes there."""

    template_name = "accounts/contact_change.html"

    def get_form_class(self) -> Any:
        """Return the form of the channel."""
        return PhoneForm if self.channel == Channel.PHONE else EmailForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code."""
        address = form.cleaned_data["address"]
        try:
            actions.ask_contact_change(self.request.user, self.channel, address, now=timezone.now())
        except TooSoonError as error:
            form.add_error("address", say_wait(error.seconds))
            return self.form_invalid(form)
        return redirect(self.name("_code"))


class VerifyContactView(ContactPage, PersonalPage, TemplateView):
    """Prove the number or address that stands already."""

    template_name = "accounts/contact_verify.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show where the code will go; nothing to do where there is no address."""
        user: Any = request.user
        if not getattr(user, self.channel.value):
            return redirect(self.name())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the code."""
        user: Any = request.user
        address = getattr(user, self.channel.value)
        if not address:
            return redirect(self.name())
        try:
            actions.ask_contact_change(user, self.channel, address, now=timezone.now())
        except TooSoonError as error:
            messages.warning(request, say_wait(error.seconds))
        return redirect(self.name("_code"))


class ContactCodeView(ContactPage, PersonalPage, FormView):  # type: ignore[type-arg]
    """The code that came."""

    form_class = CodeForm
    template_name = "accounts/contact_code.html"

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Take the code; say when the number or address is shared."""
        user: Any = self.request.user
        try:
            is_held = actions.change_contact(
                user, self.channel, form.cleaned_data["code"], now=timezone.now()
            )
        except CodeError as error:
            form.add_error("code", say_refused(error))
        else:
            self._say(is_held)
            return redirect("personal_details")
        return self.form_invalid(form)

    def _say(self, is_held: bool) -> None:
        if is_held:
            messages.success(self.request, _("Verified. You can sign in with it too."))
            return
        messages.warning(
            self.request,
            _(
                "Verified. Another account signs in with it, so it is shared: messages reach you"
                " there, and you sign in with your user name."
            ),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what is known of the code that was sent."""
        state = describe_codes(self.request.user, PURPOSES[self.channel], now=timezone.now())
        return super().get_context_data(
            state=state,
            sent_to=state.phone or state.email,
            until=format_time(state.expires_at) if state.expires_at else "",
            resend_url=reverse(self.name("_resend")),
            change_url=reverse(self.name()),
            developer_url=developer_messages(),
            **kwargs,
        )


class ResendContactCodeView(ContactPage, PersonalPage, TemplateView):
    """Send another code to where the last one went."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send, or say how long to wait."""
        try:
            actions.resend_contact_code(request.user, self.channel, now=timezone.now())
        except NoContactError:
            return redirect(self.name())
        except TooSoonError as error:
            messages.warning(request, say_wait(error.seconds))
        return redirect(self.name("_code"))


class RemoveContactView(ContactPage, ImportantPage, TemplateView):
    """Take the number or address out."""

    template_name = "accounts/contact_remove.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remove it, or say what must come first."""
        try:
            actions.remove_contact(request.user, self.channel, now=timezone.now())
        except LastContactError:
            messages.warning(request, _("Verify another way to reach you first."))
        else:
            messages.success(request, _("Removed. It was told there."))
        return redirect("personal_details")
