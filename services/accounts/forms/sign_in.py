"""Signing in, and confirming the password before something important."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core.forms import PortalForm
from services.accounts.forms.fields import attributes, password_field


class SignInForm(LoginForm, PortalForm):
    """User name, phone or e-mail, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": forms.CharField(
                label=pgettext_lazy("account", "User name"),
                help_text=_("Your phone number or e-mail address will do as well."),
                max_length=254,
                widget=forms.TextInput(
                    attributes(autocomplete="username", autocapitalize="none", spellcheck="false")
                ),
            ),
            "password": password_field(autocomplete="current-password"),
        }
        self.dress()

    def clean(self) -> dict[str, Any]:
        """Say beside the password what is wrong, alike for an unknown name and a wrong password."""
        try:
            super().clean()
        except ValidationError as error:
            self.add_error("password", error)
        return self.cleaned_data


class ConfirmPasswordForm(ReauthenticateForm, PortalForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(
            label=_("Current password"), autocomplete="current-password"
        )
        self.dress()
