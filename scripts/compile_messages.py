#!/usr/bin/env python3
"""Compile the message catalogues with Babel, without GNU gettext; skip what is up to date.

Fuzzy entries are left out, as gettext does; a test refuses them in our own catalogue.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
TREES = ("locale", "locale_vendor")


def compile_catalogue(source: Path) -> bool:
    """This function will write the .mo beside ``source`` if it is older, and say whether it did."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as lines:
        catalogue = read_po(lines, locale=source.parent.parent.name)
    unfinished = target.with_suffix(".mo.tmp")
    with unfinished.open("wb") as out:
        write_mo(out, catalogue)
    unfinished.replace(target)
    return True


def compile_all(root: Path = ROOT) -> int:
    """This function will compile every catalogue below ``root`` and give how many were written."""
    sources = [path for tree in TREES for path in (root / tree).glob("*/LC_MESSAGES/*.po")]
    return sum(compile_catalogue(path) for path in sorted(sources))


if __name__ == "__main__":
    if count := compile_all():
        sys.stdout.write(f"Compiled {count} message catalogue(s)\n")
