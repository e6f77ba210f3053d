"""What is wrong with a file, line by line, in the operator's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


class RefusedError(ValueError):
    """A value that cannot be taken; its text says why."""


class UnreadableFileError(Exception):
    """A file that cannot be read as a whole; its text says why."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the line of the file (or the row of a sheet), the field, and the reason."""

    line: int
    sheet: str
    field: str
    reason: str

    def __str__(self) -> str:
        place = _("line %(line)d") % {"line": self.line}
        if self.sheet:
            place = _("sheet %(sheet)s, row %(line)d") % {"sheet": self.sheet, "line": self.line}
        return f"{place}: {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"
