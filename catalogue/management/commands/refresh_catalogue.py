"""Rebuild the read tables of the catalogue; the clock does so every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from catalogue.actions import is_current, refresh_all_listings


class Command(BaseCommand):
    """`manage.py refresh_catalogue`."""

    help = "Rebuild lists, counts and totals of the catalogue from its pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option for deployments."""
        parser.add_argument(
            "--if-outdated",
            action="store_true",
            help="Only when a release has changed the form of the read tables.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild everything in one transaction."""
        if options["if_outdated"] and is_current():
            return
        number = refresh_all_listings()
        self.stdout.write(_("%(number)d procedures are listed.") % {"number": number})
