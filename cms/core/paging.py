"""The links to the pages of a long list. Pure: it counts and asks for addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Pages shown on each side of the current one.
NEIGHBOURS = 1


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a list; one without a number stands for a gap."""

    number: int | None = None
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """What the pagination component draws; empty `pages` for a list on one page."""

    pages: list[PageLink]
    previous_url: str = ""
    next_url: str = ""


def build_paging(page: int, last: int, url: Callable[[int], str]) -> Paging:
    """Return the links around `page`, with the first and the last page and gaps between.

    `url(number)` gives the address of a page; pages count from 1.
    """
    if last <= 1:
        return Paging([])
    near = range(max(1, page - NEIGHBOURS), min(last, page + NEIGHBOURS) + 1)
    links: list[PageLink] = []
    before = 0
    for number in sorted({1, *near, last}):
        if number - before == 2:
            links.append(PageLink(number - 1, url(number - 1)))
        elif number - before > 2:
            links.append(PageLink())
        links.append(PageLink(number, url(number), number == page))
        before = number
    return Paging(
        links,
        previous_url=url(page - 1) if page > 1 else "",
        next_url=url(page + 1) if page < last else "",
    )
