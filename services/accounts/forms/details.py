"""What a person changes on their own page: details, password, phone number, e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.forms import PortalForm
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
from services.accounts.models import Person

VERIFIED = ("full_name", "identity_number", "date_of_birth")


class DetailsForm(AddressFieldsMixin, PortalForm):
    """Who the person is. What was verified is not asked for."""

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
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)
    widths = {"identity_number": 20, "date_of_birth": 10}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        if person.is_verified:
            for name in VERIFIED:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Leave an address alone that was not touched, even where its name fits several."""
        data = super().clean()
        touched = {"commune_text", "province", "commune_code"} & set(self.changed_data)
        if self.person.commune_id and not touched:
            data["commune"] = self.person.commune
            for name in ("commune_text", "commune_code"):
                self.errors.pop(name, None)
        return data


class FirstPasswordForm(PortalForm):
    """A password, twice."""

    password = password_field(
        label=_("New password"),
        help_text=_(
            "At least 10 characters. A short sentence that you remember is best; pasting from a"
            " password manager works too."
        ),
    )
    password_again = password_field(label=_("New password again"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Judge the password, and that it was typed alike twice."""
        data: dict[str, Any] = super().clean() or {}
        password, again = data.get("password"), data.get("password_again")
        if password:
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
        if password and again and password != again:
            self.add_error("password_again", gettext("The two passwords are not alike."))
        return data


class PasswordForm(FirstPasswordForm):
    """The password now, and a new one twice."""

    password_now = password_field(label=_("Current password"), autocomplete="current-password")
    field_order = ("password_now", "password", "password_again")

    def clean_password_now(self) -> str:
        """Check the password."""
        now = str(self.cleaned_data["password_now"])
        if not self.user.check_password(now):
            raise ValidationError(gettext("This is not your password."))
        return now


class PhoneForm(PortalForm):
    """A new phone number."""

    address = phone_field(label=_("New phone number"))
    widths = {"address": 20}


class EmailForm(PortalForm):
    """A new e-mail address."""

    address = email_field(label=_("New e-mail address"))

    def clean_address(self) -> str:
        """Return the address in lower case."""
        return str(self.cleaned_data["address"]).lower()


class CodeForm(PortalForm):
    """The code that came to a new phone number or e-mail address."""

    code = forms.CharField(
        label=_("Code of 6 digits (OTP)"),
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
