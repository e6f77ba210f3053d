"""Journeys through the system's Chromium; without it they are skipped loudly, and fail under CI.

Every page of a journey is watched: an error in the console or a breach of the Content Security
Policy fails the test. ``axe`` gives the accessibility violations of the page that is shown.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page

from tests.e2e.city import City

CI = os.environ.get("CI") == "true"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
AXE = Path(
    os.environ.get("AXE_PATH") or settings.BASE_DIR / ".cache/node/node_modules/axe-core/axe.min.js"
)
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A page that answers 404 on purpose is an error for the console, but none of the page.
TOLERATED = ("Failed to load resource: the server responded with a status of 4",)


def _lack(what: str) -> None:
    if CI:
        pytest.fail(f"{what} is missing, and CI=true allows no missing service")
    pytest.skip(f"!!!! {what} is missing: browser tests are skipped")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        _lack("Chromium (Debian: chromium)")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """The ordinary page, but errors in its console or scripts fail the test."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(TOLERATED):
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors, f"the browser complained: {errors}"


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """This function will give the violations of the page shown: rule, help and where."""
    if not AXE.exists():
        _lack("axe-core (see .ci/run)")
    script = AXE.read_text(encoding="utf-8")

    def run() -> list[str]:
        page.evaluate(script)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", AXE_RULES
        )
        return [
            f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']][:5]}"
            for rule in found["violations"]
        ]

    return run


@pytest.fixture
def city(transactional_db: None) -> None:
    """A small province with something of every kind, at the addresses of `tests.e2e.city`."""
    City.build()
