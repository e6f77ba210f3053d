"""The full-text index of each database over `SearchEntry`, in the database's own words.

SQLite has an FTS5 table kept by triggers, PostgreSQL two generated `tsvector` columns with GIN
indexes. Both index whole terms; folding and pairing are done before (`search.analysis`).
"""

from __future__ import annotations

from typing import Any

from search.understanding import Concept

TABLE = "search_searchentry"
FTS = "search_entry_fts"
FIELDS = ("title_terms", "names_terms", "place_terms", "body_terms", "asked_terms")
# What a hit in a field is worth when the database itself puts hits in order.
FIELD_WEIGHTS = (10.0, 8.0, 2.0, 1.0, 6.0)


def _sqlite_setup(columns: tuple[str, ...]) -> list[str]:
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("new", "old"))
    # Constants of this module and of migrations alone.
    forget = f"INSERT INTO {FTS}({FTS}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
    remember = f"INSERT INTO {FTS}(rowid, {names}) VALUES (new.id, {new});"  # noqa: S608
    return [
        (
            f"CREATE VIRTUAL TABLE {FTS} USING fts5({names}, content='{TABLE}', "
            "content_rowid='id', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_=./-'\")"
        ),
        f"CREATE TRIGGER {FTS}_insert AFTER INSERT ON {TABLE} BEGIN {remember} END",
        f"CREATE TRIGGER {FTS}_delete AFTER DELETE ON {TABLE} BEGIN {forget} END",
        f"CREATE TRIGGER {FTS}_update AFTER UPDATE ON {TABLE} BEGIN {forget} {remember} END",
        f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')",  # noqa: S608
    ]


SQLITE_TEARDOWN = [
    *(f"DROP TRIGGER IF EXISTS {FTS}_{event}" for event in ("insert", "delete", "update")),
    f"DROP TABLE {FTS}",
]


def _vector(*fields: str) -> str:
    text = " || ' ' || ".join(fields)
    return f"array_to_tsvector(array_remove(string_to_array({text}, ' '), ''))"


def _postgresql_setup(columns: tuple[str, ...]) -> list[str]:
    return [
        (
            f"ALTER TABLE {TABLE} ADD COLUMN head tsvector GENERATED ALWAYS AS "
            f"({_vector('title_terms', 'names_terms')}) STORED"
        ),
        (
            f"ALTER TABLE {TABLE} ADD COLUMN document tsvector GENERATED ALWAYS AS "
            f"({_vector(*columns)}) STORED"
        ),
        f"CREATE INDEX search_entry_document ON {TABLE} USING gin (document)",
    ]


POSTGRESQL_TEARDOWN = [
    "DROP INDEX search_entry_document",
    f"ALTER TABLE {TABLE} DROP COLUMN document",
    f"ALTER TABLE {TABLE} DROP COLUMN head",
]


def set_up(schema_editor: Any, columns: tuple[str, ...] = FIELDS) -> None:
    """Create the index over these columns; for migrations."""
    _run(schema_editor, _sqlite_setup(columns), _postgresql_setup(columns))


def tear_down(schema_editor: Any) -> None:
    """Drop the index; for migrations."""
    _run(schema_editor, SQLITE_TEARDOWN, POSTGRESQL_TEARDOWN)


def _run(schema_editor: Any, sqlite: list[str], postgresql: list[str]) -> None:
    statements = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def expression(concepts: list[Concept], vendor: str, *, every: bool = True) -> str:
    """Return the database's expression for entries that hold every concept, or any of them."""
    both, either = (" AND ", " OR ") if vendor == "sqlite" else (" & ", " | ")
    quote = _quote_sqlite if vendor == "sqlite" else _quote_postgresql

    def say(concept: Concept) -> str:
        readings = {
            both.join(dict.fromkeys(quote(term) for term in reading.needed))
            for reading in concept.readings
        }
        return "(" + either.join(f"({reading})" for reading in sorted(readings)) + ")"

    return (both if every else either).join(say(concept) for concept in concepts)


def title_expression(words: list[str], vendor: str, *, goes_on: bool) -> str:
    """Return the expression for titles and names that hold all words; the last may go on."""
    if vendor == "sqlite":
        terms = [_quote_sqlite(word) for word in words]
        terms[-1] += "*" if goes_on else ""
        return f"{{title_terms names_terms}} : ({' AND '.join(terms)})"
    terms = [_quote_postgresql(word) for word in words]
    terms[-1] += ":*" if goes_on else ""
    return " & ".join(terms)


def _quote_sqlite(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _quote_postgresql(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


# Arguments: expression, language, limit. Columns: id, kind, page id and the terms of all fields.
_SELECT = f"SELECT e.id, e.kind, e.page_id, e.prior, {', '.join(f'e.{n}' for n in FIELDS)} "
SQLITE_FIND = (
    f"{_SELECT} FROM {FTS} f JOIN {TABLE} e ON e.id = f.rowid "
    f"WHERE {FTS} MATCH %s AND (e.language = %s OR e.is_only) "
    f"ORDER BY bm25({FTS}, {', '.join(str(w) for w in FIELD_WEIGHTS)}) LIMIT %s"
)


def postgresql_find(number: int) -> str:
    """Return the statement for `number` concepts.

    PostgreSQL ranks without regard to how rare a word is, so each concept is weighed here: the
    arguments are the expression, the language, then an expression and a weight (twice that in the
    title) for each concept, and the limit.
    """
    worth = " + ".join(
        "(CASE WHEN e.head @@ CAST(%s AS tsquery) THEN 2 WHEN e.document @@ CAST(%s AS tsquery) "
        "THEN 1 ELSE 0 END) * %s"
        for _ in range(number)
    )
    return (
        f"{_SELECT} FROM {TABLE} e WHERE e.document @@ CAST(%s AS tsquery) "
        "AND (e.language = %s OR e.is_only) "
        f"ORDER BY {worth} DESC, length(e.title_terms), e.id LIMIT %s"
    )


# Arguments: expression, language, limit.
SQLITE_TITLES = (
    f"SELECT e.id FROM {FTS} f JOIN {TABLE} e ON e.id = f.rowid "  # noqa: S608
    f"WHERE {FTS} MATCH %s AND (e.language = %s OR e.is_only) "
    f"ORDER BY bm25({FTS}, {', '.join(str(w) for w in FIELD_WEIGHTS)}) LIMIT %s"
)
POSTGRESQL_TITLES = (
    f"SELECT e.id FROM {TABLE} e WHERE e.head @@ CAST(%s AS tsquery) "  # noqa: S608
    "AND (e.language = %s OR e.is_only) ORDER BY length(e.title_terms), e.id LIMIT %s"
)
