"""Guards that every test has: no network, no undefined template variable, no warning, no real mail.

The network guard and the warning guard are options in ``pyproject.toml``; mail goes to Django's
in-memory outbox by the test settings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates

from tests.template_guard import UndefinedVariableGuard

# Playwright's synchronous interface runs an event loop, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True, scope="session")
def _guard_templates() -> None:
    for backend in engines.all():
        if isinstance(backend, DjangoTemplates):
            backend.engine.string_if_invalid = UndefinedVariableGuard()


@pytest.fixture(autouse=True)
def _guard_variables(request: pytest.FixtureRequest) -> Iterator[None]:
    UndefinedVariableGuard.enabled = "undefined_variables" not in request.keywords
    yield
    UndefinedVariableGuard.enabled = True
