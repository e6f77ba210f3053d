"""RSS feeds of news and of procedures that were published last."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from catalogue.selectors.listings import ProcedureRow, list_recent_changes
from catalogue.selectors.pages import NewsItem, list_news
from cms.core.addresses import localise
from cms.core.vietnamese import without_controls


class NewsFeed(Feed):  # type: ignore[type-arg]
    """The latest news."""

    feed_type = Rss201rev2Feed

    def title(self) -> str:
        """Name of the feed."""
        return _("News of the public services portal")

    def link(self) -> str:
        """Page that the feed belongs to."""
        return localise("/tin-tuc/")

    description = title

    def items(self) -> list[NewsItem]:
        """The newest items first."""
        return list_news(limit=30)

    def item_title(self, item: NewsItem) -> str:
        """Title of an item."""
        return without_controls(item.title.text)

    def item_description(self, item: NewsItem) -> str:
        """Introduction of an item."""
        return without_controls(item.introduction.text)

    def item_link(self, item: NewsItem) -> str:
        """Address of an item."""
        return item.url

    def item_pubdate(self, item: NewsItem) -> datetime:
        """Morning of the item's date."""
        return timezone.make_aware(datetime.combine(item.date, time(7)))


class ProcedureFeed(Feed):  # type: ignore[type-arg]
    """Procedures whose page was published last."""

    feed_type = Rss201rev2Feed

    def title(self) -> str:
        """Name of the feed."""
        return _("Newly updated procedures")

    def link(self) -> str:
        """Page that the feed belongs to."""
        return localise("/thu-tuc/?sap-xep=moi")

    description = title

    def items(self) -> list[ProcedureRow]:
        """The last changes first."""
        return list_recent_changes()

    def item_title(self, item: ProcedureRow) -> str:
        """Official name."""
        return without_controls(item.name.text)

    def item_description(self, item: ProcedureRow) -> str:
        """Fee and time."""
        words = _("Fee: %(fee)s. Time: %(time)s.") % {"fee": item.fee, "time": item.time}
        return without_controls(words)

    def item_link(self, item: ProcedureRow) -> str:
        """Address of the procedure."""
        return item.url

    def item_pubdate(self, item: ProcedureRow) -> object:
        """When it was published."""
        return item.changed_at
