"""Journeys through the system's Chromium; without it they are skipped loudly, and fail under CI.

Every page of a journey is watched: an error in the console or a breach of the Content Security
Policy fails the test. ``axe`` gives the accessibility violations of the page that is shown.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import ConsoleMessage, Page
from wagtail.models import Page as WagtailPage

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


@pytest.fixture(scope="session", autouse=True)
def initial_content(django_db_setup: None, django_db_blocker: Any) -> sqlite3.Connection:
    """A copy of the database as the migrations leave it, for every journey to start from.

    Django would put that content back itself, but only on the connection that made the database;
    the browser's event loop opens another one.
    """
    kept, before = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    with django_db_blocker.unblock():
        connection.ensure_connection()
        connection.connection.backup(before)
        if not ContentType.objects.exists() or not WagtailPage.objects.filter(depth=1).exists():
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            contents = connection._test_serialized_contents  # type: ignore[attr-defined]
            connection.creation.deserialize_db_from_string(contents)
        connection.connection.backup(kept)
        before.backup(connection.connection)
        ContentType.objects.clear_cache()
    return kept


@pytest.fixture(autouse=True)
def fresh_database(transactional_db: None, initial_content: sqlite3.Connection) -> None:
    """Every journey starts from what the migrations leave, with nothing remembered of others.

    Rows get the same numbers again: what is cached by number would name another journey's files.
    """
    cache.clear()
    connection.ensure_connection()
    initial_content.backup(connection.connection)
    ContentType.objects.clear_cache()


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
def city(fresh_database: None) -> None:
    """A small province with something of every kind, at the addresses of `tests.e2e.city`."""
    City.build()
