"""One row that every page reads, at the least cost: its SQL is written once, its text read once.

A table that a public page reads holds one row of JSON. Building the query costs more than the
database needs to answer it, and most requests find the text that the one before found: the texts
are fetched in each request, and what was made of them is remembered by the texts themselves, so
nothing outdated is ever shown.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models


def fetch_texts(model: type[models.Model], *names: str) -> tuple[Any, ...] | None:
    """Return columns of the first row as the database stores them, None when there is no row.

    JSON comes as its text.
    """
    with connection.cursor() as cursor:
        cursor.execute(_sql(connection.vendor, model, names))
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


@cache
def _sql(vendor: str, model: type[models.Model], names: tuple[str, ...]) -> str:
    meta: Any = model._meta
    quote = connection.ops.quote_name
    columns = ", ".join(quote(meta.get_field(name).column) for name in names)
    table, pk = quote(meta.db_table), quote(meta.pk.column)
    return f"SELECT {columns} FROM {table} ORDER BY {pk} LIMIT 1"  # noqa: S608
