"""Wagtail's search backend for the admin: one ranked pass, with and without accents alike.

It serves editors' searches and choosers on SQLite and PostgreSQL; the citizens' search is another
room and owes nothing to this one. It leans on private classes of `modelsearch`: the probes in the
tests tell when an upgrade moves them.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 (the name that Wagtail looks for)
    """Return the backend for the default database."""
    if connection.vendor == "postgresql":
        from cms.core.adminsearch.postgresql import PostgresBackend

        return PostgresBackend(params)
    if connection.vendor == "sqlite":
        from cms.core.adminsearch.sqlite import SqliteBackend

        return SqliteBackend(params)
    msg = f"The admin's search knows SQLite and PostgreSQL, not {connection.vendor}."
    raise ImproperlyConfigured(msg)
