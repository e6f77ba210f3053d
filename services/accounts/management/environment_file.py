"""The file of variables that an operator's services load: `NAME=value` lines and comments.

It is written whole or not at all, and only its owner may read it. Nothing here prints a value.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

LINE = re.compile(r"^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)$")


def read_values(path: Path) -> dict[str, str]:
    """Return the variables of the file that have a value; none if there is no such file."""
    values: dict[str, str] = {}
    for line in _lines(path):
        if found := LINE.match(line):
            value = found[2].strip()
            if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
                value = value[1:-1]
            values[found[1]] = value
    return {name: value for name, value in values.items() if value}


def write_values(path: Path, values: dict[str, str], *, pattern: Path | None = None) -> None:
    """Put the values into the file, in the place of empty ones; begin as `pattern` if it is new."""
    lines = _lines(path) if path.exists() or pattern is None else _lines(pattern)
    missing = dict(values)
    for number, line in enumerate(lines):
        found = LINE.match(line)
        if found and found[1] in missing:
            lines[number] = f"{found[1]}={missing.pop(found[1])}"
    lines += [f"{name}={value}" for name, value in missing.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".env-")  # mode 600 from the start
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
