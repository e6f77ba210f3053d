"""The shared page kit: models and tools that every room above may use."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Shared page kit."""

    name = "cms.core"
    label = "core"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Connect the handlers that keep the frame's row right; name what others left unnamed."""
        from cms.core import publishing, signal_handlers, vendor_names
        from cms.core.captcha.challenges import forget_old
        from cms.core.clock.jobs import Job, register_job

        register_job(Job("forget_captchas", "45 * * * *", forget_old))
        signal_handlers.connect(self)
        vendor_names.name_everything()
        publishing.install()
