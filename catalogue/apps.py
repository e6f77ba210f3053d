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

        from catalogue import actions, contexts, offers, signal_handlers, tasks, views
        from catalogue.bulk.permissions import OwnWorkPolicy
        from catalogue.models import BulkChange, ImportRun, OutageNotice
        from catalogue.permissions import OutagePolicy
        from cms.core.clock.jobs import Job, register_job
        from cms.core.serving import register_shortcut

        register_permission_policy(OutageNotice, OutagePolicy(OutageNotice))
        register_permission_policy(BulkChange, OwnWorkPolicy(BulkChange))
        register_permission_policy(ImportRun, OwnWorkPolicy(ImportRun))
        contexts.register()
        offers.register()
        signal_handlers.connect()
        register_shortcut(views.procedure_page)
        register_job(Job("refresh_catalogue", "40 2 * * *", actions.refresh_all_listings))
        register_job(Job("resume_bulk_changes", "*/5 * * * *", tasks.resume_bulk_changes))
        register_job(Job("resume_imports", "*/5 * * * *", tasks.resume_imports))
        register_job(Job("delete_import_files", "50 3 * * *", tasks.delete_import_files))
