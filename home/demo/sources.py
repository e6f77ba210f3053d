"""Where the demo's data files are, and how they are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from home.actions.bilingual import read_toml

DATA = Path(__file__).resolve().parent / "data"


def read(name: str) -> dict[str, Any]:
    """Return the content of a TOML file of the demo."""
    return read_toml(DATA / f"{name}.toml")


def read_codes(name: str) -> list[str]:
    """Return the first word of every line of a text file; ``#`` begins a remark."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [words[0] for line in lines if (words := line.split("#")[0].split())]


def read_records(name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file."""
    with (DATA / f"{name}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
