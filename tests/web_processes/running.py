"""Starts web processes on the database of the test, and posts forms to them as a browser does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import requests
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds for a process to start on a busy machine


def _environment(folder: Path) -> dict[str, str]:
    """Nothing but what an operator sets; no CACHE_URL, so the shared cache is the default one."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.web_processes.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL": "false",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": _database_url(),
        "DATA_DIR": str(folder),
        "STATIC_DIR": str(folder / "static"),
        "PYTHONPATH": str(ROOT),
    }


def _database_url() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(given['NAME']).resolve()}"
    login = f"{given['USER']}:{requests.utils.quote(given['PASSWORD'], safe='')}".rstrip(":")
    host = requests.utils.quote(given["HOST"], safe="")
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgres://{login}@{host}{port}/{given['NAME']}"


@contextmanager
def web_processes(number: int, folder: Path) -> Iterator[list[str]]:
    """Serve the portal by `number` processes; give their addresses."""
    with ExitStack() as stack:
        started = [stack.enter_context(_served(folder)) for _n in range(number)]
        for process, address in started:
            _wait_for(process, address)
        yield [address for _process, address in started]


@contextmanager
def _served(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "cms.wsgi:application", "--interface", "wsgi"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-ws"]
    command += ["--log-level", "warning"]
    process = subprocess.Popen(command, cwd=ROOT, env=_environment(folder))
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "a web process does not start"
        try:
            if requests.get(f"{address}/health/alive", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("a web process does not answer")


class Visitor:
    """A browser whose cookies count for all processes, as behind one host name."""

    def __init__(self) -> None:
        self.browser = requests.Session()

    def post(self, address: str, path: str, data: dict[str, Any]) -> requests.Response:
        """Post a form of the portal; redirects stay with the process that gave them."""
        if "csrftoken" not in self.browser.cookies:
            self.browser.get(f"{address}/tai-khoan/dang-nhap/", timeout=30)
        token = self.browser.cookies.get("csrftoken")
        form = {**data, "csrfmiddlewaretoken": token}
        return self.browser.post(f"{address}{path}", form, timeout=30)
