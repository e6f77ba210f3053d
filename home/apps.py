"""The front door: the home page and the demo province."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home page."""

    name = "home"
    verbose_name = _("Home page")

    def ready(self) -> None:
        """Connect the home page to what it shows."""
        from home import contexts

        contexts.register()
