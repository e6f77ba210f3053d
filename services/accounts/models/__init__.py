"""Accounts of people, and who works for which agency in which role. It knows nobody's dossiers."""

from services.accounts.models.memberships import AgencyAccess, AgencyGroup, AgencyMembership
from services.accounts.models.users import User

__all__ = ["AgencyAccess", "AgencyGroup", "AgencyMembership", "User"]
