"""Words as the SQLite index holds them and as its queries ask for them.

The index holds the exact words and, behind them, the folded form of those that have marks; a query
asks for either form, so that both find the same and the exact one ranks higher.
"""

from __future__ import annotations

import unicodedata

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
