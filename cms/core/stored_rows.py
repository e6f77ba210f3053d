"""Rows that most pages read, at the least cost: their SQL is written once a process.

Building a query costs more than the database needs to answer it. Columns come as the database
stores them, JSON as its text: what was made of a text may be remembered by the text itself, so
that nothing outdated is ever shown.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models


def fetch_texts(model: type[models.Model], *names: str, **equal: Any) -> tuple[Any, ...] | None:
    """Return columns of the first row whose fields are `equal`; None when there is no such row."""
    with connection.cursor() as cursor:
        cursor.execute(_sql(connection.vendor, model, names, tuple(equal)), list(equal.values()))
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


@cache
def _sql(
    vendor: str, model: type[models.Model], names: tuple[str, ...], equal: tuple[str, ...]
) -> str:
    meta: Any = model._meta

    def column(name: str) -> str:
        return connection.ops.quote_name(meta.get_field(name).column)

    columns = ", ".join(map(column, names))
    table, pk = connection.ops.quote_name(meta.db_table), column(meta.pk.name)
    where = " AND ".join(f"{column(name)} = %s" for name in equal)
    where = f" WHERE {where}" if where else ""
    return f"SELECT {columns} FROM {table}{where} ORDER BY {pk} LIMIT 1"  # noqa: S608
