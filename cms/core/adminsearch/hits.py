"""A join of a queryset with the hits of one full-text query, and the score of each hit.

Wagtail asks the index once for each row; joined as one sub-select, SQLite asks it once in all.
The classes speak the protocol of the ORM's own joins (`django.db.models.sql.datastructures`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import FloatField
from django.db.models.expressions import Expression
from django.db.models.sql.constants import INNER

ALIAS = "fts_hits"


class HitJoin:
    """INNER JOIN of a sub-select (pk, score) on the primary key of the queryset's model."""

    join_type = INNER
    filtered_relation = None
    nullable = False
    join_cols = ()
    join_field = None
    table_name = ALIAS

    def __init__(
        self, parent_alias: str, column: str, sql: str, params: list[Any], alias: str = ALIAS
    ) -> None:
        self.parent_alias = parent_alias
        self.column = column
        self.sql = sql
        self.params = params
        self.table_alias = alias

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the join."""
        quote = compiler.quote_name_unless_alias
        own = f"{quote(self.parent_alias)}.{quote(self.column)}"
        return (
            f"INNER JOIN ({self.sql}) {self.table_alias} ON ({self.table_alias}.pk = {own})",
            self.params,
        )

    def relabeled_clone(self, change_map: Mapping[str, str]) -> HitJoin:
        """Return the join under the new aliases."""
        return HitJoin(
            change_map.get(self.parent_alias, self.parent_alias),
            self.column,
            self.sql,
            self.params,
            change_map.get(self.table_alias, self.table_alias),
        )

    def demote(self) -> HitJoin:
        """Stay an inner join: a row that is no hit must not come back."""
        return self

    def promote(self) -> HitJoin:
        """Stay an inner join."""
        return self

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes two joins the same."""
        return (HitJoin, self.table_alias, self.sql, tuple(self.params))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HitJoin) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def equals(self, other: object) -> bool:
        """Tell whether the other join is the same."""
        return self == other


class HitScore(Expression):
    """The score column of the join; the smaller, the better."""

    output_field = FloatField()
    alias = ALIAS

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the column."""
        return f"{self.alias}.score", []

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> HitScore:
        """Find the join in the query, whatever alias it has there."""
        new: HitScore = super().resolve_expression(query, *args, **kwargs)
        joins = (alias for alias, join in query.alias_map.items() if isinstance(join, HitJoin))
        new.alias = next(joins, self.alias)
        return new

    def relabeled_clone(self, change_map: Mapping[str, str]) -> HitScore:
        """Return the column under the join's new alias."""
        new: HitScore = self.copy()
        new.alias = change_map.get(self.alias, self.alias)
        return new


def join_hits(queryset: Any, sql: str, params: list[Any]) -> Any:
    """Return a copy of the queryset that has the hits alone."""
    joined = queryset.all()
    query = joined.query
    base = query.get_initial_alias()
    query.alias_map[ALIAS] = HitJoin(base, joined.model._meta.pk.column, sql, params)
    query.alias_refcount[ALIAS] = 1
    query.table_map.setdefault(ALIAS, [ALIAS])
    return joined
