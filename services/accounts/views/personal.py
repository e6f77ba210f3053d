"""The personal page and its parts; each shows its owner's data alone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cms.core.addresses import localise


class PersonalPageView(LoginRequiredMixin, TemplateView):
    """What the person can do here."""

    template_name = "accounts/personal_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the name."""
        user: Any = self.request.user
        crumbs = [{"label": _("Home"), "url": localise("/")}]
        return super().get_context_data(
            name=user.get_full_name(), breadcrumbs=crumbs, robots="noindex", **kwargs
        )
