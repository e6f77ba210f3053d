"""What the demo province says of itself, and the words of its home page."""

from __future__ import annotations

from wagtail.models import Page, Site

from cms.core.models import PortalSettings
from home.actions import Words, build_body, ensure_translation, pick, translate
from home.demo.sources import read
from home.models import HomePage


def ensure_settings() -> None:
    """Fill the portal's settings, unless someone has."""
    site = Site.objects.get(is_default_site=True)
    values = pick(read("portal")["settings"])
    PortalSettings.objects.get_or_create(site=site, defaults={**values, "is_demo": True})


def ensure_home_words(home: HomePage) -> None:
    """Give the home page its headline and examples in both languages, unless it has some."""
    record = read("portal")["home"]
    if not home.headline:
        words = pick(record)
        home.title = words["title"]
        home.headline = words["headline"]
        home.search_examples = words["search_examples"]
        home.save_revision().publish()
    ensure_translation(home, Words.of(record))


def ensure_search_counts(privacy: Page) -> None:
    """Say on the privacy page that searches are counted, and count them, unless somebody chose."""
    settings = PortalSettings.objects.get(site__is_default_site=True)
    if settings.privacy_page_id is not None:
        return
    blocks = read("portal")["search_counts"]["blocks"]
    page = privacy.specific
    said = build_body("search-counts", pick(blocks))
    page.body = [*page.body.raw_data, *said]
    page.save_revision().publish()
    translate(page, Words.of(blocks))
    settings.privacy_page = page
    settings.records_searches = True
    settings.save()
