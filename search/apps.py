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

        from catalogue.text_search import register_finder, register_listener
        from cms.core.entry_points import EntryPoint, Place, register
        from cms.core.frame_state import portal_settings, register_part
        from search import curation, signal_handlers
        from search.log import recording
        from search.models import SearchPin, SearchSynonym
        from search.permissions import SearchPolicy
        from search.searches import find_for_list

        for model in (SearchSynonym, SearchPin):
            register_permission_policy(model, SearchPolicy(model))
        register_part(recording.PART, lambda: portal_settings().tells_of_searches())
        register_listener(recording.note_query)
        signal_handlers.connect()
        curation.connect()
        register_finder(find_for_list)
        register(EntryPoint(place=Place.SUGGESTIONS, label="", url="search_suggestions"))
        register(
            EntryPoint(
                place=Place.OPENED_RESULT,
                label="",
                url="search_opened",
                is_visible=recording.is_recorded,
            )
        )
