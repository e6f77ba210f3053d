"""The report of what is wrong with one's own pages, by agency, fault and weight, also as a file."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from catalogue.models import AgencyPage, PageFinding
from catalogue.readiness import Rule, Severity
from catalogue.selectors.desk import editable_pages, list_findings

SEVERITIES = [(s.value, s.label) for s in Severity if s != Severity.OFF]


def own_agencies(request: HttpRequest | None) -> QuerySet[AgencyPage]:
    """Return the agencies that the user may edit, to choose one of them."""
    agencies = AgencyPage.objects.filter(locale=Locale.get_default()).order_by("sort_key")
    if request is None:
        return agencies.none()
    return agencies.filter(pk__in=editable_pages(request.user).values("pk"))


class FindingFilterSet(WagtailFilterSet):
    """By agency with its units, by fault, by weight."""

    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"), queryset=own_agencies, method="filter_agency"
    )
    rule = django_filters.ChoiceFilter(label=_("Fault"), choices=Rule.choices)
    severity = django_filters.ChoiceFilter(label=_("Weight"), choices=SEVERITIES)

    class Meta:
        model = PageFinding
        fields = ["agency", "rule", "severity"]

    def filter_agency(self, found: Any, name: str, agency: AgencyPage) -> Any:
        """Keep what lies below the agency."""
        return found.filter(page__path__startswith=agency.path)


def edit_address(row: PageFinding) -> str:
    """The editor of the finding's page, at the field."""
    address = reverse("wagtailadmin_pages:edit", args=[row.page_id])
    return f"{address}#:w:contentpath={row.field}"


class FindingReportView(ReportView):
    """All findings of the pages that the user may edit."""

    model = PageFinding
    page_title = _("What pages lack")
    header_icon = "circle-check"
    index_url_name = "readiness_report:index"
    index_results_url_name = "readiness_report:results"
    filterset_class = FindingFilterSet
    is_searchable = False
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "page"
    columns = [
        TitleColumn(
            "title",
            label=_("Page"),
            accessor="page.draft_title",
            get_url=edit_address,
        ),
        Column("agency", label=_("Agency"), accessor="agency"),
        Column("message", label=_("What is wrong"), accessor="message"),
        Column("severity", label=_("Weight"), accessor="get_severity_display"),
    ]
    list_export = [
        "page_id",
        "page.draft_title",
        "agency",
        "get_rule_display",
        "message",
        "get_severity_display",
    ]
    export_headings = {
        "page_id": _("Number of the page"),
        "page.draft_title": _("Page"),
        "agency": _("Agency"),
        "get_rule_display": _("Fault"),
        "message": _("What is wrong"),
        "get_severity_display": _("Weight"),
    }
    export_filename = "thieu-sot"

    @property
    def permission_policy(self) -> Any:
        """Pages decide who may look."""
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> QuerySet[PageFinding]:
        """Return the findings of one's own pages with the name of the page above."""
        return list_findings(self.request.user)


class FindingReportItem(MenuItem):
    """Shown to whoever may edit a page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is a page of one's own."""
        return editable_pages(request.user).exists()
