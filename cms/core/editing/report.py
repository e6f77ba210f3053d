"""Differences between versions of a page in the words of its form, for a person to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.compare import TextDiff
from wagtail.models import Page

from cms.core.editing.merging import Path
from cms.core.editing.sameness import Sameness

PATH_MARK = "/"
CUT = 120


@dataclass(frozen=True)
class Difference:
    """One field or row that somebody changed, as safe HTML; `name` is its name in a form."""

    name: str
    label: str
    theirs: str
    mine: str


class Wording:
    """Puts paths into words, with the comparisons that Wagtail's history shows."""

    def __init__(
        self, panel: Any, same: Sameness, base: Page | None, theirs: Page, mine: Page
    ) -> None:
        self.same = same
        self.base, self.theirs, self.mine = base, theirs, mine
        self.fields: dict[str, Any] = {}
        self.rows: dict[str, Any] = {}
        for comparison in panel.get_comparison():
            field = comparison.args[0]
            if len(comparison.args) > 1:
                self.rows[field.get_accessor_name()] = comparison
            else:
                self.fields[field.name] = comparison

    def describe(self, paths: Iterable[Path]) -> list[Difference]:
        """Return the differences at `paths`."""
        return [self._describe(path) for path in paths]

    def _describe(self, path: Path) -> Difference:
        name = PATH_MARK.join(path)
        if path[0] in self.same.relations:
            return self._describe_row(name, path)
        comparison = self.fields.get(path[0])
        sides = self._compare(path, comparison, self.base, self.theirs, self.mine)
        return Difference(name, self._label(path, comparison, self.theirs), *sides)

    def _describe_row(self, name: str, path: Path) -> Difference:
        relation = self.rows.get(path[0])
        model = self.same.relations[path[0]]
        label = str(capfirst((relation and relation.keywords["label"]) or model._meta.verbose_name))
        if len(path) == 1:
            whole = _("the whole list")
            label = f"{label} ({whole})"
            lists = [self._compare_lists(path[0], page) for page in (self.theirs, self.mine)]
            return Difference(name, label, *lists)
        base, theirs, mine = (
            self._find(page, path) if page is not None else None
            for page in (self.base, self.theirs, self.mine)
        )
        label = f"{label}: {_name_of(base or theirs or mine)}"
        if len(path) == 2:
            return Difference(name, label, _presence(base, theirs), _presence(base, mine))
        comparisons = {part.args[0].name: part for part in (relation.args[1] if relation else ())}
        comparison = comparisons.get(path[2])
        sides = self._compare(path, comparison, base, theirs, mine)
        return Difference(name, f"{label} – {self._label(path, comparison, theirs)}", *sides)

    def _compare_lists(self, relation: str, side: Page) -> str:
        """Name the rows of a list: those that went, those that came, those that stayed."""
        start = self.base if self.base is not None else side
        before, now = ([str(row) for row in getattr(p, relation).all()] for p in (start, side))
        changes = [("deletion", row) for row in before if row not in now]
        changes += [("equal" if row in before else "addition", row) for row in now]
        html: str = TextDiff(changes, separator="; ").to_html()
        return html

    def _find(self, page: Page, path: Path) -> Any:
        key = (
            "translation_key" if hasattr(self.same.relations[path[0]], "translation_key") else "pk"
        )
        for row in getattr(page, path[0]).all():
            if str(getattr(row, key)) == path[1]:
                return row
        return None

    def _label(self, path: Path, comparison: Any, item: Any) -> str:
        if comparison is not None and item is not None:
            return str(comparison(item, item).field_label())
        field = self.same.field_at(path)
        return str(capfirst(getattr(field, "verbose_name", path[-1])))

    def _compare(
        self, path: Path, comparison: Any, base: Any, theirs: Any, mine: Any
    ) -> tuple[str, str]:
        """Return what became of a field on either side; without a start, its two values."""
        if comparison is None:
            return "", ""
        return tuple(  # type: ignore[return-value]
            comparison(base if base is not None else side, side).htmldiff() if side else ""
            for side in (theirs, mine)
        )


def _name_of(row: Any) -> str:
    text = str(row)
    return text if len(text) <= CUT else f"{text[:CUT]}…"


def _presence(base: Any, row: Any) -> str:
    """Say whether a side has a row, has added it, changed it or deleted it."""
    if row is None:
        return format_html('<span class="deletion">{}</span>', _("deleted"))
    if base is None:
        return format_html('<span class="addition">{}</span>', _("added"))
    return escape(_("changed: %(row)s") % {"row": _name_of(row)})
