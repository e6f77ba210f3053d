"""The provider in a process of its own, and how a browser signs in with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from tests.integration.services.accounts.citizens.conftest import Codes, codes
from tests.oidc_provider import running

__all__ = ["Codes", "codes"]

START = "/tai-khoan/dinh-danh/quoc-gia/"


@pytest.fixture(scope="session")
def provider_address() -> Iterator[str]:
    with running.provider(f"http://testserver{running.CALLBACK}") as address:
        yield address


@pytest.fixture
def provider(provider_address: str, settings: Settings) -> str:
    settings.SOCIALACCOUNT_PROVIDERS = running.settings_for(provider_address)
    return provider_address


@pytest.fixture
def sign_on() -> Callable[..., Any]:
    """Press the button, agree there, come back; return the portal's answer."""

    def enter(client: Client, claims: dict[str, Any], next_page: str = "", at: str = START) -> Any:
        start = client.post(at + (f"?next={next_page}" if next_page else ""))
        back = urlsplit(running.sign_in_there(start["Location"], claims))
        return client.get(f"{back.path}?{back.query}")

    return enter
