"""An address of two levels: province and commune, then hamlet, number and street.

What somebody writes as commune may be its name, with or without marks, or that of a former ward or
district. Where that leaves several, the form shows them to choose from and keeps what was typed.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.forms import Radios
from cms.core.models import Province
from cms.core.places import CommuneMatch, find_communes
from services.accounts import validators
from services.accounts.forms.fields import ReadField, attributes

MOST = 8


class AddressFieldsMixin(forms.Form):
    """Fields of an address; cleans to `commune` (a Commune or None), `hamlet` and `street`."""

    province = forms.ModelChoiceField(
        Province.objects.all(),
        label=_("Province or city"),
        required=False,
        empty_label=_("Choose a province or city"),
    )
    commune_text = ReadField(
        label=_("Ward or commune"),
        reader=validators.clean_line,
        required=False,
        max_length=120,
        help_text=_("Its name now; the name of a former ward or district will do as well"),
        widget=forms.TextInput(attributes(autocomplete="address-level2")),
    )
    commune_code = forms.CharField(
        label=_("Which of these is it?"), required=False, max_length=5, widget=Radios()
    )
    hamlet = ReadField(
        label=_("Hamlet, area"), reader=validators.clean_line, required=False, max_length=120
    )
    street = ReadField(
        label=_("Number and street"),
        reader=validators.clean_line,
        required=False,
        max_length=200,
        widget=forms.TextInput(attributes(autocomplete="street-address")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.initial.get("commune_code"):  # chosen before the sign-in
            text = validators.clean_line(str(self.initial.get("commune_text") or "")[:120])
            self._offer(find_communes(text, self.initial.get("province"), limit=MOST))

    def clean(self) -> dict[str, Any]:
        """Find the one commune that is meant, or show which it may be."""
        data: dict[str, Any] = super().clean() or {}
        data["commune"] = None
        text = data.get("commune_text") or ""
        if not text:
            return data
        province = data.get("province")
        found = find_communes(text, province.code if province else None, limit=MOST)
        chosen = [match for match in found if match.commune.code == data.get("commune_code")]
        certain = chosen or _certain(found)
        if chosen and len(found) > 1:
            self._offer(found)  # to be there still when another field is refused
        if certain:
            data["commune"] = certain[0].commune
        elif found:
            self._offer(found)
            self.add_error("commune_code", gettext("Several are called so: choose one."))
        else:
            self.add_error(
                "commune_text",
                gettext("There is no ward or commune of this name. Try a part of it."),
            )
        return data

    def _offer(self, found: list[CommuneMatch]) -> None:
        field = self.fields["commune_code"]
        field.widget = Radios(
            choices=[(match.commune.code, match.label) for match in found],
            hints={match.commune.code: match.explanation for match in found},
        )

    @property
    def offers_communes(self) -> bool:
        """Whether there are several communes to choose from."""
        return bool(self.fields["commune_code"].widget.choices)


def _certain(found: list[CommuneMatch]) -> list[CommuneMatch]:
    """The first match if nothing else fits as well."""
    if len(found) == 1 or (found and (found[0].reason < found[1].reason)):
        return found[:1]
    return []
