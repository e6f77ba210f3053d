"""The files that the architecture tests look at; a walk of its own so that no git is needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OWN_PACKAGES = ("cms", "catalogue", "services", "search", "home")
SKIPPED = {".git", ".venv", "venv", ".cache", "var", "node_modules", "__pycache__", "vendor"}
SKIPPED |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"}
SKIPPED |= {"media", "staticfiles", "test-results"}


@cache
def list_files() -> tuple[Path, ...]:
    """This function will list the project's files, without caches, data and vendored ones."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name in SKIPPED:
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


def list_modules(*tops: str) -> list[Path]:
    """This function will list the Python modules below the named top folders, less migrations."""
    wanted = tops or OWN_PACKAGES
    return [
        path
        for path in list_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in wanted
        and "migrations" not in path.parts
    ]


def name_of(path: Path) -> str:
    """This function will give the path as shown in messages and test names."""
    return path.relative_to(ROOT).as_posix()
