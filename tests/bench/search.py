"""Milliseconds of search and suggestions on generated entries, beside the engine's own query.

    python -m tests.bench.search [--entries 1000 10000 100000] [--queries 300] [--hostile 10000]
        [--list 10000]

For each size: a fresh SQLite database (or the PostgreSQL database of TEST_POSTGRES_URL, emptied
first) filled with entries, not pages, whose words come from the national register in its
proportions; then the built-in engine, and Elasticsearch when TEST_ELASTICSEARCH_URL names a node
(`scripts/with_elasticsearch.sh` before the command starts one; one language there). "raw" is what
the engine was sent for the same query, sent again bare: the statement through the driver, the
request through the client. Both are asked twice in turn, and the quicker answer counts; "over it"
is their difference query by query, and "over it, processor" that of this process's processor, which
alone says much on a busy machine. Rates of indexing stand beside those of rows or documents that
are made already.
With `--hostile`, as many queries that nobody means well (operators, control characters, long texts)
are asked too. With `--list N`, the whole page of results is measured on N imported procedures:
filters with counts, rows and paging.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent.parent
WARM, SAMPLE = 20, 5000
DATABASE, ELASTICSEARCH = "database", "elasticsearch"
Figures = dict[str, float]


def times(work: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Milliseconds of each."""
    return [timed(lambda text=text: work(text)) for text in texts]  # type: ignore[misc]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of some work."""
    return clocked(work)[0]


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of some work, by the clock and of this process's processor."""
    started, busy = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000


def figures(found: list[float]) -> Figures:
    """Median, 95th percentile, most, and how many a second one process answers."""
    ordered = sorted(found)
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[int(len(ordered) * 0.95)],
        "most": ordered[-1],
        "a second": 1000 * len(ordered) / max(sum(ordered), 0.001),
    }


def rate(value: float) -> Figures:
    """A row that is only a rate."""
    return {"a second": value}


def beside_raw(name: str, work: Callable[[str], object], texts: list[str]) -> dict[str, Figures]:
    """Measure the portal's answers and the engine's own in turn."""
    from tests.bench.search_raw import Recorder

    recorder = Recorder()
    portal: list[float] = []
    raw: list[float] = []
    over: list[float] = []
    own: list[float] = []
    times(work, texts[:WARM])
    for text in texts:
        with recorder.listening():
            work(text)
        asked = recorder.asked
        both = [
            (clocked(lambda: [ask() for ask in asked]), clocked(lambda: work(text)))  # noqa: B023
            for _ in range(2)
        ]
        raw.append(min(bare for (bare, _own), _whole in both))
        portal.append(min(whole for _bare, (whole, _own) in both))
        over.append(portal[-1] - raw[-1])
        own.append(min(whole for _, (_, whole) in both) - min(bare for (_, bare), _ in both))
    return {
        name: figures(portal),
        f"{name}, raw": figures(raw),
        f"{name}, over it": figures(over),
        f"{name}, over it, processor": figures(own),
    }


@contextmanager
def reaching(url: str | None) -> Iterator[None]:
    """The settings of a portal with this cluster, or without one."""
    from django.conf import settings
    from django.test import override_settings

    from search.engines import choice, elasticsearch

    given = {"hosts": [url] if url else [], "prefix": f"bench-{uuid4().hex[:8]}", "timeout": 20}
    with override_settings(ELASTICSEARCH={**settings.ELASTICSEARCH, **given}):
        choice.try_again()
        try:
            yield
            if choice.breaker.is_down:
                raise SystemExit("the cluster failed while it was measured")
        finally:
            if url:
                elasticsearch.drop()


def engines() -> dict[str, str | None]:
    """The engines to measure, with the address of each."""
    url = os.environ.get("TEST_ELASTICSEARCH_URL", "").split(",")[0]
    return {DATABASE: None} | ({ELASTICSEARCH: url} if url else {})


def index_database(number: int) -> dict[str, Figures]:
    """Fill the database as a rebuild does, beside rows written bare."""
    from search import indexing
    from search.models import SearchEntry
    from tests.bench.search_entries import make_entries
    from tests.bench.search_raw import insert_bare

    fewer = list(islice(make_entries(number), SAMPLE))
    with mock.patch.object(indexing, "_sources", return_value=[iter(fewer)]):
        indexing.rebuild()  # to warm up
    SearchEntry.objects.all().delete()
    raw = insert_bare([entry.as_row() for entry in fewer], indexing.BATCH)
    SearchEntry.objects.all().delete()
    entries = list(make_entries(number))
    with mock.patch.object(indexing, "_sources", return_value=[iter(entries)]):
        seconds = timed(indexing.rebuild) / 1000
    return {"indexing": rate(number / seconds), "indexing, raw": rate(raw)}


def index_cluster() -> dict[str, Figures]:
    """Fill the cluster as a rebuild does, beside documents sent bare before and after."""
    from django.conf import settings

    from search.engines import elasticsearch
    from search.models import SearchEntry
    from tests.bench.search_raw import send_bare

    sample = list(SearchEntry.objects.order_by("pk")[:SAMPLE])
    index = f"{settings.ELASTICSEARCH['prefix']}-raw"
    send_bare(sample, index)  # to warm up
    before = send_bare(sample, index)
    started = time.perf_counter()
    made = elasticsearch.rebuild()
    seconds = time.perf_counter() - started
    raw = statistics.mean((before, send_bare(sample, index)))
    return {"indexing": rate(made / seconds), "indexing, raw": rate(raw)}


def measure(number: int, asked: int, hostiles: int) -> dict[str, dict[str, Figures]]:
    """Fill the database of the settings, and the cluster from it, and measure both."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import override_settings

    from search import searches
    from search.suggestions import suggest
    from tests.bench.search_entries import hostile, queries

    call_command("migrate", verbosity=0)
    texts = queries(asked)
    begun = [text[: 3 + len(text) // 2] for text in texts]
    result: dict[str, dict[str, Figures]] = {}

    def search(text: str) -> object:
        return searches.search(text, "vi")

    one_language = override_settings(LANGUAGES=settings.LANGUAGES[:1])
    for engine, url in engines().items():
        with one_language, reaching(url):
            found = index_cluster() if url else index_database(number)
            found |= beside_raw("search", search, texts)
            found |= beside_raw("suggestions", lambda text: suggest(text, "vi"), begun)
            if hostiles:
                found["hostile"] = figures(times(search, hostile(hostiles)))
        result[engine] = found
    return result


def measure_list(number: int, asked: int) -> dict[str, dict[str, Figures]]:
    """The whole page of results, with counted filters, on imported procedures."""
    from django.core.management import call_command
    from django.test import Client

    from search import delivery
    from tests.bench.admin import fill as fill_pages
    from tests.bench.search_entries import queries

    call_command("migrate", verbosity=0)
    call_command("prepare_portal", verbosity=0)
    fill_pages(number)
    client = Client(SERVER_NAME="localhost")

    def show(text: str) -> None:
        answer = client.get("/thu-tuc/", {"q": text})
        if answer.status_code != 200:
            raise SystemExit(f"{text!r} answered {answer.status_code}")

    texts = queries(asked)
    result = {}
    for engine, url in engines().items():
        with reaching(url):
            if url:
                delivery.rebuild()
            times(show, texts[:WARM])
            both = zip(times(show, texts), times(show, texts), strict=True)
            result[engine] = {"page of results": figures([min(pair) for pair in both])}
    return result


def run_child(options: argparse.Namespace) -> None:
    """Measure in this process and print the figures as JSON."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    if options.child_list:
        print(json.dumps(measure_list(options.child_list, options.queries)))
    else:
        print(json.dumps(measure(options.child, options.queries, options.hostile)))


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
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--hostile", type=int, default=0)
    parser.add_argument("--list", type=int, default=0, help="measure the page of results too")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--child-list", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child or options.child_list:
        run_child(options)
        return
    print("| entries | engine | what | p50 ms | p95 ms | most ms | a second |")
    print("|---|---|---|---|---|---|---|", flush=True)
    also = ["--queries", str(options.queries), "--hostile", str(options.hostile)]
    for size in options.entries:
        print_rows(size, run_size("--child", str(size), *also))
    if options.list:
        print_rows(options.list, run_size("--child-list", str(options.list), *also))


def print_rows(size: int, found: dict[str, dict[str, Figures]]) -> None:
    """Print a row for each thing measured."""
    for engine, measured in found.items():
        for label, values in measured.items():
            names = ("p50", "p95", "most", "a second")
            cells = [f"{values[name]:,.1f}" if name in values else "" for name in names]
            print(f"| {size:,} | {engine} | {label} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
