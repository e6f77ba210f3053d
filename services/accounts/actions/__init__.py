"""Changes of who works for which agency, and of what Wagtail grants because of it."""

from services.accounts.actions.access import (
    forget_agency,
    sync_agency_access,
    sync_all_access,
    sync_translation,
)
from services.accounts.actions.memberships import (
    change_role,
    create_person,
    grant_membership,
    revoke_membership,
)

__all__ = [
    "change_role",
    "create_person",
    "forget_agency",
    "grant_membership",
    "revoke_membership",
    "sync_agency_access",
    "sync_all_access",
    "sync_translation",
]
