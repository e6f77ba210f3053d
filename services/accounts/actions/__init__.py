"""Changes of accounts, of who works for which agency, and of what Wagtail grants because of it."""

from services.accounts.actions.access import (
    forget_agency,
    sync_agency_access,
    sync_all_access,
    sync_translation,
)
from services.accounts.actions.administrators import create_first_administrator
from services.accounts.actions.choices import (
    choose_channels,
    end_sessions,
    give_consent,
    withdraw_consent,
)
from services.accounts.actions.codes import delete_old_codes, issue_codes, take_code
from services.accounts.actions.contact_changes import (
    ask_contact_change,
    change_contact,
    remove_contact,
    resend_contact_code,
)
from services.accounts.actions.contacts import confirm_contact
from services.accounts.actions.deletion import delete_account
from services.accounts.actions.desk import (
    activate_at_counter,
    open_enterprise,
    open_person,
    verify_identity,
    verify_tax_code,
)
from services.accounts.actions.details import Details, change_details, change_password
from services.accounts.actions.enterprises import (
    add_enterprise,
    answer_invitation,
    change_member,
    decide_request,
    invite_member,
    revoke_invitation,
    send_request,
    settle_dispute,
    withdraw_request,
)
from services.accounts.actions.events import log_event
from services.accounts.actions.memberships import (
    change_role,
    create_person,
    grant_membership,
    revoke_membership,
)
from services.accounts.actions.national import (
    create_national_account,
    link_national_account,
)
from services.accounts.actions.recovery import (
    ask_reset,
    delete_old_requests,
    reset_password,
    send_reset_codes,
)
from services.accounts.actions.registration import (
    Registration,
    activate_account,
    change_contacts_before_activation,
    contacts_of,
    register_account,
    resend_activation,
)
from services.accounts.actions.searches import search_records
from services.accounts.actions.second_step import remove_second_step

__all__ = [
    "Details",
    "Registration",
    "activate_account",
    "activate_at_counter",
    "add_enterprise",
    "answer_invitation",
    "ask_contact_change",
    "ask_reset",
    "change_contact",
    "change_contacts_before_activation",
    "change_details",
    "change_member",
    "change_password",
    "change_role",
    "choose_channels",
    "confirm_contact",
    "contacts_of",
    "create_first_administrator",
    "create_national_account",
    "create_person",
    "decide_request",
    "delete_account",
    "delete_old_codes",
    "delete_old_requests",
    "end_sessions",
    "forget_agency",
    "give_consent",
    "grant_membership",
    "invite_member",
    "issue_codes",
    "link_national_account",
    "log_event",
    "open_enterprise",
    "open_person",
    "register_account",
    "remove_contact",
    "remove_second_step",
    "resend_activation",
    "resend_contact_code",
    "reset_password",
    "revoke_invitation",
    "revoke_membership",
    "search_records",
    "send_request",
    "send_reset_codes",
    "settle_dispute",
    "sync_agency_access",
    "sync_all_access",
    "sync_translation",
    "take_code",
    "verify_identity",
    "verify_tax_code",
    "withdraw_consent",
    "withdraw_request",
]
