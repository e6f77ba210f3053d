"""People who sign in: citizens, editors, officers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts of citizens and staff."""

    name = "services.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Register who may manage members, connect the handlers, narrow the admin's filters."""
        from django.core.checks import register
        from wagtail.permissions import register_permission_policy

        from services.accounts import checks, offers, signal_handlers
        from services.accounts.guard import filters
        from services.accounts.models import AgencyMembership
        from services.accounts.permissions import MembershipPolicy

        register_permission_policy(AgencyMembership, MembershipPolicy(AgencyMembership))
        signal_handlers.connect()
        offers.register()
        register(checks.check_shared_cache, deploy=True)
        filters.install()
