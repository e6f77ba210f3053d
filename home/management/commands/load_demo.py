"""Load the demo province; may be repeated."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from home.demo.accounts import AGENCIES, PEOPLE
from home.demo.loader import DemoLoader


class Command(BaseCommand):
    """This command will load what is missing of the demo province and name its administrator."""

    help = "Load the demo province, where it is missing (may be repeated)."

    def add_arguments(self, parser: CommandParser) -> None:
        """This method will offer the small demo."""
        parser.add_argument(
            "--small",
            action="store_true",
            help="Load the hand-picked procedures and few others: quick, for tests.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will load, and print the steps and the administrator's password."""
        name, password = DemoLoader(small=options["small"], report=self._report).load()
        if not password:
            self.stdout.write(f"Administrator: {name} (the password was changed)")
            return
        self.stdout.write(f"Administrator: {name}   Password: {password}   Address: /admin/")
        self.stdout.write("Test accounts, with the same password:")
        for suffix in AGENCIES.values():
            names = ", ".join(f"{prefix}.{suffix}" for _role, prefix, _names in PEOPLE)
            self.stdout.write(f"  {names}")
        if not settings.DEBUG:
            self.stdout.write("DEBUG is off: these accounts are refused.")

    def _report(self, line: str) -> None:
        self.stdout.write(f"  {line}")
