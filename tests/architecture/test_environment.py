"""The environment is read in one module, and its documentation lists the same variables."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cms.settings.env import VARIABLES
from tests.architecture.sources import ROOT, list_modules, name_of

READER = ROOT / "cms/settings/env.py"
ROW = re.compile(r"^\| `([A-Z_]+)` \| (\w+) \| (.*?) \| (.+) \|$", re.MULTILINE)


def documented() -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs/environment.md").read_text(encoding="utf-8")
    return {name: (kind, default) for name, kind, default, _ in ROW.findall(text)}


def shown(default: object) -> str:
    return f"`{default}`" if default not in ("", [], None) else "empty"


def test_documentation_lists_the_same_variables() -> None:
    declared = {name: (v.kind, shown(v.default)) for name, v in VARIABLES.items()}
    assert documented() == declared


def test_example_names_only_declared_variables() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = set(re.findall(r"^#?\s?([A-Z][A-Z_]+)=", text, re.MULTILINE))
    outside = {"DJANGO_SETTINGS_MODULE", "POSTGRES_PASSWORD", "PORT", "WEB_WORKERS"}
    assert names - outside <= set(VARIABLES)


@pytest.mark.parametrize("path", list_modules(), ids=name_of)
def test_only_one_module_reads_the_environment(path: Path) -> None:
    if path == READER:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        reads = isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        if reads and path.name in {"wsgi.py", "asgi.py"}:
            continue  # they set the settings module, nothing else
        assert not reads, f"{name_of(path)}:{node.lineno} reads the environment"
