"""How lists find procedures by words. The search room above registers its finder here, and its ear.

Without one a list still filters by whole words without accents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import HttpRequest


@dataclass(frozen=True)
class OtherPage:
    """A page that is no procedure; `lang` is the language of its name if not the reader's."""

    kind: str
    name: str
    lang: str
    url: str


class Fewer(NamedTuple):
    """A part of a text, and how many procedures it finds."""

    text: str
    number: int


class Run(NamedTuple):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_match: bool = False


class Shown(NamedTuple):
    """A procedure as a list shows it: what the reader sees, and the snapshot behind it.

    `lang` and `agency_lang` are the languages of the names if not the reader's.
    """

    key: str
    name: str
    lang: str
    agency: str
    agency_lang: str
    snapshot: dict[str, Any]


@dataclass(frozen=True)
class Excerpt:
    """A few words of a procedure that were looked for, and where they stand (`label`)."""

    label: str
    runs: list[Run]
    lang: str = ""


@dataclass(frozen=True)
class Match:
    """Why a procedure answers a text; `excerpt` is there when its name does not say it all."""

    name: list[Run]
    is_key: bool = False
    excerpt: Excerpt | None = None


def no_match(shown: Shown) -> Match:
    """Say nothing of why a procedure is shown."""
    return Match([Run(shown.name)])


@dataclass(frozen=True)
class Found:
    """What answers a text.

    `ids` are Vietnamese procedure pages, best first. `meant` is the text as it was corrected, or
    "". `others` stand beside the list. `explain` says why a procedure is among the answers. Where
    nothing does, `near` are procedures that say a little of it, and `fewer` parts that find some.
    """

    ids: list[int]
    meant: str = ""
    others: list[OtherPage] = field(default_factory=list)
    explain: Callable[[Shown], Match] = no_match
    near: list[int] = field(default_factory=list)
    fewer: list[Fewer] = field(default_factory=list)


Finder = Callable[[str, bool], Found | None]
Listener = Callable[[HttpRequest, str, int], None]
_finders: list[Finder] = []
_listeners: list[Listener] = []


def register_finder(finder: Finder) -> None:
    """Let `finder(text, as_typed)` answer what people type, or None; the last one counts."""
    _finders[:] = [finder]


def find_by_words(text: str, *, as_typed: bool = False) -> Found | None:
    """Return what answers `text` in the reader's language; None without a finder or a text.

    A text is corrected where the vocabulary supports it, unless it is wanted `as_typed`.
    """
    return _finders[0](text, as_typed) if _finders and text else None


def register_listener(listener: Listener) -> None:
    """Let `listener(request, text, number)` hear of asked texts; the last one registered counts."""
    _listeners[:] = [listener]


def tell_asked(request: HttpRequest, text: str, number: int) -> None:
    """Tell that somebody asked for `text` and got the first page of `number` answers."""
    for listener in _listeners:
        listener(request, text, number)
