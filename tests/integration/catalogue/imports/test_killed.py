"""An import that is killed in the middle, in a process of its own, is finished by a second run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.integration.catalogue.imports.files import export, national_rows, write_rows
from tests.integration.catalogue.imports.files import run as run_here

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ROWS = 500
PATIENCE = 120  # seconds


class Elsewhere:
    """A portal with a database of its own, in processes of its own."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "LOG_LEVEL": "ERROR",
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begins a command of the portal."""
        return subprocess.Popen(
            [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """Carries out a command and returns what it says."""
        process = self.start(*arguments)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out

    def count(self) -> int:
        """How many procedures stand in the database."""
        address = f"file:{self.database}?mode=ro"
        with sqlite3.connect(address, uri=True, timeout=30) as connection:
            rows = connection.execute("SELECT COUNT(*) FROM catalogue_importedrecord")
            return int(rows.fetchone()[0])


def test_a_killed_import_is_finished_by_running_it_again(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", national_rows(limit=ROWS))
    portal = Elsewhere(tmp_path / "killed.sqlite3")
    portal.run("migrate", "--verbosity", "0")
    process = portal.start("import_procedures", str(rows), "--publish")
    end = time.monotonic() + PATIENCE
    while portal.count() < 100 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    written = portal.count()
    assert 100 <= written < ROWS
    assert written % 100 == 0, "a transaction is written as a whole or not at all"

    assert f"{ROWS - written} mới" in portal.run("import_procedures", str(rows), "--publish")
    portal.run("export_procedures", str(tmp_path / "killed.jsonl"))
    run_here(rows)
    assert (tmp_path / "killed.jsonl").read_bytes() == export(tmp_path / "unbroken.jsonl")
