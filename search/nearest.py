"""What to try when a query finds no procedure: fewer of its words, those that do find some."""

from __future__ import annotations

from collections.abc import Callable

from catalogue.text_search import Fewer
from search.engines.candidates import importance
from search.ranking import Rarity
from search.understanding import Query

# How many parts of a query are tried, and how many are shown.
TRIED, SHOWN = 4, 3


def fewer_words(query: Query, weigh: Rarity, count: Callable[[str], int]) -> list[Fewer]:
    """Return parts of a query that find procedures, what says most first.

    `count` tells how many procedures a text finds. A query of one thing has no part.
    """
    concepts = sorted(query.needed, key=lambda concept: -importance(concept, weigh))
    if len(concepts) < 2:
        return []
    texts = dict.fromkeys(" ".join(token.exact for token in c.typed) for c in concepts)
    counted = (Fewer(text, count(text)) for text in list(texts)[:TRIED])
    return [fewer for fewer in counted if fewer.number][:SHOWN]
