"""Procedures of almost one name: brought together on a page of a list, and told apart.

The national register has the same procedure once a level: "(cấp tỉnh)", "(thực hiện tại cấp xã)".
Nothing is left out and nothing moves to another page; the best of them keeps its place and the
others follow it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from catalogue.choices import Audience, AuthorityLevel
from catalogue.models import FacetKind, ListingFacet
from cms.core.vietnamese import fold

if TYPE_CHECKING:
    from catalogue.selectors.listings import ProcedureRow

_ASIDE = re.compile(r"\([^()]*\)")
_WORDS = re.compile(r"[^\W_]+")
_LEVEL = r"cap (?:trung uong|tw|bo|tinh|thanh pho|huyen|xa)"
_TAIL = re.compile(rf"(?: thuc hien)?(?: tai| o)?(?: cong an)? {_LEVEL}(?: {_LEVEL})*$")
_HEAD = "thu tuc "
# What twins differ in, in the order in which it is said.
_LABELS: dict[str, type[AuthorityLevel | Audience]] = {
    FacetKind.AUTHORITY.value: AuthorityLevel,
    FacetKind.AUDIENCE.value: Audience,
}
# More audiences than that say nothing.
_MOST_AUDIENCES = 2


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """Return a name without what stands in brackets and without the level at its end."""
    folded, before = fold(name), ""
    while folded != before:
        before, folded = folded, _ASIDE.sub(" ", folded)
    words = " ".join(_WORDS.findall(folded)).removeprefix(_HEAD)
    return _TAIL.sub("", words) or words


def stand_together(rows: Sequence[tuple[int, ProcedureRow]]) -> list[ProcedureRow]:
    """Return the rows of one page with twins below the best of them, each told apart.

    Rows are given with the ids of their pages. What tells twins apart is asked for every page, so
    that a page with twins asks no more than another.
    """
    marks = _marks(pk for pk, _row in rows) if rows else {}
    groups: dict[str, list[tuple[int, ProcedureRow]]] = defaultdict(list)
    for pk, row in rows:
        groups[stem(row.name.text)].append((pk, row))
    for group in groups.values():
        if len(group) > 1:
            _tell_apart(group, marks)
    return [row for group in groups.values() for _pk, row in group]


def _marks(ids: Iterable[int]) -> dict[tuple[int, str], frozenset[str]]:
    """Levels and audiences of some procedures."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    facets = ListingFacet.objects.filter(kind__in=_LABELS, listing_id__in=list(ids))
    for pk, kind, value in facets.order_by().values_list("listing_id", "kind", "value"):
        found[pk, kind].add(value)
    return {place: frozenset(values) for place, values in found.items()}


def _tell_apart(
    group: list[tuple[int, ProcedureRow]], marks: dict[tuple[int, str], frozenset[str]]
) -> None:
    """Say of each what not all of them have alike."""
    group[0][1].twins = len(group)
    for _pk, row in group:
        row.is_twin = True
    for kind, labels in _LABELS.items():
        values = [marks.get((pk, kind), frozenset()) for pk, _row in group]
        if len(set(values)) == 1:
            continue
        for (_pk, row), own in zip(group, values, strict=True):
            words = [str(label.label) for label in labels if label.value in own]
            if kind == FacetKind.AUTHORITY or len(words) <= _MOST_AUDIENCES:
                row.apart += words
