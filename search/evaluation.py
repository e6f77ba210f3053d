"""How good the search is on judged queries: hit rates, MRR and nDCG, whole and by style. Pure."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEPTH = 10


class JudgedSetError(Exception):
    """A line of the judged set cannot be read; the message names it."""


@dataclass(frozen=True)
class Judged:
    """A query, its right answers with their grades (1 acceptable, 2 exactly), and its style."""

    query: str
    targets: dict[str, int]
    style: str


@dataclass(frozen=True)
class Result:
    """What the engine gave for a judged query: keys in order, and the seconds it took."""

    judged: Judged
    keys: list[str]
    seconds: float

    def hit(self, depth: int) -> bool:
        """Whether a right answer stands among the first `depth`."""
        return any(key in self.judged.targets for key in self.keys[:depth])

    @property
    def reciprocal_rank(self) -> float:
        """One over the place of the first right answer, 0 below the tenth."""
        for place, key in enumerate(self.keys[:DEPTH], start=1):
            if key in self.judged.targets:
                return 1 / place
        return 0.0

    @property
    def gain(self) -> float:
        """Normalised discounted cumulative gain of the first ten (0 to 1)."""
        grades = self.judged.targets
        got = _discounted([grades.get(key, 0) for key in self.keys[:DEPTH]])
        best = _discounted(sorted(grades.values(), reverse=True)[:DEPTH])
        return got / best if best else 0.0


def _discounted(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def read(path: Path) -> list[Judged]:
    """Read a judged set. Raises `JudgedSetError` with the number of a bad line, and `OSError`."""
    found = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                found.append(_judged(line, number))
    return found


def _judged(line: str, number: int) -> Judged:
    try:
        data = json.loads(line)
        targets = {str(key): int(grade) for key, grade in data["targets"].items()}
        return Judged(str(data["query"]), targets, str(data.get("style", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise JudgedSetError(f"line {number}: {error}") from error


def evaluate(
    queries: Iterable[Judged], ask: Callable[[str], list[str]], clock: Callable[[], float]
) -> list[Result]:
    """Ask every query; `ask` returns keys in order."""
    results = []
    for judged in queries:
        started = clock()
        keys = ask(judged.query)
        results.append(Result(judged, keys, clock() - started))
    return results


def summarise(results: list[Result]) -> dict[str, Any]:
    """Return the figures of all and of each style."""
    styles: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        styles[result.judged.style].append(result)
    return {
        "all": _figures(results),
        "styles": {style: _figures(found) for style, found in sorted(styles.items())},
    }


def _figures(results: list[Result]) -> dict[str, float]:
    number = len(results) or 1
    times = sorted(result.seconds * 1000 for result in results) or [0.0]
    return {
        "queries": len(results),
        **{f"hit@{depth}": sum(r.hit(depth) for r in results) / number for depth in (1, 5, 10)},
        "MRR@10": sum(r.reciprocal_rank for r in results) / number,
        "nDCG@10": sum(r.gain for r in results) / number,
        "p50 ms": times[len(times) // 2],
        "p95 ms": times[min(len(times) - 1, int(len(times) * 0.95))],
    }
