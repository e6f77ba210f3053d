"""The snapshot of a procedure with the words that a reader sees.

A live page is read from its stored snapshot, a preview from the page itself; both are drawn
alike. The number of queries does not depend on the number of rows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from catalogue.facts import PAGE_WORDS, WORD_FIELDS, build_snapshot
from catalogue.models import FormerKey, ProcedureListing, ProcedurePage
from catalogue.selectors.words import Words, choose, reader_language
from cms.core.stored_rows import fetch_texts


@dataclass(frozen=True)
class Loaded:
    """Facts of the Vietnamese page, and the words of its translation by row UUID.

    `page_words` is None when the Vietnamese page itself is shown.
    """

    snapshot: dict[str, Any]
    page_words: dict[str, str] | None = None
    row_words: dict[str, dict[str, str]] = field(default_factory=dict)

    def fact(self, name: str) -> Any:
        """A field of the Vietnamese page."""
        return self.snapshot["fields"][name]

    def date(self, name: str) -> date | None:
        """A date field of the Vietnamese page."""
        value = self.fact(name)
        return date.fromisoformat(value) if value else None

    def say(self, row: dict[str, Any], name: str) -> Words:
        """The words of a row for the reader."""
        own = str(row.get(name) or "")
        return _choose(own, self.row_words.get(row["uuid"], {}).get(name, ""))

    def text(self, name: str) -> Words:
        """A field of the page for the reader."""
        return _choose(str(self.fact(name) or ""), (self.page_words or {}).get(name, ""))


def _choose(own: str, said: str) -> Words:
    """A translation that still holds the source's words is Vietnamese."""
    return choose(own, said if said != own else "")


def load(page: ProcedurePage) -> Loaded:
    """Return the facts of a page's Vietnamese source with the words of the page."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return Loaded(_snapshot(page))
    sources = ProcedurePage.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    source = sources.first()
    if source is None or page.alias_of_id:
        return Loaded(_snapshot(source or page))
    page_words = {name: str(getattr(page, name) or "") for name in PAGE_WORDS}
    return Loaded(_snapshot(source), page_words, _row_words(page))


def _snapshot(page: ProcedurePage) -> dict[str, Any]:
    """The stored snapshot, or a fresh one of a preview or an unlisted page."""
    if not getattr(page, "_cluster_related_objects", None):
        rows = ProcedureListing.objects.filter(pk=page.pk)
        stored: dict[str, Any] | None = rows.values_list("snapshot", flat=True).first()
        if stored is not None:
            return stored
    parent = page.get_parent() if page.depth else None
    return build_snapshot(page, owner_id=parent.pk if parent else None)


def _row_words(page: ProcedurePage) -> dict[str, dict[str, str]]:
    if reader_language() == settings.LANGUAGE_CODE:
        return {}
    return {
        str(row.translation_key): {name: getattr(row, name) for name in names}
        for relation, names in WORD_FIELDS.items()
        for row in getattr(page, relation).all()
    }


def find_snapshot(path: str) -> dict[str, Any] | None:
    """Return the snapshot of the live Vietnamese procedure at a public path, or None."""
    row = fetch_texts(ProcedureListing, "snapshot", url=path)
    snapshot: dict[str, Any] | None = json.loads(*row) if row else None
    return snapshot


def find_by_key(key: str) -> ProcedureListing | None:
    """Return the listing of the procedure with a code, or with a code that it once had."""
    listed = ProcedureListing.objects.defer("folded")
    found = listed.filter(key=key).first()
    if found is None:
        former = FormerKey.objects.filter(key=key).first()
        if former is not None:
            found = listed.filter(page__translation_key=former.page_key).first()
    return found
