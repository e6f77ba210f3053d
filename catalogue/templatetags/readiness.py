"""The box “Before publishing” of the page editor."""

from __future__ import annotations

from typing import Any

from django import template

from catalogue.readiness import Severity
from catalogue.selectors.readiness import find_faults, is_checked, portal_settings, weigh

register = template.Library()


@register.inclusion_tag("catalogue/admin/readiness_box.html")
def readiness_box(page: Any) -> dict[str, Any]:
    """List what is missing or doubtful on the draft that is being edited."""
    if page is None or not page.pk or not is_checked(page):
        return {"is_shown": False}
    rules = portal_settings(page)
    found = weigh(find_faults(page, rules.limits), rules)
    blockers = [item.finding for item in found if item.severity == Severity.BLOCKER]
    advice = [item.finding for item in found if item.severity != Severity.BLOCKER]
    return {"is_shown": True, "blockers": blockers, "advice": advice, "total": len(found)}
