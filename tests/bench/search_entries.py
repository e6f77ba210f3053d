"""Entries and queries for measuring the search: made of the national register's own words."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Callable, Iterator
from pathlib import Path

from search.entries import Entry
from search.models import EntryKind
from tests.bench.fill import rows

ROOT = Path(__file__).resolve().parent.parent.parent
JUDGED = ROOT / "search/judged/queries.jsonl"
LONG, LONG_EVERY = 100_000, 500
WRONG = "\"'*:()[]{}^~!&|\\/<>+-=@#%$_\u0000\u0007\u200b\u202e\u0301;`"
LURES = ["OR", "AND", "NEAR(", "title:", "1=1", "'; DROP TABLE", "*", "[* TO *]", "/.*/", "\\u0000"]


def pieces(chance: random.Random) -> Callable[[int], str]:
    """Return a function that gives so many neighbouring words of some procedure's name."""
    known = [str(row["name"]).split() for row in rows(10**6)]

    def piece(length: int) -> str:
        words = chance.choice(known)
        start = chance.randrange(max(1, len(words) - length + 1))
        return " ".join(words[start : start + length])

    return piece


def make_entries(number: int) -> Iterator[Entry]:
    """Entries whose title joins two pieces of real names, with other names as their text."""
    piece = pieces(random.Random(number))
    for place in range(number):
        yield Entry(
            kind=EntryKind.PROCEDURE,
            page_id=place + 1,
            language="vi",
            is_only=True,
            url=f"/thu-tuc/{place}/",
            title=f"{piece(7)} {piece(6)}",
            title_language="vi",
            summary="",
            names=f"9.{place:06d}",
            place=piece(4),
            body="\n".join(piece(20) for _ in range(12)),
            asked=(piece(5), piece(5)),
            prior=0.0,
            sort_key=f"{place:06d}",
        )


def queries(most: int) -> list[str]:
    """Queries as people ask them, of all styles, the same in every run."""
    lines = JUDGED.read_text(encoding="utf-8").splitlines()
    known = [json.loads(line)["query"] for line in lines]
    return known[:: max(1, len(known) // most)][:most]


def hostile(number: int) -> Iterator[str]:
    """Queries that nobody means well."""
    chance = random.Random(1)
    letters = string.ascii_letters + string.digits + "đƯỗằệ " + WRONG
    for place in range(number):
        length = LONG if place % LONG_EVERY == 0 else chance.choice([1, 5, 30, 300])
        text = "".join(chance.choices(letters, k=length))
        yield f"{chance.choice(LURES)} {text} {chance.choice(LURES)}"
