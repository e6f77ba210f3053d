"""The links to the pages of a list."""

from __future__ import annotations

import pytest

from cms.core.paging import build_paging


@pytest.mark.parametrize(
    ("page", "last", "expected"),
    [
        (1, 1, []),
        (1, 2, [1, 2]),
        (1, 143, [1, 2, None, 143]),
        (4, 143, [1, 2, 3, 4, 5, None, 143]),
        (70, 143, [1, None, 69, 70, 71, None, 143]),
        (143, 143, [1, None, 142, 143]),
    ],
)
def test_pages_around_the_current_one(page: int, last: int, expected: list[int | None]) -> None:
    paging = build_paging(page, last, "?trang={}".format)
    assert [link.number for link in paging.pages] == expected
    assert [link.number for link in paging.pages if link.current] == ([page] if last > 1 else [])
    assert bool(paging.previous_url) == (page > 1)
    assert bool(paging.next_url) == (page < last)
