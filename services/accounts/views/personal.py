"""The personal page: what waits for the person, and who they are."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from services.accounts.selectors import find_details, list_waiting
from services.accounts.views.frames import PersonalPage
from services.accounts.views.waiting import describe_waiting


class PersonalPageView(PersonalPage, TemplateView):
    """What waits, and where to go on."""

    template_name = "accounts/personal_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the person and what waits."""
        user: Any = self.request.user
        person = find_details(user)
        waiting = list_waiting(user, person, now=timezone.now())
        context = super().get_context_data(name=user.get_full_name() or user.username, **kwargs)
        context["breadcrumbs"] = context["breadcrumbs"][:1]
        return {
            **context,
            "person": person,
            "notices": describe_waiting(waiting),
            "claims_identity": waiting.claims_identity,
        }
