"""Asks the cluster where there is one, and the built-in engine when it does not answer.

A cluster that failed is left alone for some seconds; then one query tries it again while the
others still ask the database. So a dead one costs a reader less than a second now and then, and
nobody an error page. What the cluster has not heard of yet is added from the database: whatever is
published is found in the next request, by either engine.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from operator import attrgetter
from typing import TypeVar, cast

from django.conf import settings
from django.db.models import Q

from search.engines import database, elasticsearch
from search.engines.candidates import COLUMNS, Candidate, Engine, as_candidate
from search.engines.failures import RefusedError, Unavailable, explain
from search.engines.prompt import is_patient, patience
from search.models import SearchChange, SearchEntry
from search.ranking import Rarity
from search.understanding import Query

logger = logging.getLogger(__name__)

DATABASE, ELASTICSEARCH = "database", "elasticsearch"
ENGINES: dict[str, Engine] = {
    DATABASE: cast("Engine", database),
    ELASTICSEARCH: cast("Engine", elasticsearch),
}
PAUSE = 5.0  # seconds
# More changes than that, and the cluster is too far behind to be asked.
WAITING = 100
Answer = TypeVar("Answer")
Rows = list[SearchEntry]

_only: ContextVar[str] = ContextVar("engine", default="")


class Breaker:
    """Remembers for this process that the cluster does not answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until, self.is_down = 0.0, False

    def may_ask(self) -> bool:
        """Whether to ask the cluster; while it is down, one in a pause may."""
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                return False
            if self.is_down:
                self._until = now + PAUSE
            return True

    def failed(self, error: Exception) -> None:
        """Leave it alone; say so once."""
        with self._lock:
            self._until = time.monotonic() + PAUSE
            was_down, self.is_down = self.is_down, True
        if not was_down:
            logger.warning("the search cluster fails, the database answers: %s", explain(error))

    def answered(self) -> None:
        """Trust it again."""
        if self.is_down:
            self.reset()
            logger.warning("the search cluster answers again")

    def reset(self) -> None:
        """Forget all."""
        with self._lock:
            self._until, self.is_down = 0.0, False


breaker = Breaker()


@contextmanager
def only(name: str) -> Iterator[None]:
    """Ask this engine and no other; its errors are raised."""
    token = _only.set(name)
    try:
        yield
    finally:
        _only.reset(token)


@contextmanager
def reader() -> Iterator[None]:
    """Answer one reader: all that is asked within waits for the cluster as long as one query."""
    with patience(settings.ELASTICSEARCH["timeout"]):
        yield


def try_again() -> None:
    """Forget that the cluster has failed."""
    breaker.reset()


def find_candidates(query: Query, language: str, weigh: Rarity) -> list[Candidate]:
    """Return entries that may answer a query."""

    def add(found: list[Candidate], late: Rows) -> list[Candidate]:
        known = {candidate.entry_id for candidate in found}
        new = [row for row in late if row.pk not in known]
        return [*found, *(as_candidate(attrgetter(*COLUMNS)(row)) for row in new)]

    return _ask(lambda engine: engine.find_candidates(query, language, weigh), add, language)


def find_titles(words: list[str], language: str, *, goes_on: bool) -> list[SearchEntry]:
    """Return entries whose title or names hold all words, the last perhaps only begun."""

    def add(found: Rows, late: Rows) -> Rows:
        known = {row.pk for row in found}
        fitting = [row for row in late if row.pk not in known and _holds(row, words, goes_on)]
        return [*found, *fitting]

    def ask(engine: Engine) -> Rows:
        return engine.find_titles(words, language, goes_on=goes_on)

    return _ask(ask, add, language)


def _holds(row: SearchEntry, words: list[str], goes_on: bool) -> bool:
    terms = {*row.title_terms.split(), *row.names_terms.split()}
    *whole, last = words
    begun = goes_on and any(term.startswith(last) for term in terms)
    return all(word in terms for word in whole) and (begun or last in terms)


def _ask(
    ask: Callable[[Engine], list[Answer]],
    add: Callable[[list[Answer], Rows], list[Answer]],
    language: str,
) -> list[Answer]:
    if name := _only.get():
        return ask(ENGINES[name])
    if elasticsearch.is_configured() and is_patient() and breaker.may_ask():
        late = _late(language)
        try:
            if late is not None:
                found = ask(ENGINES[ELASTICSEARCH])
                breaker.answered()
                return add(found, late)
        except RefusedError as error:
            logger.warning("the search cluster refused a query: %s", error)
        except Unavailable as error:
            breaker.failed(error)
    return ask(ENGINES[DATABASE])


def _late(language: str) -> Rows | None:
    """The entries that the cluster has not heard of yet; None when there are too many."""
    changes = SearchChange.objects.order_by().values_list("kind", "page_id")[: WAITING + 1]
    pages = set(changes)
    if len(pages) > WAITING:
        return None
    if not pages:
        return []
    mine = Q(language=language) | Q(is_only=True)
    rows = SearchEntry.objects.filter(mine, page_id__in={page_id for _kind, page_id in pages})
    return [row for row in rows if (row.kind, row.page_id) in pages]
