"""The report of translations: what of one's own pages citizens cannot read in English, or not as
it is now. Each row leads to the translation package's view of both languages side by side.
"""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from catalogue.choices import TranslationState
from catalogue.models import AgencyPage
from catalogue.selectors.translations import ENGLISH, list_translations, translated_roots

OPEN = [state for state in TranslationState if state != TranslationState.DONE]


def agencies_to_translate(request: HttpRequest | None) -> QuerySet[AgencyPage]:
    """Return the agencies whose pages the user may translate, to choose one of them."""
    agencies = AgencyPage.objects.order_by("sort_key")
    if request is None:
        return agencies.none()
    found = list_translations(request.user).order_by()
    return agencies.filter(pk__in=found.values("pk"))


class TranslationFilterSet(WagtailFilterSet):
    """By agency with its units, by state."""

    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"), queryset=agencies_to_translate, method="filter_agency"
    )
    state = django_filters.ChoiceFilter(
        label=_("State of the English"), choices=TranslationState.choices, method="filter_state"
    )

    class Meta:
        model = Page
        fields = ["agency", "state"]

    def filter_agency(self, found: Any, name: str, agency: AgencyPage) -> Any:
        """Keep the agency and what lies below it."""
        return found.filter(path__startswith=agency.path)

    def filter_state(self, found: Any, name: str, state: str) -> Any:
        """Keep the pages of one state."""
        return found.filter(state=state)


def work_address(row: Any) -> str:
    """Where the work on a row is done: begin, take over what has changed, or side by side."""
    here = reverse("translation_report:index")
    if row.english_id is None:
        begin = reverse("wagtail_localize:submit_page_translation", args=[row.pk])
        return f"{begin}?select_locale={ENGLISH}"
    is_behind = row.source_updated_at and row.last_published_at > row.source_updated_at
    if row.state == TranslationState.STALE and row.source_id and is_behind:
        update = reverse("wagtail_localize:update_translations", args=[row.source_id])
        return f"{update}?next={here}"
    return reverse("wagtailadmin_pages:edit", args=[row.english_id])


def describe_state(row: Any) -> str:
    """The state of a row and how much there is to do."""
    state = TranslationState(row.state)
    number, words = 0, ""
    if state == TranslationState.STALE and row.changed:
        number = row.changed
        words = ngettext("%(number)s text", "%(number)s texts", number)
    elif row.english_id is not None and row.missing:
        number = row.missing
        words = ngettext("%(number)s text missing", "%(number)s texts missing", number)
    label = str(state.label)
    return f"{label}: {words % {'number': number}}" if words else label


class TranslationReportView(ReportView):
    """The public pages of the user's agencies with the state of their English words."""

    model = Page
    page_title = _("Translations")
    header_icon = "globe"
    index_url_name = "translation_report:index"
    index_results_url_name = "translation_report:results"
    filterset_class = TranslationFilterSet
    is_searchable = False
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "path"
    columns = [
        TitleColumn("title", label=_("Page"), accessor="title", get_url=work_address, width="45%"),
        Column("agency", label=_("Agency"), accessor="agency"),
        Column("state", label=_("State of the English"), accessor=describe_state),
        DateColumn(
            "english_published_at", label=_("Published in English"), accessor="english_published_at"
        ),
    ]
    list_export = ["pk", "title", "agency", "state", "changed", "missing"]
    export_headings = {
        "pk": _("Number of the page"),
        "title": _("Page"),
        "agency": _("Agency"),
        "state": _("State of the English"),
        "changed": _("Texts changed"),
        "missing": _("Texts missing"),
    }
    export_filename = "ban-dich"

    @property
    def permission_policy(self) -> Any:
        """Pages decide who may look."""
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> QuerySet[Page]:
        """Return what is to be done; what is up to date only when it is asked for."""
        found = list_translations(self.request.user)
        if self.request.GET.get("state"):
            return found
        return found.filter(state__in=[state.value for state in OPEN])

    def get_page_subtitle(self) -> str:
        """Say in a line how it works."""
        return gettext("Facts follow by themselves; only words are translated.")


class TranslationReportItem(MenuItem):
    """Shown to whoever may translate a page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is an agency of one's own in either language."""
        return translated_roots(request.user).exists()
