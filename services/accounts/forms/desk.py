"""Forms of the counter: what to look for and why, a number from a card, a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import name_missing
from services.accounts import validators
from services.accounts.forms.fields import ReadField, attributes

LONGEST_REASON = 300


class DeskForm(forms.Form):
    """A form of the counter: a field that was left empty says which it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_missing(field)


class FindForm(DeskForm):
    """An exact number or name, and the reason, which the person will read."""

    text = ReadField(
        reader=validators.clean_line,
        label=_("Identity number, phone number, user name or tax code"),
        help_text=_("The whole number or name: parts of it find nobody."),
        max_length=60,
        widget=forms.TextInput(attributes(autocomplete="off", spellcheck="false")),
    )
    reason = ReadField(
        reader=validators.clean_line,
        label=_("Reason"),
        help_text=_("The person reads it, with your name and your agency."),
        min_length=5,
        max_length=LONGEST_REASON,
    )


class CardForm(DeskForm):
    """The identity number as it stands on the card."""

    number = ReadField(
        reader=validators.clean_identity_number,
        label=_("Identity number on the card"),
        help_text=_("Type it from the card that the person shows you."),
        max_length=40,
        widget=forms.TextInput(attributes(autocomplete="off", inputmode="numeric")),
    )
    seen = forms.BooleanField(label=_("The person stands before me and the card is theirs."))


class CertificateForm(DeskForm):
    """The tax code as it stands on the certificate of registration."""

    number = ReadField(
        reader=validators.clean_tax_code,
        label=_("Tax code on the certificate"),
        help_text=_("Type it from the certificate of registration."),
        max_length=40,
        widget=forms.TextInput(attributes(autocomplete="off", inputmode="numeric")),
    )
    seen = forms.BooleanField(label=_("I have seen the certificate of registration."))


class DecisionForm(DeskForm):
    """Whose enterprise it is, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("transfer", _("Give the enterprise to the person who complains")),
            ("decline", _("Leave everything as it is")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason of the decision"),
        help_text=_("Both sides read it."),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attributes(rows="3")),
    )

    def clean_reason(self) -> str:
        """Return the reason without characters that show nothing."""
        return validators.clean_line(self.cleaned_data["reason"])
