"""The box “Before publishing” of the page editor."""

from __future__ import annotations

from typing import Any

from django import template

from catalogue.selectors.readiness import is_checked, judge

register = template.Library()


@register.inclusion_tag("catalogue/admin/readiness_box.html")
def readiness_box(page: Any) -> dict[str, Any]:
    """List what is missing or doubtful on the draft that is being edited."""
    if page is None or not page.pk or not is_checked(page):
        return {"is_shown": False}
    return {"is_shown": True, "verdict": judge(page)}
