"""``scripts/run.py``: two processes live and die together."""

from __future__ import annotations

import signal
import sys
import threading
import time

import run

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FAIL = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
]


def test_when_one_process_ends_the_other_is_ended(capsys) -> None:
    pair = run.Pair({"web": SLEEP, "worker": FAIL})
    assert pair.wait() == 1
    assert all(process.poll() is not None for process in pair.processes.values())
    assert "worker process ended with status 3" in capsys.readouterr().out


def test_a_signal_ends_both_cleanly() -> None:
    pair = run.Pair({"web": SLEEP, "worker": SLEEP})
    threading.Timer(0.3, pair.request_stop, (signal.SIGTERM, None)).start()
    assert pair.wait() == 0
    assert all(process.returncode == -signal.SIGTERM for process in pair.processes.values())


def test_a_deaf_process_is_killed(monkeypatch) -> None:
    monkeypatch.setattr(run, "STOP_SECONDS", 1)
    pair = run.Pair({"web": DEAF})
    time.sleep(0.5)
    pair.stopping = True
    pair.wait()
    assert pair.processes["web"].wait(5) == -signal.SIGKILL


def test_a_taken_port_is_noticed() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not run.is_free("127.0.0.1", port)
    assert run.is_free("127.0.0.1", port)
