"""Linking the national e-identity by the account's own name and password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from cms.core.forms import PortalForm
from services.accounts.forms.fields import attributes, password_field


class NationalLinkForm(PortalForm):
    """User name and password of the account to link."""

    username = forms.CharField(
        label=pgettext_lazy("account", "User name"),
        max_length=254,
        widget=forms.TextInput(
            attributes(autocomplete="username", autocapitalize="none", spellcheck="false")
        ),
    )
    password = password_field(autocomplete="current-password")
    widths = {"username": 20}

    def authenticate(self, request: HttpRequest) -> Any | None:
        """Return the account, None for a wrong name or password or too many attempts."""
        data = self.cleaned_data
        try:
            return get_adapter().authenticate(
                request, username=data["username"], password=data["password"]
            )
        except ValidationError:
            return None
