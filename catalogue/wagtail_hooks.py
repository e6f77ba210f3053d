"""What the admin shows of the catalogue beyond its pages."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from catalogue.viewsets import OutageViewSet

register_snippet(OutageViewSet)
