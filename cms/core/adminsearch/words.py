"""Words as the SQLite index holds them and as its queries ask for them.

The index holds the exact words and, behind them, the folded form of those that have marks; a query
asks for either form, so that both find the same and the exact one ranks higher.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from modelsearch.backends.database.sqlite.query import Lexeme

from cms.core.vietnamese import fold


def indexed_text(text: str) -> str:
    """Return the text in lower case, composed, with the folded forms of its marked words."""
    exact = unicodedata.normalize("NFC", text or "").lower()
    folded = {form for word in exact.split() if (form := fold(word)) != word}
    return f"{exact} {' '.join(sorted(folded))}" if folded else exact


def split_terms(text: str) -> list[str]:
    """Return the terms of a query; one without letter or digit would match nothing at all."""
    terms = unicodedata.normalize("NFC", text).lower().split()
    return [term for term in terms if any(char.isalnum() for char in term)]


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
