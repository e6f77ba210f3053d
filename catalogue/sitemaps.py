"""The sitemap: live pages in both languages; untranslated English addresses are left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from cms.core.addresses import page_url


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """Every live public page below a home page, at most `limit` a file."""

    limit = 5000

    def items(self) -> QuerySet[Page]:
        """Pages with words of their own in their language."""
        pages = Page.objects.live().filter(depth__gte=2, alias_of=None)
        if PageViewRestriction.objects.exists():
            pages = pages.public()
        fields = ("url_path", "last_published_at", "locale__language_code")
        return pages.select_related("locale").only(*fields).order_by("path")

    def location(self, item: Page) -> str:
        """Address of the page."""
        return page_url(item, item.locale.language_code)

    def lastmod(self, item: Page) -> datetime | None:
        """When the page was published last."""
        return item.last_published_at

    def get_domain(self, site: Any = None) -> str:
        """The public host of the portal."""
        return settings.PORTAL_URL.split("://", 1)[1]

    def get_protocol(self, protocol: str | None = None) -> str:
        """The public scheme of the portal."""
        return settings.PORTAL_URL.split("://", 1)[0]


SITEMAPS = {"pages": PageSitemap}
