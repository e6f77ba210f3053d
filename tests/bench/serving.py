"""Rates of the public pages beside a bare Django view, in one run on one machine.

    python tests/bench/serving.py [--procedures 250 10000] [--seconds 8] [--connections 8]

For each size: a fresh SQLite database with the small demo and that many published procedures
more, two granian workers, no response cache. The figure that counts is the ratio to the bare view
(`tests/bench/bare.py`), served by the same server with as many workers in the same run. Needs the
load generator `wrk`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PORTAL_PORT, BARE_PORT = 8791, 8792
TARGET = 0.12


def environment(folder: Path, size: int) -> dict[str, str]:
    """The environment of the portal under test: production settings without HTTPS."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "bench-" + "x" * 60,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SECURE_SSL": "0",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": f"sqlite:///{folder}/portal-{size}.sqlite3",
        "DATA_DIR": str(folder),
        "STATIC_DIR": str(folder / "static"),
        "CACHE_URL": "dummycache://",
        "BARE_DATABASE": str(folder / "bare.sqlite3"),
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def served(target: str, port: int, env: dict[str, str]) -> Iterator[None]:
    """Serve a WSGI application with two workers."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "2",
        "--no-ws",
        "--log-level",
        "warning",
        target,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int) -> None:
    """Wait until every worker answers."""
    for _ in range(100):
        try:
            for _again in range(8):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
            return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("the server did not start")


def rate(url: str, seconds: int, connections: int) -> float:
    """Requests a second; stops when an answer is not 2xx."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"{url} did not answer 200:\n{out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert found is not None
    return float(found[1])


def prepare(env: dict[str, str], size: int) -> str:
    """Fill the database and return the address of a procedure to measure."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (
        ["migrate", "--verbosity=0"],
        ["load_demo", "--small"],
        ["collectstatic", "-v0", "--noinput"],
    ):
        subprocess.run([*manage, *command], env=env, check=True, stdout=subprocess.DEVNULL)
    script = [sys.executable, str(ROOT / "tests/bench/fill.py"), str(size)]
    out = subprocess.run(script, env=env, check=True, capture_output=True, text=True).stdout
    return out.strip().splitlines()[-1]


def main() -> None:
    """Measure every size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, nargs="+", default=[250, 10_000])
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("Install the load generator wrk first.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare_env = environment(folder, 0)
        bare = [sys.executable, "-m", "tests.bench.bare", "prepare"]
        subprocess.run(bare, env=bare_env, cwd=ROOT, check=True)
        for size in options.procedures:
            measure(folder, size, options)


def measure(folder: Path, size: int, options: argparse.Namespace) -> None:
    """Measure one size; the bare view is measured before and after."""
    env = environment(folder, size)
    procedure = prepare(env, size)
    pages = {"home": "/", "list": "/thu-tuc/", "procedure": procedure}
    bare_url = f"http://127.0.0.1:{BARE_PORT}/"
    rates: dict[str, float] = {}
    with served("tests.bench.bare:application", BARE_PORT, env):
        before = rate(bare_url, options.seconds, options.connections)
    with served("cms.wsgi:application", PORTAL_PORT, env):
        for label, path in pages.items():
            url = f"http://127.0.0.1:{PORTAL_PORT}{path}"
            rate(url, 2, options.connections)
            rates[label] = rate(url, options.seconds, options.connections)
    with served("tests.bench.bare:application", BARE_PORT, env):
        after = rate(bare_url, options.seconds, options.connections)
    bare = (before + after) / 2
    print(f"\n{size} procedures; bare view {bare:.0f}/s ({before:.0f}, {after:.0f})")
    for label, value in rates.items():
        verdict = "ok" if value / bare >= TARGET else "BELOW"
        print(f"  {label:<10} {value:7.1f}/s  {value / bare:6.1%}  {verdict}")


if __name__ == "__main__":
    main()
