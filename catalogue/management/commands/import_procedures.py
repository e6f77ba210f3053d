"""Import procedures from JSON Lines, CSV or a workbook."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalogue.importers.run import Options, Outcome, import_file
from catalogue.importers.sources import SOURCES
from catalogue.interchange.files import FORMATS
from catalogue.interchange.problems import UnreadableFileError

SHOWN_PROBLEMS = 50
SHOWN_BODIES = 10
BAR = 30


class Command(BaseCommand):
    """Reads options, shows progress and says what came of it; the importer does the work."""

    help = "Import procedures from a file; docs/import-format.md describes it."
    requires_migrations_checks = True

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--agency", default="", help="address or identifier of the owner")
        parser.add_argument("--format", choices=FORMATS, default="", dest="file_format")
        parser.add_argument("--source", choices=SOURCES, default="", help="default: by its shape")
        parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")
        parser.add_argument("--atomic", action="store_true", help="all or nothing")
        parser.add_argument("--publish", action="store_true", help="publish; else make drafts")
        parser.add_argument("--skip-bad", action="store_true", help="leave rows with faults out")
        parser.add_argument(
            "--no-index", action="store_false", dest="with_index", help="put off the indexes"
        )
        parser.add_argument("--progress", action=argparse.BooleanOptionalAction, default=None)
        parser.add_argument("--report", type=Path, help="write every problem into this file")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, report, and end with 1 when a row has a fault."""
        shows = options["progress"]
        self.shows = sys.stderr.isatty() if shows is None else shows
        names = {field.name for field in fields(Options)} - {"path"}
        wanted = Options(path=options["file"], **{name: options[name] for name in names})
        try:
            outcome = import_file(wanted, self._show_progress)
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        lines = self._summary(wanted, outcome)
        if options["report"]:
            text = "\n".join([*outcome.problems, *lines, *_bodies(outcome)])
            options["report"].write_text(text + "\n", encoding="utf-8")
        for problem in outcome.problems[:SHOWN_PROBLEMS]:
            self.stderr.write(problem)
        self.stdout.write("\n".join([*lines, *_bodies(outcome)[:SHOWN_BODIES]]))
        if outcome.problems and not wanted.skip_bad:
            raise CommandError(
                _("%(count)d problems; nothing was changed.") % {"count": len(outcome.problems)}
            )

    def _show_progress(self, done: int, total: int) -> None:
        if self.shows and total:
            bar = "█" * (BAR * done // total)
            end = "\n" if done == total else ""
            self.stderr.write(f"\r[{bar:░<{BAR}}] {done}/{total}", ending=end)

    def _summary(self, wanted: Options, outcome: Outcome) -> list[str]:
        """Return the counts, one line each."""
        lines = [
            _("%(read)d procedures read in %(seconds).1f s (format: %(source)s).")
            % {
                "read": outcome.read,
                "seconds": outcome.reading_seconds,
                "source": outcome.source,
            },
            _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(skipped)d left out.")
            % {
                "new": outcome.new,
                "changed": outcome.changed,
                "unchanged": outcome.unchanged,
                "skipped": outcome.skipped,
            },
        ]
        if any(outcome.made.values()):
            lines.append(_("Made besides: %(counts)s.") % {"counts": _say_made(outcome.made)})
        if outcome.unmatched:
            lines.append(
                _(
                    "%(count)d procedures are below the page for other agencies; "
                    "they name %(bodies)d bodies without a page:"
                )
                % {"count": outcome.unmatched.total(), "bodies": len(outcome.unmatched)}
            )
        if outcome.wrote:
            lines.append(
                _("Written in %(seconds).1f s: %(rate).0f procedures a second.")
                % {"seconds": outcome.writing_seconds, "rate": outcome.rate}
            )
            if not wanted.with_index:
                lines.append(_("Now run: update_index, rebuild_references_index."))
        else:
            lines.append(_("Nothing was written."))
        return lines


def _say_made(made: dict[str, int]) -> str:
    words = {
        "agencies": _("agencies %(count)d"),
        "sectors": _("sectors %(count)d"),
        "life_events": _("life events %(count)d"),
        "legal_documents": _("legal documents %(count)d"),
    }
    return ", ".join(words[kind] % {"count": n} for kind, n in made.items() if n)


def _bodies(outcome: Outcome) -> list[str]:
    """Return the published bodies that have no page, the most frequent first."""
    unknown = _("no body published")
    return [f"{count:6d}  {name or unknown}" for name, count in outcome.unmatched.most_common()]
