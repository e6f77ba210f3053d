"""Forms of the admin beyond those of pages: shape of the input only."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.models import Locale, Page

from catalogue.models import ProcedurePage
from cms.core.own_references import OwnReferencesMixin
from cms.core.ownership import own
from cms.core.vietnamese import slugify_vi


class LawFilterForm(SearchFilterMixin, BaseFilterForm):
    """Looks for laws by number, as it is written or without its marks, and by words."""

    def filter(self, objects: Any) -> Any:
        """Return the documents that match."""
        query = (self.cleaned_data.get("q") or "").strip()
        if not query:
            return objects
        self.is_searching, self.search_query = True, query
        found = Q(number__icontains=query) | Q(title__icontains=query)
        if folded := slugify_vi(query):
            found |= Q(slug__contains=folded)
        return objects.filter(found)


class OutageNoticeForm(OwnReferencesMixin, WagtailAdminModelForm):
    """A notice about procedures of one's own; about the whole portal for its administrators."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        procedures = ProcedurePage.objects.filter(locale=Locale.get_default())
        if self._is_limited():
            procedures = procedures.filter(pk__in=own(self.for_user, Page).values("pk"))
        self.fields["procedures"].queryset = procedures.order_by("sort_key")

    def clean_procedures(self) -> Any:
        """Demand a procedure of those who do not keep the whole portal."""
        chosen = self.cleaned_data["procedures"]
        if self._is_limited() and not chosen:
            raise ValidationError(_("Choose at least one procedure."))
        return chosen
