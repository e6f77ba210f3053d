"""Context of every public page's frame. The admin and a missing request get none of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.core import page_frame
from cms.core.frame_state import frame_of

WITHOUT_FRAME = ("/admin/", "/static/", "/media/")


def _asks_a_foreign_host(request: HttpRequest) -> bool:
    """Whether this is the answer "bad request" to a host that is not ours; it has no frame."""
    try:
        request.get_host()
    except DisallowedHost:
        return True
    return False


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return what `base.html` needs: names, links, the other language, notices."""
    if request.path.startswith(WITHOUT_FRAME) or _asks_a_foreign_host(request):
        return {}
    settings = frame_of(request)["settings"]
    own = page_frame.build_portal(settings, get_language() or "vi")
    switch = page_frame.build_language_switch(request)
    return {
        "portal": own,
        "is_demo": settings["is_demo"],
        "nav_links": page_frame.list_nav_links(request, own.home_url),
        "footer_columns": page_frame.list_footer_columns(request),
        "language_switch": switch,
        "suggest_url": page_frame.find_suggestions(request),
        "account": page_frame.find_account(request),
        "outages": page_frame.list_notices(request),
        **page_frame.describe_address(request, switch),
    }
