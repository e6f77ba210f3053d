"""Every address of the admin has a rule, and every rule has an address."""

from __future__ import annotations

from services.accounts.guard.table import RULES
from tests.integration.services.accounts.wall.addresses import admin_views


def test_every_address_has_a_rule() -> None:
    missing = set(admin_views()) - set(RULES)
    assert not missing, f"give these a rule in services/accounts/guard/table.py: {sorted(missing)}"


def test_every_rule_has_an_address() -> None:
    stale = set(RULES) - set(admin_views())
    assert not stale, f"these addresses are gone: {sorted(stale)}"
