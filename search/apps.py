"""Search over published content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Follow what is published, and answer what people type into the lists."""
        from catalogue.text_search import register_finder
        from cms.core.entry_points import EntryPoint, Place, register
        from search import signal_handlers
        from search.searches import find_for_list

        signal_handlers.connect()
        register_finder(find_for_list)
        register(EntryPoint(place=Place.SUGGESTIONS, label="", url="search_suggestions"))
