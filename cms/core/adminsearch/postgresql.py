"""PostgreSQL: Wagtail's own backend with a text search configuration that folds accents.

A migration makes the configuration `vi_unaccent`: no stemming, no stop words, accents dropped.
"""

from __future__ import annotations

from typing import Any

from modelsearch.backends.database.postgres import postgres as stock

CONFIGURATION = "vi_unaccent"


class PostgresBackend(stock.PostgresSearchBackend):
    """Folds accents when indexing and when asking, also while the editor types."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": CONFIGURATION})
        self.autocomplete_config = CONFIGURATION
