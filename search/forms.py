"""Forms of the search desk."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

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
