#!/usr/bin/env python3
"""Make a checkout ready to serve: catalogues, database, places, static files, demo province.

Everything here may be run again at any time and skips what is done, so that a second start takes
seconds. All steps share one process, because starting Django costs more than most of them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")


def say(text: str) -> None:
    """This function will print one line at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def step(title: str, work: Callable[[], object]) -> None:
    """This function will do one step and print how long it took, if that is worth a word."""
    started = time.monotonic()
    say(f"{title} …")
    work()
    if (seconds := time.monotonic() - started) >= 1:
        say(f"  {seconds:.0f} s")


def static_fingerprint(folders: list[Path]) -> str:
    """This function will digest what collectstatic reads: our files and the pinned packages."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                facts = path.stat()
                digest.update(f"{path}:{facts.st_mtime_ns}:{facts.st_size}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """This function will collect and compress the static files, unless nothing has changed."""
    from django.conf import settings
    from django.core.management import call_command

    target = Path(settings.STATIC_ROOT)
    mark = target / ".fingerprint"
    wanted = static_fingerprint([Path(folder) for folder in settings.STATICFILES_DIRS])
    if mark.exists() and mark.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(wanted)


def prepare(*, demo: bool) -> None:
    """This function will run every step in order; the first failure ends it."""
    from compile_messages import compile_all

    step("Compiling the message catalogues", compile_all)

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    step("Preparing the database", lambda: call_command("migrate", verbosity=0))
    step("Loading provinces, communes and former wards", lambda: call_command("load_places"))
    step("Collecting the static files", collect_static)
    if demo:
        step("Loading the demo province", lambda: call_command("load_demo"))
    else:
        step("Making the pages that every portal has", lambda: call_command("prepare_portal"))
    step(
        "Bringing the lists up to date", lambda: call_command("refresh_catalogue", if_outdated=True)
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="load the demo province too")
    prepare(demo=parser.parse_args().demo)
