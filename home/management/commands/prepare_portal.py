"""Make the pages that every portal has; may be repeated."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand

from home.actions import prepare_portal
from services.accounts.actions import sync_all_access


class Command(BaseCommand):
    """This command will make the lists and plain pages that are missing, in both languages.

    It also names groups and workflows of agencies anew, which are data in Vietnamese.
    """

    help = "Make the pages that every portal has, where they are missing (may be repeated)."

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will make them and print their addresses."""
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        for page in prepare_portal():
            self.stdout.write(page.url or page.url_path)
        sync_all_access()
