"""Forms about enterprises: add one, invite, change a member, ask to join or dispute."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.forms import PortalForm, Radios
from services.accounts import validators
from services.accounts.forms.addresses import AddressFieldsMixin
from services.accounts.forms.fields import ReadField, attributes
from services.accounts.states import EnterpriseRole, RequestKind

ROLE_HINTS = {
    EnterpriseRole.OWNER.value: _("Acts for the enterprise and decides who else may"),
    EnterpriseRole.STAFF.value: _("Acts for the enterprise"),
}


class EnterpriseForm(AddressFieldsMixin, PortalForm):
    """An enterprise or organisation for which the person acts."""

    tax_code = ReadField(
        label=_("Tax code"),
        reader=validators.clean_tax_code,
        max_length=40,
        help_text=_("10 digits, or 13 for a branch"),
        widget=forms.TextInput(attributes(inputmode="numeric", spellcheck="false")),
    )
    name = ReadField(
        label=_("Name of the enterprise or organisation"),
        reader=validators.clean_line,
        help_text=_("As on the registration certificate"),
        widget=forms.TextInput(attributes(autocomplete="organization")),
    )
    widths = {"tax_code": 20}

    @property
    def address(self) -> dict[str, Any]:
        """Return the address as the action takes it."""
        commune = self.cleaned_data["commune"]
        return {
            "commune_id": commune.code if commune else None,
            "hamlet": self.cleaned_data["hamlet"],
            "street": self.cleaned_data["street"],
        }


class InvitationForm(PortalForm):
    """Whom to invite, and as what."""

    address = forms.CharField(
        label=_("Phone number or e-mail address"),
        max_length=254,
        help_text=_("A link goes there; whoever has no account yet registers first"),
        widget=forms.TextInput(attributes(autocomplete="off", spellcheck="false")),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=EnterpriseRole.choices,
        initial=EnterpriseRole.STAFF,
        widget=Radios(hints=ROLE_HINTS),
    )

    def clean_address(self) -> str:
        """Return a number in E.164 form or an address in lower case."""
        text = validators.clean_line(self.cleaned_data["address"])
        if "@" not in text:
            return validators.clean_phone(text)
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError(gettext("This is not an e-mail address.")) from None
        return text.lower()


class MemberForm(PortalForm):
    """The role of a member."""

    role = forms.ChoiceField(
        label=_("Role"), choices=EnterpriseRole.choices, widget=Radios(hints=ROLE_HINTS)
    )


class RequestForm(PortalForm):
    """What to do about a tax code that somebody has registered.

    Where nobody could let the person join, `has_owners` is false and an officer decides.
    """

    kind = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (RequestKind.JOIN.value, _("Ask to join")),
            (RequestKind.DISPUTE.value, _("Dispute")),
        ],
        widget=Radios(
            hints={
                RequestKind.JOIN.value: _("Those who act for it decide; you are told"),
                RequestKind.DISPUTE.value: _(
                    "Somebody registered it who has no right to it; an officer checks"
                ),
            }
        ),
    )
    text = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2000,
        help_text=_("Needed for a dispute: who you are in the enterprise, and what proves it"),
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, has_owners: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_owners = has_owners
        self.fields["text"].is_needed = True  # type: ignore[attr-defined]
        if not has_owners:
            self.fields["text"].help_text = _("Who you are in the enterprise, and what proves it")

    def clean(self) -> dict[str, Any]:
        """Demand an explanation of a dispute; who chose to join meanwhile reads the page again."""
        data: dict[str, Any] = super().clean() or {}
        if not self.has_owners and data.get("kind") == RequestKind.JOIN:
            self.add_error(None, gettext("Nobody is left who could let you join."))
        data["text"] = (data.get("text") or "").replace("\x00", " ").strip()
        if data.get("kind") == RequestKind.DISPUTE and not data["text"]:
            self.add_error("text", gettext("Explain the dispute, so that an officer can check it."))
        return data
