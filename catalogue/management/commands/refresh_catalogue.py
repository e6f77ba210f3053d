"""Rebuild the read tables of the catalogue; the clock does so every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalogue.actions import refresh_all_listings


class Command(BaseCommand):
    """`manage.py refresh_catalogue`."""

    help = "Rebuild lists, counts and totals of the catalogue from its pages."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild everything in one transaction."""
        number = refresh_all_listings()
        self.stdout.write(_("%(number)d procedures are listed.") % {"number": number})
