"""What integration tests share: a clean cache, and the pages that every portal has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.factories import Portal, make_portal


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """Forget what Wagtail remembers of a tree that the last test took back."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def portal(db: Any) -> Portal:
    """The lists of agencies, guides and news in both languages."""
    return make_portal()
