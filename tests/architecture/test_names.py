"""File names that hide what a room is for, and traces of the machine a file was written on."""

from __future__ import annotations

import re

from tests.architecture.sources import ROOT, list_files, list_modules, name_of

FORBIDDEN_MODULES = {"services", "utils", "util", "helpers", "helper", "common", "misc"}
TEXT_SUFFIXES = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".sh",
    ".css",
    ".js",
    ".in",
}
TEXT_SUFFIXES |= {".po", ".json", ".jsonl", ".csv", ".xml", ".example", ""}
HOME_FOLDER = re.compile(r"(?<![\w.:/-])/(?:root|Users/\w+|home/\w+)/[\w.]+")
INDEX_HOST = re.compile(r"--(?:extra-)?index-url|--trusted-host|--find-links")


def test_no_module_is_named_after_nothing() -> None:
    bad = [name_of(path) for path in list_modules() if path.stem in FORBIDDEN_MODULES]
    assert not bad, f"these modules lack a real name: {bad}"


def test_no_packages_are_named_after_nothing() -> None:
    folders = {path.parent for path in list_modules()}
    bad = [name_of(f) for f in folders if f.name in FORBIDDEN_MODULES - {"services"}]
    assert not bad, f"these packages lack a real name: {bad}"


def test_no_file_tells_where_it_was_written() -> None:
    here = (
        re.compile(rf"(?<![\w.]){re.escape(str(ROOT))}(?![\w-])") if len(ROOT.parts) > 2 else None
    )
    leaks = []
    for path in list_files():
        if path.suffix not in TEXT_SUFFIXES or path == ROOT / "tests/architecture/test_names.py":
            continue
        if path.suffix == "" and path.parent != ROOT:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if HOME_FOLDER.search(text) or (here and here.search(text)):
            leaks.append(name_of(path))
    assert not leaks, f"these files name a folder of somebody's machine: {leaks}"


def test_requirements_name_no_host() -> None:
    for path in ROOT.glob("requirements*"):
        text = path.read_text(encoding="utf-8")
        assert not INDEX_HOST.search(text), f"{path.name} names a package host"
        assert "://" not in text, f"{path.name} names an address"


def test_requirements_are_pinned() -> None:
    for path in ROOT.glob("requirements*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        loose = [line for line in lines if line and not line.startswith("#") and "==" not in line]
        assert not loose, f"{path.name} has versions that may change: {loose}"
