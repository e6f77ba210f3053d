"""Load the provinces, communes and former wards from the files that come with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.core.place_data import load_places


class Command(BaseCommand):
    """This command will bring the tables of places to the official list; it may be repeated."""

    help = "Load provinces, communes and former wards (may be repeated)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """This method will load the list and print how much of it there is."""
        counts = load_places()
        self.stdout.write(
            f"{counts.provinces} provinces, {counts.communes} communes, "
            f"{counts.former_wards} former wards with {counts.successors} successors."
        )
        if counts.communes_not_in_list:
            self.stdout.write(f"{counts.communes_not_in_list} kept communes are not in the list.")
