"""Records as a file holds them, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.interchange.problems import Problem

MOST_PROBLEMS = 1000


@dataclass(slots=True)
class Raw:
    """One record of a file: where it stands, what kind it is, and its fields.

    `places` tells where the rows of a child table stand: {"fees[0]": ("fees", 7)}.
    """

    line: int
    kind: str
    data: dict[str, Any]
    sheet: str = ""
    places: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What was read of a file, and what was wrong with it."""

    records: list[Raw] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bad_lines: set[tuple[str, int]] = field(default_factory=set)
    unlisted: int = 0

    def refuse(self, line: int, reason: str, *, name: str = "", sheet: str = "") -> None:
        """Note a fault; only the first thousand are kept, the rest is counted."""
        self.bad_lines.add((sheet, line))
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, sheet, name, reason))
        else:
            self.unlisted += 1

    def refuse_in(self, raw: Raw, name: str, reason: str) -> None:
        """Note a fault in a field of a record, at the row where that field stands."""
        sheet, line = raw.places.get(name.partition(".")[0], (raw.sheet, raw.line))
        self.refuse(line, reason, name=name, sheet=sheet)
        self.bad_lines.add((raw.sheet, raw.line))

    def list_problems(self) -> list[str]:
        """Return one line of text a fault, in the order of the file."""
        lines = [str(problem) for problem in sorted(self.problems)]
        if self.unlisted:
            lines.append(_("… and %(count)d more problems") % {"count": self.unlisted})
        return lines
