"""Which fields of each form are kept over the sign-in."""

from __future__ import annotations

from cms.core.forms import PortalForm
from services.accounts import forms
from services.accounts.views.kept import list_keepable

KEEPABLE = {
    "ChannelsForm": "email language phone",
    "ContactsForm": "email phone",
    "DeleteForm": "word",
    "DetailsForm": "commune_code commune_text date_of_birth full_name hamlet identity_number"
    " language province street",
    "EmailForm": "address",
    "EnterpriseForm": "commune_code commune_text hamlet name province street tax_code",
    "ForgottenPasswordForm": "login",
    "InvitationForm": "address role",
    "MemberForm": "role",
    "NationalLinkForm": "username",
    "PhoneForm": "address",
    "RegistrationForm": "commune_code commune_text date_of_birth email enterprise_name full_name"
    " hamlet identity_number kind phone province reuse street tax_code terms username",
    "RequestForm": "kind text",
    "SignInForm": "remember",
}  # fmt: skip


def test_no_form_gives_its_secrets_away() -> None:
    """Every form of citizens by name: whoever adds a field sees here whether it is kept."""
    found = {
        name: " ".join(sorted(list_keepable(getattr(forms, name))))
        for name in forms.__all__
        if issubclass(getattr(forms, name), PortalForm)
    }
    assert {name: fields for name, fields in found.items() if fields} == KEEPABLE
