"""Accounts of people, whom they act for, and who works for which agency. It knows no dossiers."""

from services.accounts.models.enterprises import (
    Enterprise,
    EnterpriseRequest,
    Invitation,
    Membership,
)
from services.accounts.models.memberships import AgencyAccess, AgencyGroup, AgencyMembership
from services.accounts.models.people import Person
from services.accounts.models.records import (
    AccountEvent,
    Consent,
    OneTimeCode,
    RecordSearch,
    RecordView,
    ResetRequest,
)
from services.accounts.models.users import User

__all__ = [
    "AccountEvent",
    "AgencyAccess",
    "AgencyGroup",
    "AgencyMembership",
    "Consent",
    "Enterprise",
    "EnterpriseRequest",
    "Invitation",
    "Membership",
    "OneTimeCode",
    "Person",
    "RecordSearch",
    "RecordView",
    "ResetRequest",
    "User",
]
