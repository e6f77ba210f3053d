"""What the portal changes in Wagtail's admin as a whole; decides nothing about content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import base_page_viewset
from wagtail.log_actions import LogActionRegistry

from cms.core import comparisons, vendor_names, where_used
from cms.core.editing.views import PageEditView, PageRevertView
from cms.core.following import WITHDRAWN
from cms.core.middleware import refusal_message
from cms.core.publishing import REFUSED, PublishRefusedError, complaints_about

# Each row of the explorer asks for permissions of its own: 50 rows take longer than half a second.
IndexView.paginate_by = 25
vendor_names.name_columns()
where_used.install()
comparisons.install()
base_page_viewset.edit_view_class = PageEditView
base_page_viewset.revisions_revert_view_class = PageRevertView


@hooks.register("insert_global_admin_css")
def insert_admin_css() -> str:
    """Give every screen the sheet of our own."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("css/admin.css"))


@hooks.register("insert_editor_js")
def insert_editor_script() -> str:
    """Name the rich-text fields for screen readers, and clean what is pasted from Word."""
    return format_html('<script src="{}"></script>', versioned_static("js/admin-richtext.js"))


@hooks.register("insert_global_admin_js")
def insert_landmarks() -> str:
    """Name the search forms of every screen."""
    return format_html(
        '<script src="{}" defer></script>', versioned_static("js/admin-landmarks.js")
    )


@hooks.register("register_log_actions")
def name_refusal(actions: LogActionRegistry) -> None:
    """Name in the history what the clock was not allowed to publish."""
    actions.register_action(REFUSED, _("Refuse publication"), _("Scheduled publication refused"))
    actions.register_action(
        WITHDRAWN,
        _("Withdraw with the Vietnamese page"),
        _("Withdrawn, because the Vietnamese page was"),
    )


@hooks.register("before_bulk_action")
def leave_out_refused(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Publish those of the chosen pages that may be published; say why the others are not."""
    if action_type != "publish":
        return
    for page in list(objects):
        draft = page.get_latest_revision_as_object()
        if complaints := complaints_about(draft):
            objects.remove(page)
            messages.error(request, refusal_message(PublishRefusedError(draft, complaints)))
