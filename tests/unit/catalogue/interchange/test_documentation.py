"""The document of the format names every record, field and code, and every option."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from django.conf import settings

from catalogue import choices
from catalogue.interchange.records import (
    PROCEDURE_FIELDS,
    ROW_TABLES,
    SHARED_TABLES,
    TRANSLATION_FIELDS,
)
from catalogue.interchange.sheets import SHEETS
from catalogue.management.commands import export_procedures, import_procedures

TEXT = (Path(settings.BASE_DIR) / "docs/import-format.md").read_text(encoding="utf-8")
CODED = ("Audience", "AuthorityLevel", "ServiceLevel", "FilingMode", "FactsStatus", "FeeKind")
CODED += ("Method", "TimeUnit", "AgencyKind")


def test_every_field_is_described() -> None:
    tables = [PROCEDURE_FIELDS, TRANSLATION_FIELDS, *ROW_TABLES.values(), *SHARED_TABLES.values()]
    names = {field.name for fields in tables for field in fields}
    missing = {name for name in names | set(SHARED_TABLES) | set(SHEETS) if f"`{name}`" not in TEXT}
    assert not missing


@pytest.mark.parametrize("name", CODED)
def test_every_code_is_described(name: str) -> None:
    assert " ".join(getattr(choices, name).values) in TEXT


@pytest.mark.parametrize("module", [import_procedures, export_procedures])
def test_every_option_is_described(module: object) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    module.Command().add_arguments(parser)
    options = {option for action in parser._actions for option in action.option_strings}
    assert not {option for option in options if option not in TEXT}
