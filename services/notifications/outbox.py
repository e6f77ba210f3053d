"""What a developer's portal has sent, with its codes: for the page that shows it, in DEBUG alone.

Each message is a small file of its own, so that web server and worker need no lock. Outside DEBUG
nothing is written and nothing is read; what an earlier DEBUG left there is removed.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from django.conf import settings

KEPT = 50


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A message as it went out; `kind` is "mail" or "text", which has no subject."""

    kind: str
    receiver: str
    subject: str
    text: str


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "sent-in-debug"


def keep_copy(copy: Copy) -> None:
    """Keep the message, and no more than fifty."""
    if not settings.DEBUG:
        return
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{time.time_ns():020d}-{uuid4().hex}"
    draft = folder / f"{name}.new"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(copy), file)
    draft.rename(folder / f"{name}.json")
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)


def list_copies() -> list[tuple[datetime, Copy]]:
    """Give what was kept and when, the newest first."""
    if not settings.DEBUG:
        return []
    copies = []
    for path in sorted(_folder().glob("*.json"), reverse=True):
        try:
            copy = Copy(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:  # removed by another process just now
            continue
        sent_at = datetime.fromtimestamp(int(path.name.split("-")[0]) / 1e9, UTC)
        copies.append((sent_at, copy))
    return copies


def remove_leftovers() -> None:
    """Outside DEBUG, remove what an earlier DEBUG left."""
    if not settings.DEBUG:
        rmtree(_folder(), ignore_errors=True)
