"""What the state offers: agencies, procedures, guides, news, law."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Published content, read by everyone."""

    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Connect page contexts, signal handlers and entry points."""
        from catalogue import contexts, offers, signal_handlers

        contexts.register()
        offers.register()
        signal_handlers.connect()
