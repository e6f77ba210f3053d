"""How lists find procedures by words. The search room above registers its finder here.

Without one a list still filters by whole words without accents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OtherPage:
    """A page that is no procedure; `lang` is the language of its name if not the reader's."""

    kind: str
    name: str
    lang: str
    url: str


@dataclass(frozen=True)
class Found:
    """What answers a text.

    `ids` are Vietnamese procedure pages, best first. `meant` is the text as it was corrected, or
    "". `others` stand beside the list.
    """

    ids: list[int]
    meant: str = ""
    others: list[OtherPage] = field(default_factory=list)


Finder = Callable[[str], Found | None]
_finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    """Let `finder(text)` answer what people type, or None; the last one registered counts."""
    _finders[:] = [finder]


def find_by_words(text: str) -> Found | None:
    """Return what answers `text` in the reader's language; None without a finder or a text."""
    return _finders[0](text) if _finders and text else None
