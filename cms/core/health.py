"""What the portal says about its own health: the facts behind ``/health/ready``.

This room measures and refuses to tell secrets: a failed check names its kind only, never an
address, a user or the text of the error (that goes to the log).
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cms.core.models.clock import WorkerBeat

logger = logging.getLogger(__name__)

STALE_AFTER = timedelta(seconds=60)
"""A worker beats every ten seconds; after a minute without a beat it counts as gone."""


@dataclass(frozen=True)
class Readiness:
    """The outcome of every check; ``ready`` is what a load balancer asks for."""

    ready: bool
    checks: dict[str, str]
    worker: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """This function will give the shape of the JSON answer."""
        status = "ready" if self.ready else "not ready"
        return {"status": status, "checks": self.checks, "worker": self.worker}


def get_readiness(now: datetime | None = None) -> Readiness:
    """This function will run every check and give their outcomes; it raises nothing.

    A missing worker is shown but does not make the web process unready: pages are still right,
    only scheduled publishing waits.
    """
    checks: dict[str, Callable[[], str]] = {
        "database": _check_database,
        "migrations": _check_migrations,
        "cache": _check_cache,
    }
    outcomes = {name: _outcome(name, check) for name, check in checks.items()}
    ready = all(outcome == "ok" for outcome in outcomes.values())
    worker = _describe_worker(now or timezone.now()) if outcomes["database"] == "ok" else {}
    return Readiness(ready=ready, checks=outcomes, worker=worker)


def _outcome(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        logger.exception("health check failed", extra={"check": name})
        return "failed"


def _check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return "ok"


class _MigrationState:
    """Remembers that all is applied: migrations never disappear under a running process."""

    applied = False


def _check_migrations() -> str:
    if _MigrationState.applied:
        return "ok"
    started = time.monotonic()
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    logger.debug("migration plan read", extra={"seconds": round(time.monotonic() - started, 3)})
    _MigrationState.applied = not pending
    return "pending" if pending else "ok"


def _check_cache() -> str:
    key, value = f"health-{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, value, timeout=10)
    found = cache.get(key)
    cache.delete(key)
    return "ok" if found == value else "failed"


def _describe_worker(now: datetime) -> dict[str, Any]:
    try:
        beat = WorkerBeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    except Exception:
        logger.exception("worker beat could not be read")
        return {"status": "unknown", "last_beat": None, "age_seconds": None}
    if beat is None:
        return {"status": "never seen", "last_beat": None, "age_seconds": None}
    age = now - beat
    return {
        "status": "beating" if age <= STALE_AFTER else "stale",
        "last_beat": timezone.localtime(beat).isoformat(timespec="seconds"),
        "age_seconds": round(age.total_seconds()),
    }
