"""Milliseconds of search and suggestions on generated entries, beside the engine's own query.

    python -m tests.bench.search [--entries 1000 10000 100000] [--hostile 10000]

For each size: a fresh SQLite database (or the PostgreSQL database of TEST_POSTGRES_URL, emptied
first) filled with entries, not pages, whose words come from the national register in its
proportions. "raw" is the engine's statement alone for the same queries in the same run; the rest
is understanding, counting words and putting in order. With `--hostile`, as many queries that
nobody means well (operators, control characters, long texts) are asked too, and the slowest is
told. With `--list N`, the whole page of results is measured on N imported procedures: filters
with counts, rows and paging.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
JUDGED = ROOT / "search/judged/queries.jsonl"
QUERIES, BATCH, LONG = 300, 2000, 100_000
WRONG = "\"'*:()[]{}^~!&|\\/<>+-=@#%$_\u0000\u0007\u200b\u202e\u0301;`"
LURES = ["OR", "AND", "NEAR(", "title:", "1=1", "'; DROP TABLE", "*", "[* TO *]", "/.*/", "\\u0000"]


def names() -> list[list[str]]:
    """The names of the register's procedures as words."""
    from tests.bench.fill import rows

    return [str(row["name"]).split() for row in rows(10**6)]


def make_entries(number: int) -> Iterable[Any]:
    """Rows whose title joins two pieces of real names, with other names as their text."""
    from search.entries import Entry
    from search.models import EntryKind

    chance, known = random.Random(number), names()

    def piece(length: int) -> str:
        words = chance.choice(known)
        start = chance.randrange(max(1, len(words) - length + 1))
        return " ".join(words[start : start + length])

    for place in range(number):
        title = f"{piece(7)} {piece(6)}"
        yield Entry(
            kind=EntryKind.PROCEDURE,
            page_id=place + 1,
            language="vi",
            is_only=True,
            url=f"/thu-tuc/{place}/",
            title=title,
            title_language="vi",
            summary="",
            names=f"9.{place:06d}",
            place=piece(4),
            body="\n".join(piece(20) for _ in range(12)),
            asked=(piece(5), piece(5)),
            prior=0.0,
            sort_key=f"{place:06d}",
        ).as_row()


def fill(number: int) -> float:
    """Put entries into the index; return the entries a second."""
    from search.entries import batched
    from search.indexing import count_words
    from search.models import SearchEntry

    seconds = 0.0
    for rows in batched(make_entries(number), BATCH):
        started = time.perf_counter()
        SearchEntry.objects.bulk_create(rows)
        seconds += time.perf_counter() - started
    count_words()
    return number / seconds


def queries() -> list[str]:
    """Queries as people ask them, the same in every run."""
    lines = JUDGED.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["query"] for line in lines][:QUERIES]


def hostile(number: int) -> Iterable[str]:
    """Queries that nobody means well."""
    chance = random.Random(1)
    letters = string.ascii_letters + string.digits + "đƯỗằệ " + WRONG
    for place in range(number):
        length = LONG if place % 500 == 0 else chance.choice([1, 5, 30, 300])
        text = "".join(chance.choices(letters, k=length))
        yield f"{chance.choice(LURES)} {text} {chance.choice(LURES)}"


def times(work: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Milliseconds of each."""
    found = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        found.append((time.perf_counter() - started) * 1000)
    return found


def figures(found: list[float]) -> dict[str, float]:
    """Median, 95th percentile, most, and how many a second one process answers."""
    ordered = sorted(found)
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[int(len(ordered) * 0.95)],
        "most": ordered[-1],
        "a second": 1000 * len(ordered) / sum(ordered),
    }


def measure(number: int, hostiles: int) -> dict[str, Any]:
    """Fill the database of the settings and measure."""
    from django.core.management import call_command

    from search import searches
    from search.engines import database
    from search.suggestions import suggest

    call_command("migrate", verbosity=0)
    result: dict[str, Any] = {"entries a second": fill(number)}
    raw: list[float] = []
    ask = database.find_candidates

    def timed(*args: Any) -> Any:
        started = time.perf_counter()
        answer = ask(*args)
        raw[-1] += (time.perf_counter() - started) * 1000
        return answer

    database.find_candidates = timed  # type: ignore[assignment]

    def search(text: str) -> None:
        raw.append(0.0)
        searches.search(text, "vi")

    texts = queries()
    times(search, texts[:20])
    raw.clear()
    result["search"] = figures(times(search, texts))
    result["raw"] = figures(raw)
    begun = [text[: 3 + len(text) // 2] for text in texts]
    result["suggestions"] = figures(times(lambda text: suggest(text, "vi"), begun))
    if hostiles:
        result["hostile"] = figures(times(search, hostile(hostiles)))
    return result


def measure_list(number: int) -> dict[str, Any]:
    """The whole page of results, with counted filters, on imported procedures."""
    from django.core.management import call_command
    from django.test import Client

    from tests.bench.admin import fill as fill_pages

    call_command("migrate", verbosity=0)
    call_command("prepare_portal", verbosity=0)
    fill_pages(number)
    client = Client(SERVER_NAME="localhost")

    def show(text: str) -> None:
        answer = client.get("/thu-tuc/", {"q": text})
        if answer.status_code != 200:
            raise SystemExit(f"{text!r} answered {answer.status_code}")

    times(show, queries()[:20])
    return {"page of results": figures(times(show, queries()))}


def run_child(options: argparse.Namespace) -> None:
    """Measure in this process and print the figures as JSON."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    if options.child_list:
        print(json.dumps(measure_list(options.child_list)))
    else:
        print(json.dumps(measure(options.child, options.hostile)))


def run_size(*arguments: str) -> dict[str, Any]:
    """Measure in a process of its own."""
    postgres = os.environ.get("TEST_POSTGRES_URL")
    with tempfile.TemporaryDirectory() as folder:
        if postgres:
            from tests.bench.admin import empty_postgres

            empty_postgres(postgres)
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATABASE_URL": postgres or f"sqlite:///{folder}/search.sqlite3",
            "DATA_DIR": folder,
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "tests.bench.search", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Measure every size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--hostile", type=int, default=0)
    parser.add_argument("--list", type=int, default=0, help="measure the page of results too")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--child-list", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child or options.child_list:
        run_child(options)
        return
    print("| entries | what | p50 ms | p95 ms | most ms | a second |")
    print("|---|---|---|---|---|---|")
    for size in options.entries:
        found = run_size("--child", str(size), "--hostile", str(options.hostile))
        print(f"| {size:,} | indexing | | | | {found.pop('entries a second'):,.0f} |")
        print_rows(size, found)
    if options.list:
        print_rows(options.list, run_size("--child-list", str(options.list)))


def print_rows(size: int, found: dict[str, Any]) -> None:
    """Print a row for each thing measured."""
    for label, values in found.items():
        cells = " | ".join(f"{values[name]:,.1f}" for name in ("p50", "p95", "most", "a second"))
        print(f"| {size:,} | {label} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
