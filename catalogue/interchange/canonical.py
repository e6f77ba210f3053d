"""The one normal form of a record: canonical JSON, its digest, and UUIDs for unnamed rows."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any
from uuid import UUID, uuid5

# Changing either makes every imported record look changed.
FORMAT_VERSION = 1
NAMESPACE = UUID("6d43ad5c-9f0b-5d0e-8a51-3c1d5f2f2a77")


def canonical_json(value: Any) -> str:
    """Return `value` as JSON with sorted keys and no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(record: dict[str, Any]) -> str:
    """Return the SHA-256 of a record in normal form and of the format's version."""
    text = canonical_json([FORMAT_VERSION, record])
    return hashlib.sha256(text.encode()).hexdigest()


def page_uuid(key: str) -> str:
    """Return the UUID of the page of a procedure whose file names none."""
    return str(uuid5(NAMESPACE, key))


class RowNames:
    """Gives the rows of one procedure UUIDs that are the same in every import.

    A row is known by its relation, its natural name (a case's name, a paper's name, a way of
    filing …) and how many rows of that name stand before it.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.seen: Counter[tuple[str, str]] = Counter()

    def uuid_for(self, relation: str, name: str) -> str:
        """Return the UUID of the next row of that name."""
        self.seen[relation, name] += 1
        number = self.seen[relation, name]
        return str(uuid5(NAMESPACE, f"{self.key}/{relation}/{name}/{number}"))
