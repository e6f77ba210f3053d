"""Tables of the search: the index, what editors add to it, and what is kept of queries."""

from search.models.curation import CurationState, PinLanguage, SearchPin, SearchSynonym
from search.models.entries import (
    EVERY_ENTRY,
    EntryKind,
    SearchChange,
    SearchEntry,
    SearchWord,
)
from search.models.log import SearchClick, SearchedQuery, SearchScore, SearchTally

__all__ = [
    "EVERY_ENTRY",
    "CurationState",
    "EntryKind",
    "PinLanguage",
    "SearchChange",
    "SearchClick",
    "SearchEntry",
    "SearchPin",
    "SearchScore",
    "SearchSynonym",
    "SearchTally",
    "SearchWord",
    "SearchedQuery",
]
