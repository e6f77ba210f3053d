"""The second step of signing in: codes of an app, or one of the codes kept on paper."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import PortalForm
from services.accounts.forms.fields import attributes


def code_field(**kwargs: Any) -> forms.CharField:
    """Digits, large and apart."""
    widget = forms.TextInput(
        attributes(autocomplete="one-time-code", inputmode="numeric", spellcheck="false")
    )
    widget.attrs["class"] = "govuk-input mc-otp"
    missing = {"required": _("Enter the code that the app shows.")}
    return forms.CharField(max_length=40, widget=widget, error_messages=missing, **kwargs)


class SetUpAppForm(totp_forms.ActivateTOTPForm, PortalForm):
    """The first code of a new app, which shows that it was set up well."""

    code = code_field(label=_("Code that the app shows"))


class RemoveAppForm(totp_forms.DeactivateTOTPForm, PortalForm):
    """Nothing but a button."""


class NewCodesForm(GenerateRecoveryCodesForm, PortalForm):
    """Nothing but a button."""


class SecondStepForm(base_forms.AuthenticateForm, PortalForm):
    """The code of the app, or one from paper, while signing in."""

    code = code_field(label=_("Code of the app or from paper"))


class SecondStepAgainForm(base_forms.ReauthenticateForm, PortalForm):
    """The same, of somebody who is signed in."""

    code = code_field(label=_("Code of the app or from paper"))
