"""Search over published content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Follow what is published, and answer what people type into the lists."""
        from wagtail.permissions import register_permission_policy

        from catalogue.text_search import register_finder
        from cms.core.entry_points import EntryPoint, Place, register
        from search import curation, signal_handlers
        from search.models import SearchPin, SearchSynonym
        from search.permissions import SearchPolicy
        from search.searches import find_for_list

        for model in (SearchSynonym, SearchPin):
            register_permission_policy(model, SearchPolicy(model))
        signal_handlers.connect()
        curation.connect()
        register_finder(find_for_list)
        register(EntryPoint(place=Place.SUGGESTIONS, label="", url="search_suggestions"))
