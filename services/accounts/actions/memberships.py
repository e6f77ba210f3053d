"""Give, change and take away roles. Each change is logged and passed on to Wagtail at once."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from catalogue.models import AgencyPage
from services.accounts.actions.access import sync_agency_access
from services.accounts.exceptions import AlreadyMemberError, NoSourcePageError, OwnRoleError
from services.accounts.models import AgencyMembership
from services.accounts.states import Role

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read wrongly
LETTER_GROUPS = 4


@transaction.atomic
def grant_membership(*, user: Any, agency: AgencyPage, role: Role, actor: Any) -> AgencyMembership:
    """Give `user` a role in `agency`; raise AlreadyMemberError or NoSourcePageError."""
    if agency.locale_id != Locale.get_default().pk:
        raise NoSourcePageError(_("Choose the Vietnamese page of the agency."))
    membership, created = AgencyMembership.objects.get_or_create(
        user=user, agency=agency, role=Role(role), defaults={"created_by": actor}
    )
    if not created:
        raise AlreadyMemberError(_("This person has this role already."))
    log(instance=membership, action="wagtail.create", user=actor, content_changed=True)
    sync_agency_access(agency)
    return membership


@transaction.atomic
def change_role(*, membership: AgencyMembership, role: Role, actor: Any) -> AgencyMembership:
    """Give `membership` another role; raise AlreadyMemberError or OwnRoleError."""
    membership = AgencyMembership.objects.select_for_update().get(pk=membership.pk)
    if membership.role == role:
        return membership
    _refuse_own(membership, actor)
    same = AgencyMembership.objects.filter(user=membership.user, agency=membership.agency)
    if same.filter(role=role).exists():
        raise AlreadyMemberError(_("This person has this role already."))
    membership.role = Role(role)
    membership.save(update_fields=["role"])
    log(instance=membership, action="wagtail.edit", user=actor, content_changed=True)
    sync_agency_access(membership.agency)
    return membership


@transaction.atomic
def revoke_membership(*, membership: AgencyMembership, actor: Any) -> None:
    """Take a role away; raise OwnRoleError when an administrator would lock themselves out."""
    _refuse_own(membership, actor)
    agency = membership.agency
    log(instance=membership, action="wagtail.delete", user=actor, deleted=True)
    membership.delete()
    sync_agency_access(agency)


def _refuse_own(membership: AgencyMembership, actor: Any) -> None:
    own = actor is not None and membership.user_id == actor.pk and not actor.is_superuser
    if own and membership.role == Role.ADMINISTRATOR:
        raise OwnRoleError(_("You cannot take your own role of administrator away."))


@transaction.atomic
def create_person(
    *, username: str, email: str, first_name: str, last_name: str, actor: Any
) -> tuple[Any, str]:
    """Make an account without any right; return it and its password, which is shown once.

    The admin asks for a new password before it shows anything else.
    """
    password = "-".join(
        "".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(LETTER_GROUPS)
    )
    person = get_user_model()(
        username=username, email=email, first_name=first_name, last_name=last_name
    )
    person.set_password(password)
    person.has_temporary_password = True
    person.full_clean(exclude=["password"])
    person.save()
    log(instance=person, action="wagtail.create", user=actor, content_changed=True)
    return person, password
