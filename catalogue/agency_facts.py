"""Facts of an agency as plain values, taken from its page and those above it. No query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Facts = dict[str, Any]


def build_details(chain: Sequence[Any], english: Any = None) -> Facts:
    """Return what is shown of the first agency of `chain`; the rest are those above it.

    Address, phone, hours and accounts are the agency's own, or else those of the nearest agency
    above that has them; the default account comes first. `english` is its live translation, or
    None.
    """
    agency = chain[0]
    accounts, owner = _first_rows(chain, "bank_accounts")
    hours, _owner = _first_rows(chain, "opening_periods")
    return {
        "counter_name": agency.counter_name,
        "counter_name_en": english.counter_name if english else "",
        "address": _first(chain, "counter_address", "address"),
        "phone": _first(chain, "counter_phone", "phone"),
        "hours": [
            [
                row.first_weekday,
                row.last_weekday,
                row.opens_at.isoformat(),
                row.closes_at.isoformat(),
            ]
            for row in hours
        ],
        "hours_note": agency.hours_note,
        "hours_note_en": english.hours_note if english else "",
        "accounts": [_account(row) for row in sorted(accounts, key=lambda row: not row.is_default)],
        "accounts_are_demo": bool(owner and owner.is_demo),
        "is_demo": agency.is_demo,
    }


def _first(chain: Sequence[Any], *names: str) -> str:
    return next((getattr(a, name) for a in chain for name in names if getattr(a, name)), "")


def _first_rows(chain: Sequence[Any], relation: str) -> tuple[list[Any], Any]:
    for agency in chain:
        rows = list(getattr(agency, relation).all())
        if rows:
            return rows, agency
    return [], None


def _account(row: Any) -> Facts:
    return {
        "bank": row.bank,
        "number": row.number,
        "holder": row.holder,
        "branch": row.branch,
        "purpose": row.purpose,
        "is_default": row.is_default,
    }
