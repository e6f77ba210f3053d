"""What editors have added to the search, as every query uses it.

Read from the database once and kept in the process until the mark of the one row changes: one
small look-up a query, and no process ever answers from what another has replaced.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from search.models import CurationState, SearchPin, SearchSynonym
from search.synonyms import Thesaurus, get_thesaurus
from search.understanding import folded_key

STATE_ID = 1


@dataclass(frozen=True)
class Curation:
    """Words that come with the code and those of editors; page ids by (query, language)."""

    mark: uuid.UUID | None
    thesaurus: Thesaurus
    pins: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def pinned(self, text: str, language: str) -> list[int]:
        """Return the Vietnamese pages that are pinned for a query, in order."""
        return self.pins.get((folded_key(text), language), []) if self.pins else []


_kept: list[Curation] = []


def get_curation() -> Curation:
    """Return what counts now."""
    marks = CurationState.objects.filter(pk=STATE_ID).values_list("mark", flat=True)
    mark = next(iter(marks), None)
    for kept in _kept:
        if kept.mark == mark:
            return kept
    # Whatever is read after the mark is as new as the mark, or newer and then has another one.
    fresh = Curation(mark, _thesaurus(), _pins()) if mark else Curation(None, get_thesaurus())
    _kept[:] = [fresh]
    return fresh


def known_words() -> Thesaurus:
    """Return the words that come with the code and those of editors."""
    return get_curation().thesaurus


def _thesaurus() -> Thesaurus:
    thesaurus = get_thesaurus().copy()
    for row in SearchSynonym.objects.order_by("pk"):
        thesaurus.add(row.said, row.meanings)
        if row.both_ways:
            for meaning in row.meanings:
                thesaurus.add(meaning, [row.said])
    return thesaurus


def _pins() -> dict[tuple[str, str], list[int]]:
    pins: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = SearchPin.objects.order_by("position", "pk")
    for key, language, page_id in rows.values_list("key", "language", "page_id"):
        for code in [language] if language else ["vi", "en"]:
            pins[key, code].append(page_id)
    return dict(pins)


def mark_change(**kwargs: Any) -> None:
    """Let every process read anew, in the transaction of the change."""
    with transaction.atomic():
        CurationState.objects.update_or_create(pk=STATE_ID, defaults={"mark": uuid.uuid4()})


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    for model in (SearchSynonym, SearchPin):
        for signal in (post_save, post_delete):
            signal.connect(mark_change, sender=model, dispatch_uid=f"curation-{model.__name__}")
