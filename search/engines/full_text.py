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


# PostgreSQL ranks without regard to how rare a word is, so concepts are weighed by these functions,
# twice as much in the title. They go through the indexes alone: the planner does not know that to
# read a vector of the whole text costs more than to look at hundreds of rows.
_FUNCTION = (
    "RETURNS TABLE (id bigint, worth real) LANGUAGE sql STABLE ROWS 100 "
    "SET enable_seqscan = off SET enable_indexscan = off SET max_parallel_workers_per_gather = 0"
)
_BEST = "ORDER BY 2 DESC FETCH FIRST (most) ROWS WITH TIES"


def _holding(vector: str) -> str:
    return (
        f"SELECT e.id, c.weight FROM unnest(each, weights) AS c(own, weight) "  # noqa: S608
        f"JOIN {TABLE} e ON e.{vector} @@ c.own WHERE e.language = reader OR e.is_only"
    )


POSTGRESQL_FUNCTIONS = [
    (
        "CREATE FUNCTION search_entry_every("  # noqa: S608
        "every tsquery, each tsquery[], weights float8[], reader text, most integer) "
        f"{_FUNCTION} AS $$ SELECT e.id, CAST((SELECT sum(CASE WHEN e.head @@ c.own THEN 2 "
        "ELSE 1 END * c.weight) FROM unnest(each, weights) AS c(own, weight)) AS real) "
        f"FROM {TABLE} e WHERE e.document @@ every AND (e.language = reader OR e.is_only) "
        f"{_BEST} $$"
    ),
    (
        "CREATE FUNCTION search_entry_some("  # noqa: S608
        "each tsquery[], weights float8[], reader text, most integer) "
        f"{_FUNCTION} AS $$ SELECT found.id, CAST(sum(found.weight) AS real) FROM "
        f"({_holding('document')} UNION ALL {_holding('head')}) AS found GROUP BY 1 {_BEST} $$"
    ),
    f"CREATE INDEX search_entry_head ON {TABLE} USING gin (head)",
]
POSTGRESQL_NO_FUNCTIONS = [
    "DROP INDEX search_entry_head",
    "DROP FUNCTION search_entry_some(tsquery[], float8[], text, integer)",
    "DROP FUNCTION search_entry_every(tsquery, tsquery[], float8[], text, integer)",
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


def add_functions(schema_editor: Any) -> None:
    """Create what PostgreSQL finds entries with; for migrations."""
    _run(schema_editor, [], POSTGRESQL_FUNCTIONS)


def drop_functions(schema_editor: Any) -> None:
    """Take it away; for migrations."""
    _run(schema_editor, [], POSTGRESQL_NO_FUNCTIONS)


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


_SELECT = f"SELECT e.id, e.kind, e.page_id, e.prior, {', '.join(f'e.{n}' for n in FIELDS)} "
# FTS5 puts hits in order by itself when asked for its own column `rank`, and stops at the limit.
_SQLITE_BEST = (
    f"SELECT f.rowid AS id FROM {FTS} f JOIN {TABLE} e ON e.id = f.rowid "  # noqa: S608
    f"WHERE {FTS} MATCH %s AND rank MATCH 'bm25({', '.join(str(w) for w in FIELD_WEIGHTS)})' "
    "AND (e.language = %s OR e.is_only) ORDER BY rank LIMIT %s"
)
# Arguments: expression, language, limit. Columns: id, kind, page id and the terms of all fields.
SQLITE_FIND = f"{_SELECT} FROM ({_SQLITE_BEST}) best JOIN {TABLE} e ON e.id = best.id"
SQLITE_TITLES = _SQLITE_BEST


def _postgresql_find(function: str) -> str:
    return (
        f"{_SELECT} FROM {function} AS best JOIN {TABLE} e ON e.id = best.id "
        "ORDER BY best.worth DESC, length(e.title_terms), e.id LIMIT %(most)s"
    )


# Arguments: `every`, the expression of all concepts (for the first), `each` with the expressions of
# single concepts, their `weights`, `language` and `most`.
_EACH = "CAST(%(each)s AS tsquery[]), CAST(%(weights)s AS float8[]), %(language)s, %(most)s"
POSTGRESQL_EVERY = _postgresql_find(f"search_entry_every(CAST(%(every)s AS tsquery), {_EACH})")
POSTGRESQL_SOME = _postgresql_find(f"search_entry_some({_EACH})")
# Arguments: expression, language, limit.
POSTGRESQL_TITLES = (
    f"SELECT e.id FROM {TABLE} e WHERE e.head @@ CAST(%s AS tsquery) "  # noqa: S608
    "AND (e.language = %s OR e.is_only) ORDER BY length(e.title_terms), e.id LIMIT %s"
)
