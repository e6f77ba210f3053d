"""Refusals of the accounts room."""

from __future__ import annotations


class AccountError(Exception):
    """Base of the refusals that a form shows."""


class AlreadyMemberError(AccountError):
    """The person has this role in this agency already."""


class OwnRoleError(AccountError):
    """Nobody takes their own role of administrator away."""


class NoSourcePageError(AccountError):
    """Memberships are held by the agency's Vietnamese page."""
