"""Words of the administration's frame."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def portal_name() -> str:
    """Return the name that the administration goes by."""
    return str(settings.WAGTAIL_SITE_NAME)
