"""Reads about people: as the admin needs them (`staff`), by the names they sign in with."""

from services.accounts.selectors.codes import CodesSent, describe_activation, describe_codes
from services.accounts.selectors.people import find_by_sign_in_name, find_resumable, list_holders
from services.accounts.selectors.staff import (
    DemoAccount,
    find_person,
    list_colleagues,
    list_demo_accounts,
    list_own_workflows,
)

__all__ = [
    "CodesSent",
    "DemoAccount",
    "describe_activation",
    "describe_codes",
    "find_by_sign_in_name",
    "find_person",
    "find_resumable",
    "list_colleagues",
    "list_demo_accounts",
    "list_holders",
    "list_own_workflows",
]
