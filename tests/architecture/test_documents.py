"""Documents point only at files that exist, and name only make targets that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, list_files, name_of

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)|<img src=\"([^\"]+)\"")
TARGET = re.compile(r"(?:^ *|`)make ([a-z][a-z-]+)", re.MULTILINE)


def documents() -> list[Path]:
    return [path for path in list_files() if path.suffix == ".md"]


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_no_link_is_dead(path: Path) -> None:
    found = [a or b for a, b in LINK.findall(path.read_text(encoding="utf-8"))]
    local = [link for link in found if "://" not in link and not link.startswith("mailto:")]
    dead = [link for link in local if not (path.parent / link).exists()]
    assert not dead, f"{name_of(path)} points at {dead}"


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs/operations.md"):
        code = "\n".join(re.findall(r"`[^`]+`|^    .*$", path.read_text("utf-8"), re.MULTILINE))
        assert set(TARGET.findall(code)) <= targets, f"{name_of(path)} names an unknown target"
