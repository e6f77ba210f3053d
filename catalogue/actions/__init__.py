"""Changes of the catalogue's read tables. Publishing itself is Wagtail's business.

A refresh must run in the transaction that changed the pages: lists are then right in the next
request.
"""

from catalogue.actions.agencies import refresh_agencies
from catalogue.actions.findings import (
    remember_everything,
    remember_faults,
    remember_listed,
    weigh_again,
)
from catalogue.actions.listings import pages_with_term, refresh_all_listings, refresh_listings
from catalogue.actions.summary import is_current, lock_summary, refresh_summary

__all__ = [
    "is_current",
    "lock_summary",
    "pages_with_term",
    "refresh_agencies",
    "refresh_all_listings",
    "refresh_listings",
    "refresh_summary",
    "remember_everything",
    "remember_faults",
    "remember_listed",
    "weigh_again",
]
