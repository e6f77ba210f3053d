"""Somebody with a keyboard and a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from services.accounts.signals import code_issued
from tests.e2e.accounts.keyboard import Axe, Keyboard, Letterbox


@pytest.fixture
def letters() -> Iterator[Letterbox]:
    box = Letterbox()
    code_issued.connect(box.keep)
    yield box
    code_issued.disconnect(box.keep)


@pytest.fixture
def keyboard(live_server: Any, city: None, page: Page, axe: Axe, captcha_answers: str) -> Keyboard:
    return Keyboard(page, live_server.url, axe)
