"""Registering, entering the activation code, and putting a mistyped contact right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.core.captcha.challenges import was_consumed
from cms.core.captcha.forms import CaptchaMixin
from cms.core.forms import PortalForm, Radios
from services.accounts import validators
from services.accounts.forms.addresses import AddressFieldsMixin
from services.accounts.forms.fields import (
    DayField,
    ReadField,
    attributes,
    email_field,
    password_field,
    phone_field,
)
from services.accounts.selectors import find_resumable
from services.accounts.states import AccountKind, ConsentPurpose

format_lazily = lazy(format_html, str)


class ContactsMixin(forms.Form):
    """A phone number or an e-mail address, or both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("phone", "email"):  # one of them is needed
            self.fields[name].is_needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand one way to reach the person."""
        data: dict[str, Any] = super().clean() or {}
        asked = {"phone", "email"}
        if not asked & self.errors.keys() and not (data.get("phone") or data.get("email")):
            text = gettext(
                "Give a mobile number or an e-mail address: the activation code goes there."
            )
            self.add_error("phone", text)
        data["email"] = (data.get("email") or "").lower()
        return data


class RegistrationForm(AddressFieldsMixin, ContactsMixin, CaptchaMixin, PortalForm):
    """A citizen, or somebody for an enterprise or organisation.

    A name that is taken is an error, unless this very person was interrupted (`resumed`).
    """

    kind = forms.ChoiceField(
        label=_("For whom do you register?"),
        choices=AccountKind.choices,
        widget=Radios(
            hints={AccountKind.ENTERPRISE.value: _("Needs the tax code and a representative")}
        ),
    )
    tax_code = ReadField(
        label=_("Tax code"),
        reader=validators.clean_tax_code,
        required=False,
        max_length=40,
        help_text=_("10 digits, or 13 for a branch"),
        widget=forms.TextInput(attributes(inputmode="numeric", spellcheck="false")),
    )
    enterprise_name = ReadField(
        label=_("Name of the enterprise or organisation"),
        reader=validators.clean_line,
        required=False,
        help_text=_("As on the registration certificate"),
        widget=forms.TextInput(attributes(autocomplete="organization")),
    )
    full_name = ReadField(
        label=_("Full name"),
        reader=validators.clean_person_name,
        max_length=validators.LONGEST_NAME,
        help_text=_("With marks, as on the identity card"),
        widget=forms.TextInput(attributes(autocomplete="name")),
    )
    identity_number = ReadField(
        label=_("Identity number"),
        reader=validators.clean_identity_number,
        required=False,
        max_length=40,
        help_text=_("12 digits on the identity card"),
        widget=forms.TextInput(attributes(inputmode="numeric", spellcheck="false")),
    )
    date_of_birth = DayField(
        label=_("Date of birth"), required=False, help_text=_("Day/month/year")
    )
    phone = phone_field(
        required=False, help_text=_("Receives the activation code and news of your dossiers")
    )
    email = email_field(required=False, help_text=_("Without a mobile number, the code comes here"))
    username = ReadField(
        label=pgettext_lazy("account", "User name"),
        reader=validators.clean_username,
        max_length=150,
        help_text=_("A name that you remember, without marks or spaces; your phone number will do"),
        widget=forms.TextInput(
            attributes(autocomplete="username", autocapitalize="none", spellcheck="false")
        ),
    )
    password = password_field(
        help_text=_(
            "At least 10 characters. A short sentence that you remember is best; pasting from a"
            " password manager works too."
        )
    )
    terms = forms.BooleanField(
        label=_("I agree that the portal keeps an account with these data for public services"),
        error_messages={"required": _("Without this agreement there can be no account.")},
    )
    reuse = forms.BooleanField(
        label=_("Fill in my details in forms for me"),
        help_text=_("Your choice; can be withdrawn at any time."),
        required=False,
    )

    widths = {
        "tax_code": 20,
        "identity_number": 20,
        "date_of_birth": 10,
        "phone": 20,
        "username": 20,
    }
    FOR_CITIZENS = ("identity_number", "date_of_birth")
    FOR_ENTERPRISES = ("tax_code", "enterprise_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resumed: Any | None = None
        for name in (*self.FOR_CITIZENS, *self.FOR_ENTERPRISES):
            self.fields[name].is_needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand what the chosen kind needs, and a password that is hard to guess."""
        data = super().clean()
        is_enterprise = data.get("kind") == AccountKind.ENTERPRISE
        texts = {
            "tax_code": gettext("Enter the tax code."),
            "enterprise_name": gettext("Enter the name of the enterprise or organisation."),
            "identity_number": gettext("Enter the identity number."),
            "date_of_birth": gettext("Enter the date of birth."),
        }
        needed = self.FOR_ENTERPRISES if is_enterprise else self.FOR_CITIZENS
        for name in needed:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, texts[name])
        if not is_enterprise:  # what was typed before the choice was changed counts nothing
            for name in self.FOR_ENTERPRISES:
                self.errors.pop(name, None)
                data[name] = ""
        self._judge_password(data)
        return data

    def _judge_password(self, data: dict[str, Any]) -> None:
        password, username = data.get("password"), data.get("username")
        if password:
            person = get_user_model()(
                username=username or "",
                full_name=data.get("full_name") or "",
                email=data.get("email") or "",
            )
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        if self._is_foreign_number(data):
            text = gettext(
                "A user name that is a phone number must be the one that you give as yours. Enter"
                " that one, or choose another name."
            )
            self.add_error("username", text)
        elif username and get_user_model()._default_manager.filter(username=username).exists():
            self.resumed = find_resumable(username, password or "")
            if self.resumed is None:
                self.say_taken()
            elif was_consumed(data.get("captcha_token", "")):  # the same form, sent twice
                self.errors.pop("captcha", None)

    def _is_foreign_number(self, data: dict[str, Any]) -> bool:
        number = validators.read_mobile(data.get("username") or "")
        return bool(number) and "phone" not in self.errors and number != data.get("phone")

    def say_taken(self) -> None:
        """Say beside the field that somebody has this user name."""
        self.add_error("username", gettext("Somebody has this user name. Choose another one."))

    @property
    def consents(self) -> tuple[ConsentPurpose, ...]:
        """What was agreed to."""
        chosen = (ConsentPurpose.TERMS, ConsentPurpose.REUSE)
        return tuple(purpose for purpose in chosen if self.cleaned_data.get(purpose.value))


class ActivationForm(PortalForm):
    """The code that came by phone or e-mail."""

    code = forms.CharField(
        label=_("Activation code (OTP)"),
        max_length=40,
        widget=forms.TextInput(
            attributes(autocomplete="one-time-code", inputmode="numeric", spellcheck="false")
        ),
        error_messages={"required": _("Enter the code that was sent to you.")},
    )

    def dress(self) -> None:
        """Show the digits large and apart."""
        self.fields["code"].widget.attrs["class"] = "govuk-input mc-otp"
        super().dress()


class ContactsForm(ContactsMixin, PortalForm):
    """Another phone number or e-mail address for the activation code."""

    phone = phone_field(required=False)
    email = email_field(required=False)
    widths = {"phone": 20}
