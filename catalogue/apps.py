"""What the state offers: agencies, procedures, guides, news, law."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Published content, read by everyone."""

    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Connect page contexts, signal handlers and entry points."""
        from wagtail.permissions import register_permission_policy

        from catalogue import actions, contexts, offers, signal_handlers, views
        from catalogue.models import OutageNotice
        from catalogue.permissions import OutagePolicy
        from cms.core.clock.jobs import Job, register_job
        from cms.core.serving import register_shortcut

        register_permission_policy(OutageNotice, OutagePolicy(OutageNotice))
        contexts.register()
        offers.register()
        signal_handlers.connect()
        register_shortcut(views.procedure_page)
        register_job(Job("refresh_catalogue", "40 2 * * *", actions.refresh_all_listings))
