"""Makes an undefined variable in one of our own templates an error; others may have them.

Django calls ``string_if_invalid`` when a variable cannot be resolved, and asks it two questions:
whether it is true (ordinary tags) and whether it contains ``%s`` (``blocktranslate``). The guard
answers no to both, so that nothing is rendered, after it has looked where the variable stands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.template.base import FilterExpression, Node

OWN = str(settings.BASE_DIR / "templates")
TOLERANT_FILTERS = frozenset({"default", "default_if_none"})


class UndefinedVariableError(AssertionError):
    """A template of ours used a variable that its context lacks."""


class UndefinedVariableGuard(str):
    """The value for ``string_if_invalid``: empty, and loud for our own templates."""

    enabled = True
    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if isinstance(expression, FilterExpression) and not _is_tolerant(expression):
            _refuse(frame, str(expression.var))
        return False

    def __contains__(self, key: Any) -> bool:
        if key == "%s":
            frame = sys._getframe(1)
            _refuse(frame, str(frame.f_locals.get("key", "?")))
        return False


def _is_tolerant(expression: FilterExpression) -> bool:
    return any(function.__name__ in TOLERANT_FILTERS for function, _ in expression.filters[:1])


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _refuse(frame: FrameType, variable: str) -> None:
    if not UndefinedVariableGuard.enabled:
        return
    for candidate in _frames(frame):
        node = candidate.f_locals.get("self")
        origin = getattr(node, "origin", None) if isinstance(node, Node) else None
        if origin is None:
            continue
        if str(origin.name).startswith(OWN):
            name = Path(str(origin.name)).relative_to(OWN)
            token = getattr(node, "token", None)
            line = getattr(token, "lineno", "?")
            raise UndefinedVariableError(f"{name}:{line}: undefined variable {variable}")
        return
