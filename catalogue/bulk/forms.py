"""The forms of a bulk change: which procedures, which change, which result. Clean only.

`values` of a change form are JSON: ids with the names that they had, amounts as digits.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail.snippets.widgets import AdminSnippetChooser

from catalogue.bulk.permissions import editable_agencies
from catalogue.bulk.selection import Criteria
from catalogue.choices import Method, TimeUnit
from catalogue.models import (
    AgencyPage,
    ChangeKind,
    ChangeMode,
    LegalDocument,
    OutageNotice,
    Sector,
)
from catalogue.permissions import outages_kept_by

MAX_AMOUNT = 10**12
EVERY = [("", _("every way of filing"))]


class AgencyChoice(forms.ModelChoiceField[AgencyPage]):
    """Agencies and units, units set in below their agency."""

    def label_from_instance(self, agency: Any) -> str:
        """The title behind its depth."""
        return "— " * max(0, agency.depth - 4) + agency.title


class FilterForm(forms.Form):
    """Narrows the list of procedures; nothing is required."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=200)
    agency = AgencyChoice(None, label=_("Agency or unit"), required=False, empty_label=_("all"))
    sector = forms.ModelChoiceField(
        Sector.objects.none(), label=_("Sector"), required=False, empty_label=_("all")
    )
    law = forms.CharField(
        label=_("Legal basis, its number or a part of it"), required=False, max_length=120
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = editable_agencies(user)  # type: ignore[attr-defined]
        self.fields["sector"].queryset = _sectors()  # type: ignore[attr-defined]

    def criteria(self) -> Criteria:
        """What the reader looks for; a mistyped value asks for nothing."""
        self.is_valid()
        data = self.cleaned_data
        return Criteria(
            agency=data.get("agency"),
            sector=data.get("sector"),
            text=data.get("q", ""),
            law=data.get("law", ""),
        )


def _sectors() -> Any:
    return Sector.objects.filter(locale=Locale.get_default())


class MoneyField(forms.CharField):
    """An amount in đồng as people write it: 30.000, 30000, 30.000 đồng. Zero means free."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("In đồng; 0 means free of charge."))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the digits."""
        text = re.sub(r"(?:đồng|vnđ|vnd|đ)\.?$", "", super().clean(value).strip().lower()).strip()
        if not re.fullmatch(r"\d{1,3}(?:[., ]\d{3})+|\d+", text):
            raise ValidationError(_("Give an amount in đồng, for example 30.000."))
        number = int(re.sub(r"\D", "", text))
        if number > MAX_AMOUNT:
            raise ValidationError(_("This amount is too large."))
        return str(number)


class ChangeForm(forms.Form):
    """One kind of change."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Refuse a change that changes nothing."""
        data: dict[str, Any] = super().clean() or {}
        old = (data.get("old"), data.get("old_unit"))
        if data.get("old") is not None and old == (data.get("new"), data.get("new_unit")):
            raise ValidationError(_("Old and new are the same."))
        return data

    def values(self) -> dict[str, Any]:
        """The cleaned values as JSON."""
        return dict(self.cleaned_data)


def _method() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Way of filing"), required=False, choices=[*EVERY, *Method.choices]
    )


class FeeReplaceForm(ChangeForm):
    """A fee of this amount becomes one of that amount."""

    old = MoneyField(label=_("Old amount"))
    new = MoneyField(label=_("New amount"))
    method = _method()


class FeeSetForm(ChangeForm):
    """The fee, whatever it was."""

    new = MoneyField(label=_("New amount"))
    method = _method()


class TimeReplaceForm(ChangeForm):
    """A processing time becomes another."""

    old = forms.DecimalField(label=_("Old time"), min_value=0, max_digits=7, decimal_places=2)
    old_unit = forms.ChoiceField(
        label=_("Unit of the old time"),
        choices=TimeUnit.choices,
        initial=TimeUnit.WORKING_DAY,
    )
    new = forms.DecimalField(label=_("New time"), min_value=0, max_digits=6, decimal_places=2)
    new_unit = forms.ChoiceField(
        label=_("Unit of the new time"),
        choices=TimeUnit.choices,
        initial=TimeUnit.WORKING_DAY,
    )
    method = _method()

    def values(self) -> dict[str, Any]:
        """The times as text."""
        found = super().values()
        return found | {"old": str(found["old"]), "new": str(found["new"])}


class LawReplaceForm(ChangeForm):
    """A legal basis becomes another."""

    old = forms.ModelChoiceField(
        LegalDocument.objects.all(),
        label=_("Legal basis to be replaced"),
        widget=AdminSnippetChooser(LegalDocument),
    )
    new = forms.ModelChoiceField(
        LegalDocument.objects.all(),
        label=_("New legal basis"),
        widget=AdminSnippetChooser(LegalDocument),
    )

    def values(self) -> dict[str, Any]:
        """Ids and numbers of both documents."""
        old, new = self.cleaned_data["old"], self.cleaned_data["new"]
        return {"old": old.pk, "old_name": old.number, "new": new.pk, "new_name": new.number}


class SectorForm(ChangeForm):
    """A sector that comes or goes."""

    sector = forms.ModelChoiceField(Sector.objects.none(), label=_("Sector"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = _sectors()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Id and name of the sector."""
        sector = self.cleaned_data["sector"]
        return {"sector": sector.pk, "sector_name": sector.name}


class OutageForm(ChangeForm):
    """A notice about single procedures: one about the whole portal would be narrowed by it."""

    notice = forms.ModelChoiceField(
        OutageNotice.objects.none(),
        label=_("Outage notice"),
        help_text=_("Make the notice first, with one of the procedures. It shows at once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = outages_kept_by(self.user).filter(ends_at__gt=timezone.now())
        field: Any = self.fields["notice"]
        field.queryset = own.exclude(procedures=None).distinct()

    def values(self) -> dict[str, Any]:
        """Id and headline of the notice."""
        notice = self.cleaned_data["notice"]
        return {"notice": notice.pk, "notice_name": notice.headline}


FORMS: dict[str, type[ChangeForm]] = {
    ChangeKind.FEE_REPLACE: FeeReplaceForm,
    ChangeKind.FEE_SET: FeeSetForm,
    ChangeKind.TIME_REPLACE: TimeReplaceForm,
    ChangeKind.LAW_REPLACE: LawReplaceForm,
    ChangeKind.SECTOR_ADD: SectorForm,
    ChangeKind.SECTOR_REMOVE: SectorForm,
    ChangeKind.OUTAGE: OutageForm,
}


class DecisionForm(forms.Form):
    """What becomes of the pages: drafts, approval, or publication by those who may."""

    mode = forms.ChoiceField(label=_("Result"), choices=ChangeMode.choices)

    def __init__(self, *args: Any, modes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mode"]
        field.choices = [pair for pair in ChangeMode.choices if pair[0] in modes]
