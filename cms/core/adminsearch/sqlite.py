"""SQLite: Wagtail's full-text index asked once, ranked by bm25, folded words beside exact ones.

The stock backend asks the index again for each row of the result; at some thousand pages that
takes seconds. This room changes how the index is filled and asked, not what is indexed.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from django.db import models, transaction
from django.db.models.expressions import RawSQL
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.backends.database.sqlite.query import (
    Lexeme,
    MatchExpression,
    SearchQueryExpression,
    normalize,
)
from modelsearch.query import And, MatchAll, Not, Or, Phrase, PlainText
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from cms.core.adminsearch.hits import HitScore, join_hits
from cms.core.adminsearch.words import indexed_text, split_terms
from cms.core.vietnamese import fold

ENTRY = stock.IndexEntry._meta.db_table
FTS = stock.SQLiteFTSIndexEntry._meta.db_table
WEIGHTS = "1.0, 1.0, 4.0"  # of the columns in the order of the FTS table: autocomplete, body, title
BATCH = 200


def quote(term: str) -> str:
    """Return the term as a string of FTS5, in which a double quote is written twice."""
    return '"' + term.replace('"', '""') + '"'


class Word(Lexeme):
    """One term, folded or exact, in brackets: FTS5 binds AND tighter than OR."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        """Return a placeholder and the term in the language of FTS5."""
        star = "*" if self.prefix else ""
        forms = dict.fromkeys([fold(self.value), self.value])
        return "%s", ["(" + " OR ".join(quote(form) + star for form in forms) + ")"]


def has_numbered_key(model: Any) -> bool:
    """Tell whether the primary key is a number, through the parents of the model."""
    key = model._meta.pk
    while key.is_relation:
        key = key.target_field
    return isinstance(key, models.IntegerField)


class SqliteCompiler(stock.SQLiteSearchQueryCompiler):
    """Turns a query into one sub-select on the index."""

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        """Return the query in the language of FTS5, or nothing when it has no word."""
        if isinstance(query, PlainText):
            return self._build_words(query, config)
        if isinstance(query, Phrase):
            words = split_terms(query.query_string)
            return SearchQueryExpression(" ".join(words).replace('"', '""')) if words else None
        if isinstance(query, (And, Or)):
            return self._build_all(query, config)
        return super().build_search_query_content(query, config=config)

    def _build_words(self, query: Any, config: Any) -> Any:
        terms = split_terms(query.query_string)
        if not terms:
            return None
        last = len(terms) - 1
        words = [
            Word(term, prefix=self.LAST_TERM_IS_PREFIX and place == last)
            for place, term in enumerate(terms)
        ]
        every = query.operator.upper() == "AND"
        whole = reduce(lambda a, b: a & b if every else a | b, words)
        return SearchQueryExpression(whole, config=config)

    def _build_all(self, query: Any, config: Any) -> Any:
        built = [self.build_search_query_content(part, config=config) for part in query.subqueries]
        parts = [part for part in built if part is not None]
        if not parts:
            return None
        every = isinstance(query, And)
        return reduce(lambda a, b: a & b if every else a | b, parts)

    def search(self, config: Any, start: Any, stop: Any, score_field: str | None = None) -> Any:
        """Return the hits among the queryset's rows, best first when relevance decides."""
        query = normalize(self.query)
        if isinstance(query, MatchAll):
            return self.queryset[start:stop]
        negated = isinstance(query, Not)
        if negated:
            query = query.subquery
        if negated and isinstance(query, MatchAll):
            return self.queryset.none()
        built = self.build_search_query(query, config=config)
        if built is None:
            return (self.queryset if negated else self.queryset.none())[start:stop]
        queryset = self._without(built) if negated else self._with(built, score_field)
        if not self.order_by_relevance and not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _without(self, built: Any) -> Any:
        sql, params = self._hits(built, score="0")
        return self.queryset.exclude(pk__in=RawSQL(f"SELECT pk FROM ({sql})", params))  # noqa: S608, S611

    def _with(self, built: Any, score_field: str | None) -> Any:
        if self.queryset.query.is_sliced:
            raise ValueError("Search before slicing.")
        scored = self.order_by_relevance or score_field is not None
        score = f"bm25({FTS}, {WEIGHTS})" if scored else "0"
        queryset = join_hits(self.queryset, *self._hits(built, score=score))
        if score_field:
            queryset = queryset.annotate(**{score_field: HitScore()})
        if self.order_by_relevance:
            queryset = queryset.order_by(HitScore(), "-pk")
        return queryset

    def _hits(self, built: Any, score: str) -> tuple[str, list[Any]]:
        """The sub-select (pk, score); its LIMIT keeps SQLite from flattening it into the rest."""
        compiler = self.queryset.query.get_compiler(using=self.queryset.db)
        columns = self.fields or self.FTS_TABLE_FIELDS
        match, match_params = MatchExpression(columns, built).as_sql(compiler, compiler.connection)
        types = list(get_descendants_content_types_pks(self.queryset.model))
        numbered = has_numbered_key(self.queryset.model)
        pk = "CAST(e.object_id AS INTEGER)" if numbered else "e.object_id"
        sql = (
            f"SELECT {pk} AS pk, {score} AS score "  # noqa: S608 (names and numbers of this module)
            f"FROM {FTS} JOIN {ENTRY} e ON e.id = {FTS}.rowid "
            f"WHERE {match} AND e.content_type_id IN ({', '.join(['%s'] * len(types))}) LIMIT -1"
        )
        return sql, [*match_params, *types]


class SqliteAutocompleteCompiler(SqliteCompiler, stock.SQLiteAutocompleteQueryCompiler):
    """The same for choosers, where the last word is the beginning of one."""


class SqliteIndex(stock.SQLiteIndex):
    """Writes exact and folded words, in batches."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Do nothing: bm25 weighs by length itself, and the stock pass reads the whole index."""

    def add_items(self, model: Any, objs: Any) -> None:
        """Write the entries of the objects."""
        if not model.get_search_fields():
            return
        content_type = get_content_type_pk(model)
        rows = [self._entry(content_type, obj) for obj in objs]
        with transaction.atomic(using=self.write_connection.alias):
            old = self.entries.filter(
                content_type_id=content_type, object_id__in=[row.object_id for row in rows]
            )
            known = dict(old.values_list("object_id", "pk"))
            for row in rows:
                row.pk = known.get(row.object_id)
            self.entries.bulk_update(
                [row for row in rows if row.pk], ["title", "autocomplete", "body"], BATCH
            )
            self.entries.bulk_create([row for row in rows if not row.pk], BATCH)

    def _entry(self, content_type: int, obj: Any) -> Any:
        source = stock.ObjectIndexer(obj, self.backend)
        return stock.IndexEntry(
            content_type_id=content_type,
            object_id=source.id,
            title=indexed_text(source.title),
            autocomplete=indexed_text(source.autocomplete),
            body=indexed_text(source.body),
        )


class SqliteBackend(stock.SQLiteSearchBackend):
    """The backend that `WAGTAILSEARCH_BACKENDS` names."""

    query_compiler_class = SqliteCompiler
    autocomplete_query_compiler_class = SqliteAutocompleteCompiler
    index_class = SqliteIndex
