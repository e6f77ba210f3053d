"""Forms of the search desk."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from search.log.figures import Listing
from search.models.curation import LONGEST


class TryForm(forms.Form):
    """A query to try out."""

    q = forms.CharField(label=_("Query"), max_length=LONGEST)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        required=False,
        initial=settings.LANGUAGE_CODE,
    )

    def clean_language(self) -> str:
        """Return the language, Vietnamese when none was chosen."""
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE


DAYS = (7, 30, 90)


class PeriodForm(forms.Form):
    """Which list of queries, over how many days, in which language; odd values mean the usual."""

    days = forms.TypedChoiceField(
        label=_("Period"),
        choices=[(7, _("Last 7 days")), (30, _("Last 30 days")), (90, _("Last 90 days"))],
        coerce=int,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Both languages")), *settings.LANGUAGES],
        required=False,
    )
    list = forms.ChoiceField(
        choices=[(code.value, code.value) for code in Listing],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, given: QueryDict) -> None:
        usual = {"days": str(DAYS[1]), "language": "", "list": Listing.POPULAR.value}
        super().__init__({name: given.get(name) or value for name, value in usual.items()})

    def choices(self) -> tuple[Listing, int, str]:
        """Return the list, the days and the language ("" for both)."""
        self.full_clean()
        data = self.cleaned_data
        return (
            Listing(data.get("list") or Listing.POPULAR),
            data.get("days") or DAYS[1],
            data.get("language") or "",
        )
