"""The filters of the list of procedures: from an address to a query, and back to addresses.

Unknown values are left out, so that an old or mistyped address still shows a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogue.choices import Audience, AuthorityLevel, Method, ServiceLevel
from catalogue.models import FacetKind
from catalogue.selectors.listings import BEST_FIRST, BY_NAME, NEWEST_FIRST, ListQuery
from catalogue.selectors.summary import Summary
from catalogue.selectors.words import Words
from cms.core.addresses import localise
from cms.core.vietnamese import nfc

MAX_TEXT = 200
MAX_VALUES = 20
AGENCY_PREFIX = "/co-quan/"
PARAMS: dict[str, str] = {
    FacetKind.AGENCY.value: "co-quan",
    FacetKind.SECTOR.value: "linh-vuc",
    FacetKind.LIFE_EVENT.value: "su-kien",
    FacetKind.AUDIENCE.value: "doi-tuong",
    FacetKind.LEVEL.value: "muc-do",
    FacetKind.METHOD.value: "cach-nop",
    FacetKind.AUTHORITY.value: "cap",
}
CHOICES = {
    FacetKind.AUDIENCE.value: Audience,
    FacetKind.LEVEL.value: ServiceLevel,
    FacetKind.METHOD.value: Method,
    FacetKind.AUTHORITY.value: AuthorityLevel,
}
AS_TYPED = "nguyen-van"
SORT_PARAMS = {BEST_FIRST: "phu-hop", BY_NAME: "ten", NEWEST_FIRST: "moi"}


@dataclass(slots=True)
class Option:
    """One value of a filter; `value` is what the form sends."""

    value: str
    label: Words
    count: int
    is_selected: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One filter. A long one is a select, a short one tick boxes."""

    param: str
    label: str
    options: list[Option]
    is_select: bool

    @property
    def is_active(self) -> bool:
        """Whether the reader chose a value."""
        return any(option.is_selected for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that the reader made, with the address without it."""

    label: Words
    remove_url: str


class Filters:
    """The reader's query with the labels and addresses around it.

    `fixed` facets belong to the page itself (a sector's page) and are never offered.
    """

    def __init__(
        self, data: QueryDict, summary: Summary, *, path: str, fixed: dict[str, str] | None = None
    ) -> None:
        self.summary = summary
        self.path = path
        self.fixed = fixed or {}
        self.options = {kind.value: _known(summary, kind.value) for kind in FacetKind}
        self.chosen = {
            kind: values
            for kind, param in PARAMS.items()
            if kind not in self.fixed and (values := self._chosen(data, kind, param))
        }
        self.text = nfc(data.get("q", ""))[:MAX_TEXT]
        self.as_typed = bool(self.text) and data.get(AS_TYPED) == "1"
        self.orders = [BEST_FIRST, BY_NAME, NEWEST_FIRST] if self.text else [BY_NAME, NEWEST_FIRST]
        codes = {SORT_PARAMS[order]: order for order in self.orders}
        self.sort = codes.get(data.get("sap-xep", ""), self.orders[0])
        self.page = _positive(data.get("trang", "1"))

    def _chosen(self, data: QueryDict, kind: str, param: str) -> tuple[str, ...]:
        known = self.options[kind]
        values = dict.fromkeys(data.getlist(param)[:MAX_VALUES])
        return tuple(value for value in values if value in known)

    @property
    def query(self) -> ListQuery:
        """The query for the selector, with stored values."""
        facets = {
            kind: tuple(self.options[kind][value][0] for value in values)
            for kind, values in self.chosen.items()
        }
        facets.update({kind: (value,) for kind, value in self.fixed.items()})
        return ListQuery(self.text, self.as_typed, facets, self.sort, self.page)

    def url(
        self,
        *,
        page: int = 1,
        sort: str = "",
        facets: dict[str, tuple[str, ...]] | None = None,
        text: str | None = None,
        as_typed: bool | None = None,
    ) -> str:
        """The address of this list with another page, sort, text, or values of some facets."""
        data = QueryDict(mutable=True)
        if words := self.text if text is None else text:
            data["q"] = words
            if as_typed if as_typed is not None else self.as_typed and text is None:
                data[AS_TYPED] = "1"
        chosen = {**self.chosen, **(facets or {})}
        for kind, param in PARAMS.items():
            if values := chosen.get(kind):
                data.setlist(param, list(values))
        order = sort or self.sort
        if order != self.orders[0]:
            data["sap-xep"] = SORT_PARAMS[order]
        if page > 1:
            data["trang"] = str(page)
        encoded = data.urlencode(safe="/")
        return f"{self.path}?{encoded}" if encoded else self.path

    def groups(self, counts: dict[str, dict[str, int]]) -> list[FilterGroup]:
        """The filters with the number that each value would give; empty values are left out."""
        labels = {
            FacetKind.AGENCY.value: _("Agency"),
            FacetKind.SECTOR.value: _("Sector"),
            FacetKind.LIFE_EVENT.value: _("Life event"),
            FacetKind.AUDIENCE.value: _("For whom"),
            FacetKind.LEVEL.value: _("Online level"),
            FacetKind.METHOD.value: _("Way of filing"),
            FacetKind.AUTHORITY.value: _("Level of government"),
        }
        groups = []
        for kind, label in labels.items():
            if kind in self.fixed:
                continue
            options = self._options(kind, counts.get(kind, {}))
            if options:
                groups.append(FilterGroup(PARAMS[kind], label, options, kind not in CHOICES))
        return groups

    def _options(self, kind: str, counts: dict[str, int]) -> list[Option]:
        chosen = self.chosen.get(kind, ())
        return [
            Option(value, label, counts.get(stored, 0), value in chosen, depth)
            for value, (stored, label, depth) in self.options[kind].items()
            if counts.get(stored) or value in chosen
        ]

    def chips(self) -> list[Chip]:
        """The reader's choices, each with the address without it."""
        chips = []
        if self.text:
            chips.append(Chip(Words(f"“{self.text}”"), self.url(text="")))
        for kind, values in self.chosen.items():
            for value in values:
                rest = tuple(v for v in values if v != value)
                chips.append(Chip(self.options[kind][value][1], self.url(facets={kind: rest})))
        return chips

    def url_without(self, text: str | None = None) -> str:
        """The address of this list without the reader's filters, perhaps with another text."""
        return self.url(facets=dict.fromkeys(self.chosen, ()), text=text)

    @property
    def is_new_text(self) -> bool:
        """Whether the reader has just asked for words, and not gone on from an answer."""
        is_plain = not self.chosen and self.sort == self.orders[0]
        return bool(self.text) and is_plain and self.page == 1

    @property
    def number(self) -> int:
        """How many values of filters the reader chose; the words are none."""
        return sum(map(len, self.chosen.values()))

    @property
    def sort_code(self) -> str:
        """The sort as the address has it; "" for the usual one."""
        return "" if self.sort == self.orders[0] else SORT_PARAMS[self.sort]

    def sorts(self) -> list[tuple[str, str, bool]]:
        """Ways of sorting as (label, address, whether it is the current one)."""
        labels = {
            BEST_FIRST: _("Best match"),
            BY_NAME: _("By name"),
            NEWEST_FIRST: _("Newly updated"),
        }
        return [(labels[sort], self.url(sort=sort), sort == self.sort) for sort in self.orders]


@lru_cache(maxsize=64)
def _known(summary: Summary, kind: str) -> dict[str, tuple[str, Words, int]]:
    """{value in the address: (stored value, label, depth)} of a facet, in the reader's language."""
    if kind in CHOICES:
        return {
            code.replace("_", "-"): (code, Words(str(label)), 0)
            for code, label in CHOICES[kind].choices
        }
    if kind == FacetKind.AGENCY:
        start = len(localise(AGENCY_PREFIX))
        paths = [(agency.url[start:-1], agency) for agency in summary.agencies]
        return {path: (agency.id, agency.name, path.count("/")) for path, agency in paths}
    names = summary.names(FacetKind(kind))
    return {slug: (slug, name, 0) for slug, name in names.items()}


def _positive(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1
