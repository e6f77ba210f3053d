"""What people say who need a procedure, and which most need: data by key, read once a process.

Official names say what an office does; these phrases say what happened to somebody. They are
looked through like names, so that whoever asks in words of their own is understood too.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"
FILE, ESSENTIAL = FOLDER / "asked.tsv", FOLDER / "essential.txt"


def phrases_for(key: str) -> tuple[str, ...]:
    """Return the phrases of a procedure; none for one that nobody has described."""
    return _all_phrases().get(key, ())


@lru_cache(maxsize=1)
def essential_keys() -> frozenset[str]:
    """Return the keys of the procedures that most people come for."""
    lines = ESSENTIAL.read_text(encoding="utf-8").splitlines()
    return frozenset(key for line in lines if not line.startswith("#") for key in line.split())


@lru_cache(maxsize=1)
def _all_phrases() -> dict[str, tuple[str, ...]]:
    """Read the file: a line is a key, a tab, and phrases parted by semicolons."""
    found: dict[str, tuple[str, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        key, _tab, said = line.partition("\t")
        found[key] = tuple(part.strip() for part in said.split(";") if part.strip())
    return found
