"""Merge three versions of a page's content: what both started from, theirs, and mine.

Contents are revisions as plain data: fields, and relations as lists of rows. A row is known by a
key of its own; where a row has none, its whole list counts as one field. Nothing here touches a
database or knows what a field means: `same` is told by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Content = dict[str, Any]
Path = tuple[str, ...]  # (field,), (relation, key of a row) or (relation, key, field)
Same = Callable[[Path, Any, Any], bool]

THEIRS, MINE = "theirs", "mine"
ORDER = "sort_order"


@dataclass
class Merge:
    """The merged content; what each side changed alone, and what both did."""

    content: Content = field(default_factory=dict)
    theirs: list[Path] = field(default_factory=list)
    mine: list[Path] = field(default_factory=list)
    conflicts: list[Path] = field(default_factory=list)
    open: list[Path] = field(default_factory=list)  # conflicts that nobody has decided


@dataclass(frozen=True)
class Rules:
    """How contents are read: keys of rows, what may be edited, what means the same, decisions."""

    same: Same
    keys: Mapping[str, str]  # relation → name of the field that names a row
    editable: Callable[[Path], bool] = lambda path: True
    choices: Mapping[Path, str] = field(default_factory=dict)


def merge(base: Content | None, theirs: Content, mine: Content, rules: Rules) -> Merge:
    """Take theirs where I changed nothing, mine where they did not, and the choice where both did.

    Without `base` nobody knows who changed what: every difference is a conflict.
    """
    return _Merger(base, rules).run(theirs, mine)


class _Merger:
    def __init__(self, base: Content | None, rules: Rules) -> None:
        self.base = base
        self.rules = rules
        self.found = Merge()

    def run(self, theirs: Content, mine: Content) -> Merge:
        for name in dict.fromkeys([*theirs, *mine]):
            sides = [side.get(name) for side in (self.base or {}, theirs, mine)]
            key = self.rules.keys.get(name)
            rows = [_index(side or [], key) for side in sides] if key else [None]
            if all(side is not None for side in rows):
                self.found.content[name] = self._rows(name, rows)
            else:
                known = self.base is not None
                self.found.content[name] = self._decide((name,), known, *sides)
        return self.found

    def _decide(self, path: Path, known: bool, base: Any, theirs: Any, mine: Any) -> Any:
        """Return the value that holds; `known` says whether both started from `base`."""
        same = self.rules.same
        if same(path, theirs, mine):
            return theirs
        if known and same(path, base, mine):
            return self._note(path, self.found.theirs, theirs)
        if known and same(path, base, theirs):
            return self._note(path, self.found.mine, mine)
        if not self.rules.editable(path):
            return theirs
        return self._conflict(path, theirs, mine)

    def _note(self, path: Path, changes: list[Path], value: Any) -> Any:
        if self.rules.editable(path):
            changes.append(path)
        return value

    def _conflict(self, path: Path, theirs: Any, mine: Any) -> Any:
        self.found.conflicts.append(path)
        choice = self.rules.choices.get(path)
        if choice is None:
            self.found.open.append(path)
        return theirs if choice == THEIRS else mine

    def _rows(self, name: str, sides: list[Any]) -> list[Content]:
        base, theirs, mine = sides
        merged = {}
        for key in dict.fromkeys([*theirs, *mine]):
            row = self._row((name, key), base.get(key), theirs.get(key), mine.get(key))
            if row is not None:
                merged[key] = row
        ordered = [merged[key] for key in _order(list(base), list(theirs), list(mine), merged)]
        for place, row in enumerate(ordered):
            if ORDER in row:
                row[ORDER] = place
        return ordered

    def _row(
        self, path: Path, base: Content | None, theirs: Content | None, mine: Content | None
    ) -> Content | None:
        """Merge one row that at least one side has; None where it is gone."""
        if theirs is None or mine is None:
            return self._lone_row(path, base, theirs, mine)
        row: Content = {}
        for name in dict.fromkeys([*theirs, *mine]):
            if name in {"pk", ORDER}:
                row[name] = theirs.get(name, mine.get(name))
            else:
                values = ((side or {}).get(name) for side in (base, theirs, mine))
                row[name] = self._decide((*path, name), base is not None, *values)
        return row

    def _lone_row(
        self, path: Path, base: Content | None, theirs: Content | None, mine: Content | None
    ) -> Content | None:
        """One side has the row, the other has not: it was added or deleted."""
        left, is_theirs = (mine, False) if theirs is None else (theirs, True)
        if self.base is None:
            result: Content | None = self._conflict(path, theirs, mine)
        elif base is None:  # added
            result = self._note(path, self.found.theirs if is_theirs else self.found.mine, left)
        elif self._is_untouched(path, base, left):  # deleted by the other side
            result = self._note(path, self.found.mine if is_theirs else self.found.theirs, None)
        else:
            result = self._conflict(path, theirs, mine)
        return dict(result) if result is not None else None

    def _is_untouched(self, path: Path, base: Content, row: Content | None) -> bool:
        return all(
            self.rules.same((*path, name), base.get(name), value)
            for name, value in (row or {}).items()
            if name not in {"pk", ORDER} and self.rules.editable((*path, name))
        )


def _index(rows: list[Content], key: str) -> dict[str, Content] | None:
    """Return rows by their key in their order; None where a row has no key.

    Of two rows with one key the later counts: it is the one that was sent.
    """
    if any(row.get(key) in (None, "") for row in rows):
        return None
    return {str(row[key]): row for row in rows}


def _order(
    base: list[str], theirs: list[str], mine: list[str], kept: Iterable[str]
) -> Iterable[str]:
    """Keep my order where I changed it, else theirs; put the other's new rows where they stood."""
    wanted = set(kept)
    common = set(base) & set(mine)
    moved = [k for k in base if k in common] != [k for k in mine if k in common]
    lead, other = (mine, theirs) if moved else (theirs, mine)
    result = [key for key in lead if key in wanted]
    for place, key in enumerate(other):
        if key in wanted and key not in result:
            before = [k for k in other[:place] if k in result]
            result.insert(result.index(before[-1]) + 1 if before else 0, key)
    return result
