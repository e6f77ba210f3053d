"""Forms of the members' screen: shape of the input only.

They offer the agencies that the actor administers, and find a person by their exact name, so
that nobody can leaf through the accounts of others.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from services.accounts.models import AgencyMembership
from services.accounts.permissions import administered_agencies
from services.accounts.selectors import find_person

NEW_PERSON = ("username", "last_name", "first_name", "email")


class AddMemberForm(WagtailAdminModelForm):
    """An existing account by name, or the data of a new one; an agency and a role."""

    account = forms.CharField(
        label=_("existing account"),
        required=False,
        max_length=254,
        help_text=_("The exact user name or e-mail. Leave it empty to make a new account."),
    )
    username = forms.CharField(
        label=_("user name of a new account"),
        required=False,
        max_length=150,
        validators=[get_user_model().username_validator],
    )
    last_name = forms.CharField(label=_("family and middle name"), required=False, max_length=150)
    first_name = forms.CharField(label=_("given name"), required=False, max_length=150)
    email = forms.EmailField(label=_("e-mail"), required=False)

    field_order = ["agency", "role", "account", *NEW_PERSON]

    class Meta(WagtailAdminModelForm.Meta):
        model = AgencyMembership
        fields = ["agency", "role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = administered_agencies(self.for_user).order_by("path")
        self.fields["agency"] = forms.ModelChoiceField(agencies, label=_("agency"))
        self.order_fields(self.field_order)
        if not self.is_bound and len(found := list(agencies[:2])) == 1:
            self.initial["agency"] = found[0].pk

    def clean_username(self) -> str:
        """Refuse a name that somebody has."""
        name: str = self.cleaned_data["username"]
        if name and get_user_model()._default_manager.filter(username__iexact=name).exists():
            raise ValidationError(_("This user name is taken."))
        return name

    def clean(self) -> dict[str, Any]:
        """Demand an existing account or a whole new one, and not both."""
        data: dict[str, Any] = super().clean()
        account, username = data.get("account"), data.get("username")
        if account and username:
            raise ValidationError(_("Name an existing account or a new one, not both."))
        if not account and not username and "username" not in self.errors:
            raise ValidationError(_("Name an existing account or make a new one."))
        if account:
            self.instance.user = data["person"] = find_person(account)
            if data["person"] is None:
                raise ValidationError({"account": _("There is no account of this name.")})
        else:
            for name in ("last_name", "first_name"):
                if not data.get(name):
                    self.add_error(name, _("Give the name of the person."))
        return data

    @property
    def new_person(self) -> dict[str, str]:
        """The data of the account to make."""
        return {name: self.cleaned_data[name] for name in NEW_PERSON}


class ChangeRoleForm(WagtailAdminModelForm):
    """Another role for a member; person and agency stay."""

    class Meta(WagtailAdminModelForm.Meta):
        model = AgencyMembership
        fields = ["role"]
