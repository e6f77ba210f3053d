"""Compare the built-in index with what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.indexing import compare, repair


class Command(BaseCommand):
    """This command will say what is missing, surplus or stale, and mend it on request."""

    help = "Compare the index with what is published; an error when they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """This method will offer to repair."""
        parser.add_argument("--repair", action="store_true", help="Mend what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will compare, print, and repair or fail."""
        difference = compare()
        for title, names in (
            ("missing", difference.missing),
            ("surplus", difference.surplus),
            ("stale", difference.stale),
        ):
            self.stdout.write(f"{title}: {len(names)}")
            for kind, page_id, language in names[:20]:
                self.stdout.write(f"  {kind} {page_id} {language}")
        if difference and options["repair"]:
            repair(difference)
            self.stdout.write("repaired")
        elif difference:
            raise CommandError("The index differs from what is published; use --repair.")
