"""What the engines do alone: the very questions and documents of the portal, sent bare."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from django.db import connection
from elasticsearch.helpers import streaming_bulk

from search.engines import elasticsearch, full_text
from search.models import SearchEntry

Bare = Callable[[], object]
# What tells the questions to the full-text index from the others.
MARKS = (full_text.FTS, "search_entry_", "@@")
COLUMNS = [field for field in SearchEntry._meta.concrete_fields if not field.primary_key]


class Recorder:
    """Keeps what the engines are asked, so that it can be asked again without the portal."""

    def __init__(self) -> None:
        self.asked: list[Bare] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep what is asked from here on."""
        self.asked = []
        with ExitStack() as stack:
            if not elasticsearch.is_configured():
                stack.enter_context(connection.execute_wrapper(self._hear))
                yield
                return
            told = _Told(elasticsearch._client(), self.asked)
            stack.enter_context(mock.patch.object(elasticsearch, "_client", return_value=told))
            yield

    def _hear(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(mark in sql for mark in MARKS):
            self.asked.append(lambda: ask_bare(sql, params))
        return execute(sql, params, many, context)


class _Told:
    """A client that tells what it is asked for."""

    def __init__(self, client: Any, asked: list[Bare]) -> None:
        self._client, self._asked = client, asked

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        if name not in {"search", "msearch"}:
            return method

        def tell(**given: Any) -> Any:
            self._asked.append(lambda: method(**given))
            return method(**given)

        return tell


def ask_bare(sql: str, params: Any) -> list[Any]:
    """Ask the database through its own driver."""
    bare = connection.connection.cursor()
    if connection.vendor == "sqlite":
        sql, params = sql.replace("%s", "?"), list(params)
    bare.execute(sql, params)
    return list(bare.fetchall())


def insert_bare(rows: list[SearchEntry], size: int) -> float:
    """Write rows through the driver, in one transaction; return the rows a second."""
    values = [tuple(getattr(row, field.attname) for field in COLUMNS) for row in rows]
    names = ", ".join(field.column for field in COLUMNS)
    into = f"INSERT INTO {SearchEntry._meta.db_table} ({names}) VALUES "
    connection.ensure_connection()
    bare = connection.connection.cursor()
    started = time.perf_counter()
    bare.execute("BEGIN")
    if connection.vendor == "sqlite":
        bare.executemany(f"{into}({', '.join('?' * len(COLUMNS))})", values)
    else:
        from psycopg2.extras import execute_values

        execute_values(bare, f"{into}%s", values, page_size=size)
    bare.execute("COMMIT")
    return len(rows) / (time.perf_counter() - started)


def send_bare(rows: list[SearchEntry], index: str) -> float:
    """Send documents that are made already to an index of its own; return the rate a second."""
    client = elasticsearch._patient()
    aliases = {elasticsearch._own(index): {}}
    client.indices.create(index=index, aliases=aliases, **elasticsearch._definition())
    documents = [elasticsearch._put(index, row, 0) for row in rows]
    started = time.perf_counter()
    for _ok, _item in streaming_bulk(client, documents, chunk_size=elasticsearch.BULK):
        pass
    client.indices.refresh(index=index)
    seconds = time.perf_counter() - started
    client.indices.delete(index=index)
    return len(documents) / seconds
