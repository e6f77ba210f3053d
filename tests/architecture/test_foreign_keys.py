"""Foreign keys by string cannot be seen by the import contracts; none may point upward."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

STOREYS = (("core",), ("catalogue",), ("accounts", "notifications", "search"), ("home",))
RANKS = {label: rank for rank, labels in enumerate(STOREYS) for label in labels}
OUR_TOPS = ("cms", "catalogue", "services", "search", "home")


def own_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__module__.split(".")[0] in OUR_TOPS]


def references(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    for field in model._meta.get_fields(include_parents=False):
        if isinstance(field, Field) and field.remote_field and not field.auto_created:
            yield field.name, field.remote_field.model


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_no_reference_points_upward(model: type[Model]) -> None:
    here = model._meta.app_label
    for name, target in references(model):
        there = target._meta.app_label
        if target._meta.label == settings.AUTH_USER_MODEL or there not in RANKS or there == here:
            continue
        assert RANKS[there] < RANKS[here], f"{model._meta.label}.{name} points up at {there}"


def test_every_own_app_has_a_storey() -> None:
    ours = {m._meta.app_label for m in own_models()}
    assert ours <= set(RANKS), f"give these a storey: {ours - set(RANKS)}"
