"""Screens of the admin for what is not a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from catalogue.forms import OutageNoticeForm
from catalogue.models import OutageNotice
from cms.core.viewsets import ScopedViewSetMixin


class OutageViewSet(ScopedViewSetMixin, SnippetViewSet):
    """Outage notices, scoped to the procedures that one keeps."""

    model = OutageNotice
    icon = "warning"
    menu_label = _("Outage notices")
    list_display = ["headline", "starts_at", "ends_at"]
    edit_handler = ObjectList(OutageNotice.panels, base_form_class=OutageNoticeForm)
