"""*Nhận tin* and *Đồng ý*: how news comes, and what the person agrees to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from cms.core.formatting import format_datetime
from services.accounts import actions
from services.accounts.exceptions import LastContactError
from services.accounts.forms import ChannelsForm
from services.accounts.models import Consent
from services.accounts.selectors import list_consents, list_proven_contacts
from services.accounts.states import Channel, ConsentPurpose
from services.accounts.validators import show_phone
from services.accounts.views.frames import PersonalPage


class ChannelsView(PersonalPage, FormView):  # type: ignore[type-arg]
    """Which channels bring news, and in which language."""

    form_class = ChannelsForm
    template_name = "accounts/channels.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the channels that arrive."""
        addresses = {
            channel: show_phone(address) if channel == Channel.PHONE else address
            for channel, address in list_proven_contacts(self.request.user)
        }
        return {**super().get_form_kwargs(), "addresses": addresses}

    def get_initial(self) -> dict[str, Any]:
        """Return what was chosen before."""
        user: Any = self.request.user
        return {
            "phone": user.notify_by_phone,
            "email": user.notify_by_email,
            "language": user.language,
        }

    def form_valid(self, form: ChannelsForm) -> HttpResponse:
        """Keep the choice."""
        language = form.cleaned_data["language"]
        try:
            actions.choose_channels(self.request.user, form.chosen, language=language)
        except LastContactError:
            form.add_error(None, _("Verify another way to reach you first."))
            return self.form_invalid(form)
        messages.success(self.request, _("Your choice is saved."))
        return redirect("personal_channels")


class ConsentsView(PersonalPage, TemplateView):
    """Each use of personal data, since when the person agrees, and the way to change it."""

    template_name = "accounts/consents.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give or withdraw one consent; what is no such thing changes nothing."""
        asked = request.POST.get("purpose", "")
        if asked not in (ConsentPurpose.REUSE, ConsentPurpose.SURVEY):
            return redirect("personal_consents")
        purpose, now = ConsentPurpose(asked), timezone.now()
        if request.POST.get("do") == "give":
            actions.give_consent(request.user, purpose, now=now)
            messages.success(request, _("You agree. You can withdraw at any time."))
        elif request.POST.get("do") == "withdraw":
            actions.withdraw_consent(request.user, purpose, now=now)
            messages.success(request, _("Withdrawn. From now on this use of your data has ended."))
        return redirect("personal_consents")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the purposes in words, each with its history."""
        consents = list_consents(self.request.user)
        rows = [_describe(purpose, consents) for purpose in ConsentPurpose]
        return super().get_context_data(rows=rows, **kwargs)


def _describe(purpose: ConsentPurpose, consents: list[Consent]) -> dict[str, Any]:
    own = [consent for consent in consents if consent.purpose == purpose]
    return {
        "purpose": purpose.value,
        "label": purpose.label,
        "is_given": any(consent.withdrawn_at is None for consent in own),
        "is_needed": purpose == ConsentPurpose.TERMS,
        "history": [
            {
                "given": format_datetime(consent.granted_at),
                "withdrawn": format_datetime(consent.withdrawn_at) if consent.withdrawn_at else "",
                "version": "/".join(reversed(consent.version.split("-"))),  # as dates are written
            }
            for consent in own
        ],
    }
