"""How many procedures a second an import writes: `python -m tests.bench.import_rate`.

Each run has a new database: SQLite in a temporary folder, and one made on the PostgreSQL server
that `--postgresql URL` names. With the indexes and without them, so that their share can be told
apart; then once more, when nothing has changed. Seconds of this process and of its processor are
both shown: on a busy machine only the second says much.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "home/demo/data/national_procedures.jsonl"
CHILD = """
import json, sys, time
import django
django.setup()
from pathlib import Path
from django.core.management import call_command
from catalogue.importers.run import Options, import_file
call_command("migrate", verbosity=0)
started, cpu = time.monotonic(), time.process_time()
options = Options(Path(sys.argv[1]), publish=True, with_index=sys.argv[2] == "with")
out = import_file(options)
print(json.dumps([out.new, out.unchanged, time.monotonic() - started, time.process_time() - cpu]))
"""


def run_once(url: str, indexes: str) -> tuple[int, int, float, float]:
    """Imports the file in a process of its own; new, unchanged, seconds, processor seconds."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "LOG_LEVEL": "ERROR",
        "DEBUG": "false",
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(FILE), indexes],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a new SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"


@contextmanager
def postgresql(url: str) -> Iterator[str]:
    """The address of a new database beside the one that `url` names."""
    import psycopg2

    name = f"import_bench_{os.getpid()}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", help="address of a server where databases may be made")
    wanted = parser.parse_args().postgresql
    print(f"{'database':<11} {'run':<17} {'rows':>5} {'s':>6} {'rows/s':>7} {'rows/cpu s':>10}")
    databases = {"SQLite": sqlite} | ({"PostgreSQL": lambda: postgresql(wanted)} if wanted else {})
    for database, make in databases.items():
        for indexes in ("without", "with"):
            with make() as url:
                show(database, f"{indexes} indexes", run_once(url, indexes))
                if indexes == "with":
                    show(database, "nothing changed", run_once(url, indexes))


def show(database: str, run: str, result: tuple[int, int, float, float]) -> None:
    """Prints a line of the table."""
    new, unchanged, seconds, cpu = result
    rows = new or unchanged
    rates = f"{rows / seconds:>7.0f} {rows / cpu:>10.0f}"
    print(f"{database:<11} {run:<17} {rows:>5} {seconds:>6.1f} {rates}", flush=True)


if __name__ == "__main__":
    main()
