"""What the admin shows of the catalogue beyond its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from catalogue import views_bulk, views_transfers
from catalogue.bulk.permissions import editable_procedures
from catalogue.desk import DeskPanel, list_help
from catalogue.reports import FindingReportItem, FindingReportView
from catalogue.transfers.reach import is_importable, may_transfer
from catalogue.translating import TranslationReportItem, TranslationReportView
from catalogue.viewsets import LegalDocumentViewSet, OutageViewSet

register_snippet(OutageViewSet)
register_snippet(LegalDocumentViewSet)

BULK_CHANGES = [
    path("", views_bulk.index, name="index"),
    path("choose/", views_bulk.choose, name="choose"),
    path("<int:pk>/", views_bulk.show, name="show"),
    path("<int:pk>/change/", views_bulk.describe, name="describe"),
    path("<int:pk>/apply/", views_bulk.apply, name="apply"),
    path("<int:pk>/retry/", views_bulk.retry, name="retry"),
    path("<int:pk>/progress/", views_bulk.progress, name="progress"),
    path("<int:pk>/report.csv", views_bulk.report, name="report"),
]

TRANSFERS = [
    path("", views_transfers.index, name="index"),
    path("export/", views_transfers.export, name="export"),
    path("<int:pk>/", views_transfers.show, name="show"),
    path("<int:pk>/apply/", views_transfers.apply, name="apply"),
    path("<int:pk>/again/", views_transfers.again, name="again"),
    path("<int:pk>/progress/", views_transfers.progress, name="progress"),
    path("<int:pk>/report.csv", views_transfers.report, name="report"),
]


class BulkChangesItem(MenuItem):
    """Shown to whoever may edit a procedure."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is anything to change."""
        return editable_procedures(request.user).exists()


@hooks.register("register_admin_urls")
def bulk_change_urls() -> list[URLResolver]:
    """Addresses of the screens of bulk changes."""
    return [path("bulk-changes/", include((BULK_CHANGES, "bulk_changes")))]


@hooks.register("register_admin_menu_item")
def bulk_change_item() -> Any:
    """Lead to the bulk changes."""
    return BulkChangesItem(
        _("Bulk changes"), reverse("bulk_changes:index"), icon_name="copy", order=260
    )


class TransfersItem(MenuItem):
    """Shown to whoever may add or edit pages of an agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is anything to import into."""
        return may_transfer(request.user)


@hooks.register("register_admin_urls")
def transfer_urls() -> list[URLResolver]:
    """Addresses of the screens of import and export."""
    return [path("import-export/", include((TRANSFERS, "transfers")))]


@hooks.register("register_admin_menu_item")
def transfer_item() -> Any:
    """Lead to import and export."""
    return TransfersItem(
        _("Import and export"), reverse("transfers:index"), icon_name="download", order=265
    )


@hooks.register("register_page_header_buttons")
def export_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from the list of an agency's procedures to their export."""
    if view_name == "index" and is_importable(user, page):
        address = f"{reverse('transfers:index')}?agency={page.pk}#transfer-export"
        yield Button(_("Export procedures"), address, icon_name="download", priority=80)


@hooks.register("construct_help_menu")
def offer_handbook(request: HttpRequest, menu_items: list[Any]) -> None:
    """Lead to the editors' handbook."""
    menu_items[:] = list_help(menu_items)


@hooks.register("construct_homepage_panels")
def show_desk(request: HttpRequest, panels: list[Any]) -> None:
    """Show the desk instead of Wagtail's panels, which ask the database for each of their rows."""
    panels[:] = [DeskPanel()]


@hooks.register("register_admin_urls")
def report_urls() -> list[URLResolver]:
    """Addresses of the report of findings."""
    views = [
        path("", FindingReportView.as_view(), name="index"),
        path("results/", FindingReportView.as_view(results_only=True), name="results"),
    ]
    return [path("reports/readiness/", include((views, "readiness_report")))]


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLResolver]:
    """Addresses of the report of translations."""
    views = [
        path("", TranslationReportView.as_view(), name="index"),
        path("results/", TranslationReportView.as_view(results_only=True), name="results"),
    ]
    return [path("reports/translations/", include((views, "translation_report")))]


@hooks.register("register_reports_menu_item")
def translation_item() -> TranslationReportItem:
    """Lead to the report of translations."""
    return TranslationReportItem(
        _("Translations"), reverse("translation_report:index"), icon_name="globe", order=110
    )


@hooks.register("register_reports_menu_item")
def report_item() -> FindingReportItem:
    """Lead to the report of findings."""
    return FindingReportItem(
        _("What pages lack"), reverse("readiness_report:index"), icon_name="circle-check", order=100
    )
