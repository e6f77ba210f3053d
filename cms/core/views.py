"""Small answers that belong to no app."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /health/
Sitemap: {portal}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where the sitemap is and what is not for them."""
    return HttpResponse(ROBOTS.format(portal=settings.PORTAL_URL), content_type="text/plain")
