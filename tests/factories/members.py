"""People with a role in an agency, granted as the members' screen does."""

from __future__ import annotations

from typing import Any

from catalogue.models import AgencyPage
from services.accounts import actions
from services.accounts.models import User
from services.accounts.states import Role

PASSWORD = "mat-khau-mau-1"


def make_member(agency: AgencyPage, role: Role, username: str = "", **fields: Any) -> User:
    """This function will make a person with one role in `agency`."""
    name = username or f"{role.value}-{agency.pk}"
    values = {"last_name": "Nguyễn Văn", "first_name": "A", **fields}
    user = User.objects.create_user(name, f"{name}@motcua.example", PASSWORD, **values)
    actions.grant_membership(user=user, agency=agency, role=role, actor=None)
    return user
