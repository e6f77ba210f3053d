"""An officer, citizens and an enterprise that stand at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from services.accounts.models import (
    Enterprise,
    EnterpriseRequest,
    Membership,
    Person,
    RecordView,
    User,
)
from services.accounts.states import EnterpriseRole, RequestKind, RequestState, Role
from tests.factories import AgencyFactory, Portal
from tests.factories.members import make_member

IDENTITY = "092190001234"
TAX_CODE = "0100109106"
REASON = "Công dân đến quầy"


def make_citizen(username: str, identity: str = "", **fields: Any) -> User:
    """A citizen with an activated account."""
    values = {"full_name": "Trần Thị Lục Bình", "email": f"{username}@motcua.example", **fields}
    user = User.objects.create_user(username, password="con sông đỏ nước 9", **values)
    Person.objects.create(user=user, identity_number=identity)
    return user


@dataclass
class Counter:
    """An officer's screens."""

    client: Client
    officer: User
    colleague: User
    citizen: User
    firm: Enterprise
    owner: User

    def find(self, text: str, reason: str = REASON, client: Client | None = None) -> Any:
        return (client or self.client).post(
            reverse("citizen_desk:find"), {"text": text, "reason": reason}
        )

    def open(self, text: str, client: Client | None = None) -> RecordView:
        """Find exactly one record and open it."""
        found = self.find(text, client=client).context["found"]
        assert len(found) == 1
        answer = (client or self.client).post(
            reverse("citizen_desk:open"), {"found": found[0].sealed}
        )
        assert answer.status_code == 302
        return RecordView.objects.get(pk=int(answer.url.rstrip("/").rpartition("/")[2]))

    def send(self, name: str, opening: RecordView, **data: Any) -> Any:
        return self.client.post(reverse(f"citizen_desk:{name}", args=[opening.pk]), data)

    def dispute(self, user: User) -> EnterpriseRequest:
        return EnterpriseRequest.objects.create(
            enterprise=self.firm,
            user=user,
            kind=RequestKind.DISPUTE,
            text="Tôi là người đại diện theo pháp luật.",
            state=RequestState.OPEN,
        )


@pytest.fixture
def counter(portal: Portal) -> Counter:
    agency = AgencyFactory(title="Sở Minh hoạ")
    officer = make_member(agency, Role.OFFICER, "xuly", full_name="Lê Văn C")
    colleague = make_member(AgencyFactory(title="Sở Bạn"), Role.OFFICER, "xuly.ban")
    citizen = make_citizen("lucbinh90", IDENTITY, phone="+84901234567")
    owner = make_citizen("chu.dn", full_name="Nguyễn Văn Chủ")
    firm = Enterprise.objects.create(tax_code=TAX_CODE, name="Công ty Minh hoạ", created_by=owner)
    Membership.objects.create(enterprise=firm, user=owner, role=EnterpriseRole.OWNER)
    client = Client()
    client.force_login(officer)
    return Counter(client, officer, colleague, citizen, firm, owner)
