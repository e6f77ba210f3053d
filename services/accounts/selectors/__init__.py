"""Reads about people: as the admin needs them (`staff`), by the names they sign in with."""

from services.accounts.selectors.codes import (
    CodesSent,
    describe_activation,
    describe_codes,
    newest_address,
)
from services.accounts.selectors.confirmation import find_linked_provider, is_confirmed
from services.accounts.selectors.deletion import judge_deletion
from services.accounts.selectors.enterprises import (
    ACTING_FOR,
    Actor,
    find_invitation,
    find_registered,
    get_actor,
    get_invitation_of,
    get_join_request,
    get_member,
    get_membership,
    get_request_of,
    has_claim,
    list_invitations,
    list_join_requests,
    list_members,
    list_memberships,
    list_owners,
    list_requests_of,
)
from services.accounts.selectors.export import collect_data
from services.accounts.selectors.limits import seconds_to_wait
from services.accounts.selectors.people import (
    find_by_sign_in_name,
    find_for_sign_in,
    find_resumable,
    list_holders,
    list_of_identity,
)
from services.accounts.selectors.personal import Waiting, find_details, list_waiting
from services.accounts.selectors.records import (
    get_session,
    list_consents,
    list_events,
    list_record_views,
    list_sessions,
)
from services.accounts.selectors.recovery import (
    ResetState,
    describe_reset,
    find_recoverable,
    list_proven_contacts,
)
from services.accounts.selectors.second_step import (
    has_second_step,
    needs_second_step,
    took_second_step,
)
from services.accounts.selectors.staff import (
    DemoAccount,
    find_person,
    has_administrator,
    list_colleagues,
    list_demo_accounts,
    list_own_workflows,
)

__all__ = [
    "ACTING_FOR",
    "Actor",
    "CodesSent",
    "DemoAccount",
    "ResetState",
    "Waiting",
    "collect_data",
    "describe_activation",
    "describe_codes",
    "describe_reset",
    "find_by_sign_in_name",
    "find_details",
    "find_for_sign_in",
    "find_invitation",
    "find_linked_provider",
    "find_person",
    "find_recoverable",
    "find_registered",
    "find_resumable",
    "get_actor",
    "get_invitation_of",
    "get_join_request",
    "get_member",
    "get_membership",
    "get_request_of",
    "get_session",
    "has_administrator",
    "has_claim",
    "has_second_step",
    "is_confirmed",
    "judge_deletion",
    "list_colleagues",
    "list_consents",
    "list_demo_accounts",
    "list_events",
    "list_holders",
    "list_invitations",
    "list_join_requests",
    "list_members",
    "list_memberships",
    "list_of_identity",
    "list_own_workflows",
    "list_owners",
    "list_proven_contacts",
    "list_record_views",
    "list_requests_of",
    "list_sessions",
    "list_waiting",
    "needs_second_step",
    "newest_address",
    "seconds_to_wait",
    "took_second_step",
]
