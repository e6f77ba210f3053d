"""*Dữ liệu của tôi*: see and download everything that is kept, and delete the account."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from services.accounts import actions
from services.accounts.exceptions import KeptError
from services.accounts.forms import DeleteForm
from services.accounts.selectors import collect_data, judge_deletion
from services.accounts.states import EventKind
from services.accounts.views.frames import ImportantPage, PersonalPage


class OwnDataView(PersonalPage, TemplateView):
    """What is kept, how much of it, and where it is shown."""

    template_name = "accounts/own_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the kinds of data with their pages."""
        data = collect_data(self.request.user)
        parts = (
            (_("Personal details"), "personal_details", None),
            (_("Enterprises"), "enterprises", "enterprises"),
            (_("History of the account"), "personal_history", "events"),
            (_("Who looked at my record"), "personal_views", "views_of_record"),
            (_("Where you are signed in"), "personal_sessions", "sessions"),
            (_("Consents"), "personal_consents", "consents"),
        )
        rows = [
            {"label": label, "url": reverse(name), "count": len(data[key]) if key else ""}
            for label, name, key in parts
        ]
        return super().get_context_data(rows=rows, codes=len(data["codes"]), **kwargs)


class DownloadDataView(ImportantPage, View):
    """Everything as a file; the password is asked once more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the button, once the password was given."""
        return redirect("personal_data")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Hand the file over and note it."""
        user: Any = request.user
        actions.log_event(user, EventKind.DATA_EXPORTED)
        answer = JsonResponse(
            collect_data(user), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
        day = timezone.localdate().isoformat()
        answer["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{day}.json"'
        return answer


@method_decorator(sensitive_post_parameters(), name="dispatch")
class DeleteAccountView(ImportantPage, FormView):  # type: ignore[type-arg]
    """What is erased, what is kept; then the password and a typed word."""

    form_class = DeleteForm
    template_name = "accounts/delete_account.html"

    def asks_to_confirm(self, request: HttpRequest) -> bool:
        """Ask whoever has no password to give in the form."""
        user: Any = request.user
        return not user.has_usable_password() and super().asks_to_confirm(request)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Stop whoever guesses the password in an open session."""
        if not ratelimit.consume(
            request, app="allauth.account", action="reauthenticate", user=request.user
        ):
            return ratelimit.respond_429(request)
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return whose password it is."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: DeleteForm) -> HttpResponse:
        """Delete, sign out, say goodbye."""
        try:
            actions.delete_account(self.request.user, now=timezone.now())
        except KeptError:  # the page says why
            return self.form_invalid(form)
        logout(self.request)
        return redirect("account_deleted")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what stands against it, what is kept, and the word to type."""
        user: Any = self.request.user
        retention = judge_deletion(user)
        return super().get_context_data(
            refusals=retention.refusals,
            kept=retention.kept,
            word=DeleteForm.asked_word(),
            **kwargs,
        )


class DeletedView(TemplateView):
    """Goodbye."""

    template_name = "accounts/deleted.html"
    extra_context = {"robots": "noindex", "breadcrumbs": []}
