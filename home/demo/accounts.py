"""The demo's people: one a role in each of two agencies, refused wherever DEBUG is off.

To add a role or an agency, add a line here.
"""

from __future__ import annotations

from django.contrib.auth import get_user_model

from home.demo.agencies import Agencies
from services.accounts.actions import grant_membership
from services.accounts.states import Role
from services.accounts.tokens import demo_password

# Address of the agency, and how its accounts end.
AGENCIES = {"so-y-te": "yte", "so-tu-phap": "tuphap"}
# Role, how its accounts begin, and the person in each agency: obviously invented.
PEOPLE = (
    (Role.EDITOR, "bientap", ("Nguyễn Văn A", "Nguyễn Thị M")),
    (Role.TRANSLATOR, "dich", ("Vũ Thị F", "Vũ Văn R")),
    (Role.REVIEWER, "duyet", ("Trần Thị B", "Trần Văn N")),
    (Role.OFFICER, "xuly", ("Lê Văn C", "Lê Thị O")),
    (Role.HEAD, "lanhdao", ("Phạm Thị D", "Phạm Văn P")),
    (Role.ADMINISTRATOR, "quantri", ("Hoàng Văn E", "Hoàng Thị Q")),
)


def load_accounts(agencies: Agencies) -> None:
    """Make the accounts that are missing; what exists keeps its password and its roles."""
    users = get_user_model().objects
    known = set(users.filter(is_demo=True).values_list("username", flat=True))
    for number, (slug, suffix) in enumerate(AGENCIES.items()):
        for role, prefix, names in PEOPLE:
            username = f"{prefix}.{suffix}"
            if username in known:
                continue
            last, _space, first = names[number].rpartition(" ")
            user = users.create_user(
                username,
                f"{username}@motcua.example",
                demo_password(),
                is_demo=True,
                last_name=last,
                first_name=first,
            )
            grant_membership(user=user, agency=agencies[slug], role=role, actor=None)
