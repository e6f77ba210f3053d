"""The judged set of the search is well-formed and is not copied from the names it asks for.

Reads files only: no database, no engine.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cms.core.vietnamese import fold

ROOT = Path(__file__).resolve().parents[3]
QUERIES = ROOT / "search" / "judged" / "queries.jsonl"
DATA = ROOT / "home" / "demo" / "data"

STYLES = {
    "abbreviation",
    "accented",
    "code",
    "everyday",
    "keystrokes",
    "partial",
    "question",
    "typo",
    "unaccented",
}
LEAST_QUERIES = 200
LEAST_OF_A_STYLE = 10
WANTED, ACCEPTABLE = 2, 1
RUN = 4
MOST_NEAR = 0.25


def read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def judged() -> list[dict[str, Any]]:
    return read_lines(QUERIES)


@pytest.fixture(scope="module")
def names() -> dict[str, set[str]]:
    """All names of each procedure, by the key that its page has."""
    found: dict[str, set[str]] = {}
    for row in read_lines(DATA / "national_procedures.jsonl"):
        found.setdefault(row["code"], set()).add(row["name"])
    for row in read_lines(DATA / "health_procedures.jsonl"):
        found.setdefault(row["code"] or row["key"], set()).add(row["name"])
    for row in read_lines(DATA / "handpicked.jsonl"):
        if row["record"] == "procedure":
            titles = {row["official_name"], row.get("title") or row["official_name"]}
            found.setdefault(row["key"], set()).update(titles)
    return found


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of consecutive words, without accents and case."""
    words = re.findall(r"\w+", fold(text))
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_runs_ignore_accents_and_case() -> None:
    assert runs("Đăng ký kết hôn") == runs("dang ky ket hon") == {("dang", "ky", "ket", "hon")}
    assert runs("kết hôn ở đâu") & runs("đăng ký kết hôn") == set()


def test_every_line_has_the_form(judged: list[dict[str, Any]]) -> None:
    for line in judged:
        assert line.keys() == {"query", "targets", "style"}, line
        assert line["query"].strip() == line["query"] != "", line
        assert line["style"] in STYLES, line
        assert set(line["targets"].values()) <= {WANTED, ACCEPTABLE}, line
        assert WANTED in line["targets"].values(), line


def test_there_are_enough_of_each_style(judged: list[dict[str, Any]]) -> None:
    counts = Counter(line["style"] for line in judged)
    assert len(judged) >= LEAST_QUERIES
    assert counts.keys() == STYLES
    assert min(counts.values()) >= LEAST_OF_A_STYLE, counts


def test_every_target_exists(judged: list[dict[str, Any]], names: dict[str, set[str]]) -> None:
    unknown = {key for line in judged for key in line["targets"] if key not in names}
    assert not unknown


def test_no_query_comes_twice(judged: list[dict[str, Any]]) -> None:
    counts = Counter(line["query"].casefold() for line in judged)
    assert [query for query, count in counts.items() if count > 1] == []


def test_no_key_comes_twice_in_a_line() -> None:
    with QUERIES.open(encoding="utf-8") as file:
        for line in file:
            keys = re.findall(r'"([^"]+)": \d', line)
            assert len(keys) == len(set(keys)), line


def test_text_is_composed() -> None:
    text = QUERIES.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


def test_at_most_a_quarter_is_near_the_names(
    judged: list[dict[str, Any]], names: dict[str, set[str]]
) -> None:
    near = [
        line["query"]
        for line in judged
        if any(
            runs(line["query"]) & runs(name)
            for key, grade in line["targets"].items()
            if grade == WANTED
            for name in names[key]
        )
    ]
    assert len(near) / len(judged) <= MOST_NEAR, near
