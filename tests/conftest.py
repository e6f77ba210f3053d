"""Guards that every test has: no network, no undefined template variable, no warning, no real mail.

The network guard and the warning guard are options in ``pyproject.toml``; mail goes to Django's
in-memory outbox by the test settings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.signals import setting_changed
from django.db import connection
from django.template import engines
from django.template.backends.django import DjangoTemplates
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from services.notifications.gateways import sent_texts
from tests.template_guard import UndefinedVariableGuard

# Playwright's synchronous interface runs an event loop, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CAPTCHA_DIGITS = "240813"


def pytest_sessionstart() -> None:
    """Makes the folder of the tests' SQLite file."""
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    if name and connection.vendor == "sqlite":
        Path(name).parent.mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Runs the journeys last: from the first one on, Playwright's event loop runs in this thread.

    Django keeps other connections inside an event loop than outside, so that a test after a
    journey would not see what one before it saw.
    """
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


def guard_templates(**kwargs: object) -> None:
    """Puts the guard into the engines, again after a changed setting has made Django drop them."""
    for backend in engines.all():
        if isinstance(backend, DjangoTemplates):
            backend.engine.string_if_invalid = UndefinedVariableGuard()


@pytest.fixture(autouse=True, scope="session")
def _guard_templates() -> None:
    guard_templates()
    setting_changed.connect(guard_templates)


@pytest.fixture(autouse=True)
def _guard_variables(request: pytest.FixtureRequest) -> Iterator[None]:
    UndefinedVariableGuard.enabled = "undefined_variables" not in request.keywords
    yield
    UndefinedVariableGuard.enabled = True


@pytest.fixture(autouse=True)
def _empty_text_outbox() -> None:
    sent_texts.clear()


@pytest.fixture
def captcha_answers(monkeypatch: pytest.MonkeyPatch) -> str:
    """Every captcha made from now on has these digits, in a live server too."""
    monkeypatch.setattr("cms.core.captcha.challenges.digits_of", lambda token: CAPTCHA_DIGITS)
    return CAPTCHA_DIGITS


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, django_db_keepdb: bool
) -> Iterator[None]:
    """Leaves a database that ``--reuse-db`` can reuse.

    The last transactional test empties every table; what the migrations had written (root page,
    locales, site) is put back from the copy that Django made when the session began.
    """
    with django_db_blocker.unblock():
        if not Page.objects.exists():
            pytest.exit("the kept test database is empty: run once with --create-db", 2)
    if contents := getattr(connection, "_test_serialized_contents", None):
        type(connection)._test_serialized_contents = contents  # for the journeys' connections too
    yield
    with django_db_blocker.unblock():
        if django_db_keepdb and not Page.objects.exists():
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            ContentType.objects.clear_cache()
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
