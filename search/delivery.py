"""Brings changes of entries to the cluster: noted in the transaction, sent after it, never lost.

A change stays in its table until the cluster has acknowledged it. Whoever sends reads the entries
as they are then, and the number of the change goes along as version; so workers may send the same
page at once, be killed, or come late, and the newest state stands in the end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from search.engines import elasticsearch
from search.engines.elasticsearch import PageName
from search.engines.failures import IncompleteError, Unavailable, explain
from search.models import SearchChange

logger = logging.getLogger(__name__)

# Sent on commit when changes wait.
changes_waiting = Signal()
BATCH = 500
# Seconds: how long a change belongs to the worker that took it, and between attempts at most.
CLAIM, LONGEST_WAIT = 30, 60


def note(pages: Iterable[PageName]) -> None:
    """Note pages whose entries have just changed; nothing without a cluster.

    Belongs after the change and into its transaction: then two changes of one page have numbers
    in the order in which they are committed.
    """
    if not elasticsearch.is_configured():
        return
    rows = [SearchChange(kind=kind, page_id=page_id) for kind, page_id in dict.fromkeys(pages)]
    if rows:
        SearchChange.objects.bulk_create(rows, batch_size=BATCH)
        transaction.on_commit(lambda: changes_waiting.send(sender=None))


def deliver() -> int:
    """Send what waits and is due; return the number of changes delivered.

    A cluster that cannot be reached is tried again later, each time after a longer while.
    """
    delivered = 0
    while elasticsearch.is_configured() and (changes := _claim()):
        try:
            refused = _send(changes)
        except Unavailable as error:
            logger.warning("search changes wait for the cluster: %s", explain(error))
            _put_off(changes)
            break
        done = [row.pk for row in changes if (row.kind, row.page_id) not in refused]
        SearchChange.objects.filter(pk__in=done).delete()
        delivered += len(done)
        if refused:
            logger.error("the search cluster refused %d pages", len(refused))
            _put_off([row for row in changes if row.pk not in set(done)])
    return delivered


def _send(changes: list[SearchChange]) -> set[PageName]:
    if not elasticsearch.is_reachable():
        raise IncompleteError("no node answers")
    return elasticsearch.send({(row.kind, row.page_id): row.pk for row in changes})


@transaction.atomic
def _claim() -> list[SearchChange]:
    """Take what is due, so that other workers take the rest meanwhile."""
    now = timezone.now()
    due = SearchChange.objects.select_for_update(skip_locked=True).filter(not_before__lte=now)
    changes = list(due[:BATCH])
    ids = [change.pk for change in changes]
    mine = SearchChange.objects.filter(pk__in=ids)
    mine.update(not_before=now + timedelta(seconds=CLAIM))
    return changes


def _put_off(changes: list[SearchChange]) -> None:
    attempts = min(max(change.attempts for change in changes) + 1, 16)
    later = timezone.now() + timedelta(seconds=min(2**attempts, LONGEST_WAIT))
    ids = [change.pk for change in changes]
    SearchChange.objects.filter(pk__in=ids).update(attempts=attempts, not_before=later)


def keep_up() -> None:
    """Make the indices that are missing or of an older version, then send what waits."""
    if not elasticsearch.is_configured():
        return
    try:
        if elasticsearch.is_reachable() and not elasticsearch.is_current():
            rebuild()
    except Unavailable as error:
        logger.warning("search indices wait for the cluster: %s", explain(error))
        return
    deliver()


def rebuild(report: Callable[[int], None] = lambda number: None) -> int:
    """Fill the cluster anew while it answers; return the number of documents."""
    known = list(SearchChange.objects.values_list("pk", flat=True))
    number = elasticsearch.rebuild(report)
    for start in range(0, len(known), BATCH):  # all of these were read
        SearchChange.objects.filter(pk__in=known[start : start + BATCH]).delete()
    return number


@dataclass(frozen=True)
class Difference:
    """How the cluster differs from the entries."""

    missing: list[PageName]
    surplus: list[PageName]
    stale: list[PageName]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.stale)


def compare() -> Difference:
    """Send what waits, then compare every document of the cluster with its entry."""
    SearchChange.objects.update(not_before=timezone.now())
    deliver()
    missing, surplus, stale = elasticsearch.differing()
    return Difference(sorted(missing), sorted(surplus), sorted(stale))


def repair(difference: Difference) -> None:
    """Send what differs again; fill the cluster anew when that does not help.

    It does not where the database was put back from a backup: its numbers are lower than those
    that the cluster has seen.
    """
    note((*difference.missing, *difference.surplus, *difference.stale))
    if compare():
        rebuild()


def mend() -> None:
    """Repair what differs; every night."""
    if not elasticsearch.is_configured():
        return
    try:
        if not elasticsearch.is_current():
            rebuild()
        elif difference := compare():
            repair(difference)
    except Unavailable as error:
        logger.warning("the search cluster was not compared: %s", explain(error))
