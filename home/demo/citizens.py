"""The demo's citizens and their enterprise, all invented, refused wherever DEBUG is off.

One has a verified identity, one claims theirs, two act for an enterprise, and one complains about
who registered it. They have no phone number: a message must not reach somebody real.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from services.accounts.models import Enterprise, EnterpriseRequest, Membership, Person
from services.accounts.states import EnterpriseRole, RequestKind, RequestState, VerifiedBy
from services.accounts.tokens import demo_password

# User name, person, identity number, date of birth; numbers of nobody (the year 1900 and zeros).
CITIZENS = (
    ("congdan.mau", "Đỗ Văn S", "092000000001", date(1990, 9, 5)),
    ("congdan2.mau", "Đỗ Thị T", "092000000002", date(1985, 3, 20)),
    ("doanhnghiep.mau", "Bùi Văn U", "092000000003", date(1978, 11, 2)),
    ("nhanvien.mau", "Bùi Thị V", "092000000004", date(1995, 6, 15)),
)
VERIFIED = "congdan.mau"
TAX_CODE, FIRM = "9900000016", "Công ty TNHH Trình diễn (không có thật)"
MEMBERS = {"doanhnghiep.mau": EnterpriseRole.OWNER, "nhanvien.mau": EnterpriseRole.STAFF}
COMPLAINT = "congdan2.mau", "Tôi là người đại diện theo pháp luật ghi trên giấy chứng nhận đăng ký."


def load_citizens() -> None:
    """Make what is missing; what exists is left alone."""
    users = get_user_model().objects
    known = {user.username: user for user in users.filter(is_demo=True)}
    people = {
        username: known.get(username) or _make_citizen(username, name, number, born)
        for username, name, number, born in CITIZENS
    }
    if Enterprise.objects.filter(tax_code=TAX_CODE).exists():
        return
    owner = people["doanhnghiep.mau"]
    firm = Enterprise.objects.create(tax_code=TAX_CODE, name=FIRM, created_by=owner)
    for username, role in MEMBERS.items():
        Membership.objects.create(enterprise=firm, user=people[username], role=role)
    username, text = COMPLAINT
    EnterpriseRequest.objects.create(
        enterprise=firm,
        user=people[username],
        kind=RequestKind.DISPUTE,
        text=text,
        state=RequestState.OPEN,
    )


def _make_citizen(username: str, name: str, number: str, born: date) -> Any:
    now = timezone.now()
    user = get_user_model().objects.create_user(
        username,
        f"{username}@motcua.example",
        demo_password(),
        is_demo=True,
        full_name=name,
        email_verified=True,
        email_proven_at=now,
    )
    person = Person(user=user, identity_number=number, date_of_birth=born)
    if username == VERIFIED:
        officer = get_user_model().objects.filter(is_demo=True, username="xuly.tuphap").first()
        person.verified_at, person.verified_how = now, VerifiedBy.OFFICER
        person.verified_by = officer
    person.save()
    return user
