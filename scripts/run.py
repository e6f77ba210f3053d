#!/usr/bin/env python3
"""Serve the demo: prepare everything, then run the web server and a worker side by side.

This script owns the two processes: it passes on SIGTERM and SIGINT, and when one of them ends it
ends the other, so that a half-dead portal never looks alive.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
STOP_SECONDS = 20
EVERYWHERE = "0.0.0.0"  # noqa: S104
LOCAL = ("127.0.0.1", "localhost")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")


def say(text: str) -> None:
    """This function will print one line at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def web_command(host: str, port: int, workers: int) -> list[str]:
    """This function will give the command line of the web server."""
    command = [sys.executable, "-m", "granian", "cms.wsgi:application", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--workers", str(workers)]
    return [*command, "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]


def worker_command() -> list[str]:
    """This function will give the command line of the worker."""
    return [sys.executable, "manage.py", "run_worker"]


class Pair:
    """The processes and the wish to stop; ``wait`` gives the exit status of the whole."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        # A group of their own each: Ctrl+C in the terminal reaches this script alone, which then
        # stops them in order.
        self.processes = {
            name: subprocess.Popen(command, cwd=ROOT, start_new_session=True)
            for name, command in commands.items()
        }
        self.stopping = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """This function will be called by signals."""
        self.stopping = True

    def wait(self) -> int:
        """This function will watch until a process ends or a signal comes, then end them all."""
        status = 0
        while not self.stopping:
            ended = {n: p.poll() for n, p in self.processes.items() if p.poll() is not None}
            if ended:
                for name, code in ended.items():
                    say(f"The {name} process ended with status {code}; stopping the rest.")
                status = 1
                break
            time.sleep(0.2)
        self._stop()
        return status

    def _stop(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for name, process in self.processes.items():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"The {name} process did not stop in {STOP_SECONDS} s and is killed.")
                os.killpg(process.pid, signal.SIGKILL)


def is_free(host: str, port: int) -> bool:
    """This function will say whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def announce_when_ready(url: str, pair: Pair, started: float) -> None:
    """This function will poll until the portal answers and then say where it is."""
    while not pair.stopping:
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5):
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    else:
        return
    say(f"\n  Một Cửa is served on {url}/ ({time.monotonic() - started:.0f} s). Ctrl+C stops it.\n")


def main() -> int:
    """This function will prepare and serve; it gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    started = time.monotonic()
    url = f"http://{'127.0.0.1' if options.host == EVERYWHERE else options.host}:{options.port}"
    os.environ.setdefault("PORTAL_URL", url)
    if options.host not in LOCAL:
        os.environ.setdefault("ALLOWED_HOSTS", "*")  # others in the network know it by its address
    if not is_free(options.host, options.port):
        say(f"Something listens on {options.host}:{options.port} already; try: make run PORT=8001")
        return 1
    prepared = subprocess.run(
        [sys.executable, "scripts/prepare.py", "--demo"], cwd=ROOT, check=False
    )
    if prepared.returncode:
        return prepared.returncode
    web = web_command(options.host, options.port, options.workers)
    pair = Pair({"web": web, "worker": worker_command()})
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, pair.request_stop)
    threading.Thread(target=announce_when_ready, args=(url, pair, started), daemon=True).start()
    return pair.wait()


if __name__ == "__main__":
    sys.exit(main())
