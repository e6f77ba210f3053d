"""Mails and text messages that the portal sends."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Messages on their way."""

    name = "services.notifications"
    label = "notifications"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Take over Wagtail's mails; let the clock try again what failed."""
        from django.core.checks import register

        from cms.core.clock.jobs import Job, register_job
        from services.notifications import actions, checks, signal_handlers

        signal_handlers.install()
        register(checks.check_gateway)
        register(checks.check_real_ways_out, deploy=True)
        register_job(Job("send_waiting_messages", "* * * * *", actions.send_waiting_messages))
        register_job(Job("delete_old_messages", "15 3 * * *", actions.delete_old_messages))
