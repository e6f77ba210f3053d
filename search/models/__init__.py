"""Tables of the search: the index, what editors add to it, and what is kept of queries."""

from search.models.curation import CurationState, PinLanguage, SearchPin, SearchSynonym
from search.models.entries import EntryKind, SearchEntry, SearchWord

__all__ = [
    "CurationState",
    "EntryKind",
    "PinLanguage",
    "SearchEntry",
    "SearchPin",
    "SearchSynonym",
    "SearchWord",
]
