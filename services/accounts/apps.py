"""People who sign in: citizens, editors, officers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts of citizens and staff."""

    name = "services.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
