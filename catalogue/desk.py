"""The panel of the dashboard: what waits for the person who is signed in, and nothing else."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component

from catalogue.selectors.desk import Desk, DeskList, build_desk, find_handbook


def _box(name: str, title: str, found: DeskList, empty: str, more: str = "") -> dict[str, Any]:
    return {"name": name, "title": title, "list": found, "empty": empty, "more": more}


def list_boxes(desk: Desk) -> list[dict[str, Any]]:
    """The lists of the desk with their names, what is urgent first."""
    report = reverse("readiness_report:index")
    old = ngettext(
        "Not published anew for %(number)s month",
        "Not published anew for %(number)s months",
        desk.review_months,
    ) % {"number": desk.review_months}
    return [
        _box("waiting", _("Waiting for my approval"), desk.waiting, _("Nothing waits for you.")),
        _box("back", _("Sent back to me"), desk.sent_back, _("Nothing was sent back.")),
        _box("drafts", _("My drafts"), desk.drafts, _("You have no unpublished draft.")),
        _box("submitted", _("Submitted by me"), desk.submitted, _("Nothing is on its way.")),
        _box(
            "blocked",
            _("Pages with faults"),
            desk.blocked,
            _("No fault stops publication."),
            f"{report}?severity=blocker",
        ),
        _box(
            "broken",
            _("Broken links"),
            desk.broken,
            _("No link is broken."),
            f"{report}?rule=link_broken",
        ),
        _box("expiring", _("Expiring soon"), desk.expiring, _("Nothing expires within 30 days.")),
        _box("review", old, desk.to_review, _("Every page is recent.")),
    ]


class DeskPanel(Component):
    """What waits for the person who is signed in."""

    name = "desk"
    order = 100
    template_name = "catalogue/admin/desk.html"

    @property
    def media(self) -> Media:
        """The desk's own sheet."""
        return Media(css={"all": [versioned_static("css/admin-desk.css")]})

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Ask for the desk of the request's user."""
        return {"boxes": list_boxes(build_desk(parent_context["request"].user))}


def list_help(items: list[Any]) -> list[Any]:
    """The menu of help: our handbook instead of what leads to Wagtail's pages in English."""
    kept = [item for item in items if not item.url.startswith("https://")]
    address = find_handbook()
    if address:
        kept.insert(0, MenuItem(_("Editors’ handbook"), address, icon_name="help", name="handbook"))
    return kept
