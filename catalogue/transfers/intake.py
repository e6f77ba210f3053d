"""One reading of a file for one person: everything that preview and writing must know of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalogue.importers.checks import check_content
from catalogue.importers.directory import Directory
from catalogue.importers.plans import Plan, make_plan
from catalogue.importers.sources import Candidate, Content, understand
from catalogue.interchange.files import read_file
from catalogue.interchange.problems import UnreadableFileError
from catalogue.interchange.raw import Reading
from catalogue.models import ImportRun
from catalogue.transfers.reach import Reach, importable_agencies, is_administrator
from catalogue.transfers.wall import Wall

MOST_PROCEDURES = 5000


@dataclass(slots=True)
class Intake:
    """A file as it was understood, and the plan that it makes."""

    directory: Directory
    reading: Reading
    content: Content
    plan: Plan
    reach: Reach
    notes: list[str]
    read: int

    def has_fault(self, candidate: Candidate) -> bool:
        """Whether something is wrong with a row."""
        return (candidate.raw.sheet, candidate.raw.line) in self.reading.bad_lines

    @property
    def problems(self) -> list[dict[str, Any]]:
        """The faults as JSON, in the order of the file, each with the code of its procedure."""
        raws = {(raw.sheet, raw.line): raw for raw in self.reading.records}
        for raw in self.reading.records:
            raws |= dict.fromkeys(raw.places.values(), raw)
        keys = {place: str(raw.data.get("key") or "")[:60] for place, raw in raws.items()}
        return [
            {
                "line": p.line,
                "sheet": p.sheet,
                "field": p.field,
                "reason": p.reason,
                "key": keys.get((p.sheet, p.line), ""),
            }
            for p in sorted(self.reading.problems, key=lambda p: (p.sheet, p.line, p.field))
        ]


def take_in(run: ImportRun, path: Path) -> Intake:
    """Read a file and check all of it, writing nothing.

    Raises `UnreadableFileError` when that cannot be done at all.
    """
    user = run.user
    if user is None or not user.is_active:
        raise UnreadableFileError(_("The person who imports has no account any more."))
    if run.is_bounded and (
        run.agency is None or not importable_agencies(user).filter(pk=run.agency_id).exists()
    ):
        raise UnreadableFileError(_("You may not import into this agency any more."))
    if not run.is_bounded and not is_administrator(user):
        raise UnreadableFileError(_("Choose the agency into which you import."))
    directory = Directory.load()
    reading = read_file(path, run.file_format)
    content = understand(reading)
    if len(content.candidates) > MOST_PROCEDURES:
        raise UnreadableFileError(
            _("The file has more than %(limit)d procedures. Split it into several files.")
            % {"limit": MOST_PROCEDURES}
        )
    read = len(content.candidates)
    plan = make_plan(content, directory, publish=False)
    reach = Reach.of(user, run.agency)
    bound = next((p for p, a in directory.agencies.items() if a.pk == run.agency_id), "")
    wall = Wall(user, reach, bound, directory, reading)
    wall.bind(content, plan)
    check_content(content, directory, reading, plan.pending)
    return Intake(directory, reading, content, plan, reach, wall.notes, read)
