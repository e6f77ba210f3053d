"""Make the pages that every portal has; may be repeated."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand

from home.actions import prepare_portal


class Command(BaseCommand):
    """This command will make the lists and plain pages that are missing, in both languages."""

    help = "Make the pages that every portal has, where they are missing (may be repeated)."

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will make them and print their addresses."""
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        for page in prepare_portal():
            self.stdout.write(page.url or page.url_path)
