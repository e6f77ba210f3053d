"""*Thông tin cá nhân*: who the person is, their contacts, and another password."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from cms.core.formatting import format_date
from services.accounts import actions
from services.accounts.forms import DetailsForm, FirstPasswordForm, PasswordForm
from services.accounts.models import Person
from services.accounts.selectors import find_details, list_proven_contacts
from services.accounts.validators import disagrees_with_birth, show_phone
from services.accounts.views.frames import ImportantPage, PersonalPage


@method_decorator(sensitive_post_parameters(), name="dispatch")
class DetailsView(PersonalPage, FormView):  # type: ignore[type-arg]
    """All details, and the form for another password, as the citizens' guide has it."""

    form_class = PasswordForm
    template_name = "accounts/personal_details.html"

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

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        """Change the password; this session goes on under a new key, others end."""
        _store_password(self.request, form.cleaned_data["password"])
        messages.success(
            self.request, _("Your password is changed. You are signed out on other devices.")
        )
        return redirect("personal_details")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the details as rows."""
        user: Any = self.request.user
        person = find_details(user)
        contacts = _contacts(user)
        return super().get_context_data(
            person=person,
            has_password=user.has_usable_password(),
            gets_codes=any(row["is_proven"] for row in contacts),
            rows=_rows(user, person),
            contacts=contacts,
            disagrees=disagrees_with_birth(person.identity_number, person.date_of_birth),
            **kwargs,
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class FirstPasswordView(ImportantPage, FormView):  # type: ignore[type-arg]
    """A password for an account that was made without one, by the national sign-on."""

    form_class = FirstPasswordForm
    template_name = "accounts/first_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead whoever has a password to the form that changes it."""
        if request.user.is_authenticated and request.user.has_usable_password():
            return redirect("personal_details")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return whose password it is."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: FirstPasswordForm) -> HttpResponse:
        """Set it; this session goes on."""
        _store_password(self.request, form.cleaned_data["password"])
        messages.success(
            self.request, _("Your password is set. You can sign in with your user name too.")
        )
        return redirect("personal_details")


def _store_password(request: HttpRequest, password: str) -> None:
    """Keep the password; this session goes on under a new key, others end."""
    user: Any = request.user
    key = request.session.session_key
    actions.change_password(user, password, now=timezone.now(), keep=key)
    user.refresh_from_db()
    update_session_auth_hash(request, user)
    UserSession.objects.filter(user=user, session_key=key).delete()
    UserSession.objects.create_from_request(request)


class ChangeDetailsView(PersonalPage, FormView):  # type: ignore[type-arg]
    """Change what was told and is not verified."""

    form_class = DetailsForm
    template_name = "accounts/personal_details_change.html"

    @cached_property
    def person(self) -> Person:
        """Who it is, as told until now."""
        return find_details(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who it is."""
        return {**super().get_form_kwargs(), "person": self.person}

    def get_initial(self) -> dict[str, Any]:
        """Return what was told before."""
        user: Any = self.request.user
        person = self.person
        commune = person.commune
        return {
            "full_name": user.full_name,
            "identity_number": person.identity_number,
            "date_of_birth": format_date(person.date_of_birth) if person.date_of_birth else "",
            "province": commune.province_id if commune else None,
            "commune_text": commune.name if commune else "",
            "hamlet": person.hamlet,
            "street": person.street,
            "language": user.language,
        }

    def form_valid(self, form: DetailsForm) -> HttpResponse:
        """Keep what changed."""
        user: Any = self.request.user
        data = form.cleaned_data
        commune = data["commune"]
        given = actions.Details(
            full_name=data.get("full_name", user.full_name),
            identity_number=data.get("identity_number", self.person.identity_number),
            date_of_birth=data.get("date_of_birth", self.person.date_of_birth),
            commune_id=commune.code if commune else None,
            hamlet=data["hamlet"],
            street=data["street"],
            language=data["language"],
        )
        if actions.change_details(user, given):
            messages.success(self.request, _("Your details are saved."))
        return redirect("personal_details")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form."""
        return super().get_context_data(person=self.person, **kwargs)


NO_LINK = {"lang": "", "url": "", "action_url": ""}


def _rows(user: Any, person: Person) -> list[dict[str, Any]]:
    place = [person.street, person.hamlet]
    if person.commune:
        place += [person.commune.name, person.commune.province.name]
    born = format_date(person.date_of_birth) if person.date_of_birth else ""
    number = person.identity_number
    if number:
        state = _("verified") if person.is_verified else _("told by you, not verified")
        number = f"{number} ({state})"
    facts = [
        (pgettext("account", "User name"), user.username),
        (_("Full name"), user.get_full_name()),
        (_("Identity number"), number),
        (_("Date of birth"), born),
        (_("Address"), ", ".join(part for part in place if part)),
        (_("Language of messages"), user.get_language_display()),
    ]
    return [
        {"key": key, "value": value or _("not told"), **NO_LINK, "unknown": not value}
        for key, value in facts
    ]


def _contacts(user: Any) -> list[dict[str, Any]]:
    proven = [channel.value for channel, _address in list_proven_contacts(user)]
    rows = []
    for name, label in (("phone", _("Phone number")), ("email", _("E-mail address"))):
        address = getattr(user, name) or ""
        rows.append(
            {
                "label": label,
                "address": show_phone(address) if name == "phone" and address else address,
                "is_proven": name in proven,
                "is_shared": name in proven and not getattr(user, f"{name}_verified"),
                "can_remove": bool(address) and any(other != name for other in proven),
                "change_url": reverse(f"personal_{name}"),
                "verify_url": reverse(f"personal_{name}_verify"),
                "remove_url": reverse(f"personal_{name}_remove"),
            }
        )
    return rows
