"""The page of sent messages, which developers have: readable on a phone, axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from services.notifications import outbox
from tests.e2e.pages import Screen


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.urls("tests.e2e.urls_with_gallery")
def test_axe_finds_nothing_and_nothing_breaks_out(
    live_server: Any,
    city: None,
    page: Page,
    axe: Callable[[], list[str]],
    settings: Any,
    tmp_path: Path,
    prefix: str,
    width: int,
) -> None:
    settings.DEBUG, settings.DATA_DIR = True, tmp_path
    screen = Screen(page, live_server.url + prefix)
    page.set_viewport_size({"width": width, "height": 740})
    screen.open("/_messages/")
    assert axe() == []
    for kind, subject in (("mail", "Thư " + "dài" * 90), ("text", "")):
        copy = outbox.Copy(kind=kind, receiver="+84900000001", subject=subject, text="1\n" * 9)
        outbox.keep_copy(copy)
    screen.open("/_messages/")
    assert page.get_by_role("article").count() == 2
    assert screen.breaks_out() <= 0
    assert axe() == []
