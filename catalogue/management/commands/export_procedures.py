"""Export procedures to JSON Lines, CSV or a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalogue.exporters.procedures import Selection
from catalogue.exporters.run import export_file
from catalogue.exporters.shared import list_agencies
from catalogue.interchange.files import FORMATS
from catalogue.interchange.problems import UnreadableFileError
from catalogue.interchange.workbook import UnwritableRecordError


class Command(BaseCommand):
    """Reads options and says what was written; the exporter does the work."""

    help = "Export procedures to a file; docs/import-format.md describes it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, default="", dest="file_format")
        parser.add_argument("--agency", default="", help="address or identifier of an agency")
        parser.add_argument("--key", action="append", default=[], dest="keys", help="repeatable")
        parser.add_argument("--drafts", action="store_true", help="export what is no public page")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Export, and end with 1 when an import would refuse something."""
        selection = Selection(self._agency(options["agency"]), options["keys"], options["drafts"])
        try:
            exported = export_file(options["file"], selection, options["file_format"])
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        except UnwritableRecordError as error:
            raise CommandError(
                _("“%(place)s” is too long for a cell; export to JSON Lines.")
                % {"place": str(error)}
            ) from error
        self.stdout.write(_("%(count)d procedures written.") % {"count": exported.procedures})
        for problem in exported.problems:
            self.stderr.write(problem)
        if exported.problems:
            raise CommandError(_("An import would refuse what is listed above."))

    def _agency(self, name: str) -> Any:
        if not name:
            return None
        for path, agency in list_agencies().items():
            if name in {path, path.rpartition("/")[2], agency.official_identifier}:
                return agency
        raise CommandError(_("There is no agency “%(name)s”.") % {"name": name})
