"""Asking for a new password, and setting one with the code that came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.core.captcha.forms import CaptchaMixin
from cms.core.forms import PortalForm
from services.accounts.forms.fields import ReadField, attributes, password_field
from services.accounts.validators import clean_line


class ForgottenPasswordForm(CaptchaMixin, PortalForm):
    """Whose password was forgotten."""

    login = ReadField(
        reader=clean_line,
        label=pgettext_lazy("account", "User name"),
        help_text=_("Your phone number or e-mail address will do as well."),
        max_length=254,
        widget=forms.TextInput(
            attributes(autocomplete="username", autocapitalize="none", spellcheck="false")
        ),
    )


class NewPasswordForm(PortalForm):
    """The code and the new password, twice. It is judged without knowing whose it is."""

    code = forms.CharField(
        label=_("Code of 6 digits (OTP)"),
        max_length=40,
        widget=forms.TextInput(
            attributes(autocomplete="one-time-code", inputmode="numeric", spellcheck="false")
        ),
        error_messages={"required": _("Enter the code that was sent to you.")},
    )
    password = password_field(
        label=_("New password"),
        help_text=_(
            "At least 10 characters. A short sentence that you remember is best; pasting from a"
            " password manager works too."
        ),
    )
    password_again = password_field(label=_("New password again"))

    def __init__(self, *args: Any, login: str, **kwargs: Any) -> None:
        self.login = login
        super().__init__(*args, **kwargs)

    def dress(self) -> None:
        """Show the digits large and apart."""
        self.fields["code"].widget.attrs["class"] = "govuk-input mc-otp"
        super().dress()

    def clean(self) -> dict[str, Any]:
        """Judge the password, and that it was typed alike twice."""
        data: dict[str, Any] = super().clean() or {}
        password, again = data.get("password"), data.get("password_again")
        if password:
            try:
                validate_password(password, get_user_model()(username=self.login))
            except ValidationError as error:
                self.add_error("password", error)
        if password and again and password != again:
            self.add_error("password_again", gettext("The two passwords are not alike."))
        return data
