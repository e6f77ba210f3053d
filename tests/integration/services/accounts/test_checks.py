"""Operators are warned of a cache in which limits do not hold; the default one is shared."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from cms.settings import env
from services.accounts.checks import check_shared_cache


@pytest.mark.parametrize("url", ["locmemcache://", "dummycache://"])
def test_a_cache_that_is_not_shared_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("CACHE_URL", url)
    settings.CACHES = {"default": env.cache()}
    (warning,) = check_shared_cache()
    assert warning.id == "accounts.W001"
    assert "CACHE_URL" in warning.msg


@pytest.mark.parametrize("url", ["", "rediscache://host:6379/0", "memcache://host:11211"])
def test_a_shared_cache_is_well(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("CACHE_URL", url)
    settings.CACHES = {"default": env.cache()}
    assert check_shared_cache() == []
