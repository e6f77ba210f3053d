"""Screens of the admin for what is not a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from catalogue.forms import LawFilterForm, OutageNoticeForm
from catalogue.models import LegalDocument, OutageNotice
from cms.core.viewsets import ScopedViewSetMixin


class OutageViewSet(ScopedViewSetMixin, SnippetViewSet):
    """Outage notices, scoped to the procedures that one keeps."""

    model = OutageNotice
    icon = "warning"
    menu_label = _("Outage notices")
    list_display = ["headline", "starts_at", "ends_at"]
    edit_handler = ObjectList(OutageNotice.panels, base_form_class=OutageNoticeForm)


class LawColumns:
    """The chooser of laws looks for numbers and words, and shows what each is about."""

    filter_form_class = LawFilterForm

    @property
    def columns(self) -> list[Column]:
        """Number and abstract."""
        found: Any = super().columns  # type: ignore[misc]
        return [*found, Column("abstract", label=_("Abstract"), accessor="title")]


class ChooseLawView(LawColumns, ChooseView):
    """The chooser."""


class ChooseLawResultsView(LawColumns, ChooseResultsView):
    """Its list alone."""


class LawChooserViewSet(SnippetChooserViewSet):
    """The chooser of laws."""

    choose_view_class = ChooseLawView
    choose_results_view_class = ChooseLawResultsView


class LegalDocumentViewSet(SnippetViewSet):
    """Laws and other documents that procedures cite."""

    model = LegalDocument
    icon = "doc-full"
    list_display = ["number", "title", "issued_date"]
    search_fields = ["number", "title"]
    chooser_viewset_class = LawChooserViewSet
