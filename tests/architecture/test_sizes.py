"""No module passes 400 lines, no function 50, and each module of ours says what it is for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import list_modules, name_of

MODULE_LINES = 400
FUNCTION_LINES = 50


@pytest.mark.parametrize(
    "path",
    list_modules("cms", "catalogue", "services", "search", "home", "tests", "scripts"),
    ids=name_of,
)
def test_sizes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MODULE_LINES, f"{name_of(path)} is too long: split it by concern"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= FUNCTION_LINES, (
                f"{name_of(path)}:{node.lineno} {node.name}: {lines} lines"
            )


@pytest.mark.parametrize("path", list_modules(), ids=name_of)
def test_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name == "__init__.py" and not tree.body:
        return
    assert ast.get_docstring(tree), f"{name_of(path)} has no docstring"
