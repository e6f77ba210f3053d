"""What officers read at the counter: records found by an exact number or name, and opened ones.

Nothing here lists people. What was found is masked and can be opened for a quarter of an hour by
who found it; an opened record is shown through its `RecordView`, to its viewer alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q

from services.accounts.models import (
    Enterprise,
    EnterpriseRequest,
    Membership,
    Person,
    RecordView,
)
from services.accounts.selectors.enterprises import SIGNS_IN
from services.accounts.states import RequestKind, RequestState, SearchKey
from services.accounts.tokens import seal_finding
from services.accounts.validators import (
    clean_identity_number,
    clean_tax_code,
    mask,
    mask_name,
    mask_number,
    mask_username,
    read_phone,
)

OPEN_FOR = timedelta(minutes=30)
MOST = 20
PERSON, ENTERPRISE = "person", "enterprise"


@dataclass(frozen=True, slots=True)
class Found:
    """A record that fits, masked; `sealed` opens it."""

    kind: str
    name: str
    number: str
    is_verified: bool
    sealed: str


@dataclass(frozen=True, slots=True)
class EnterpriseRecord:
    """An opened enterprise: who acts for it, and the complaints that wait for a decision."""

    enterprise: Enterprise
    members: list[tuple[Membership, str]]
    disputes: list[tuple[EnterpriseRequest, str]]


def find_records(text: str, *, reason: str, viewer: Any) -> list[Found]:
    """Return who has exactly this identity number, phone, user name or tax code."""
    text = text.strip()
    identity, tax_code = _read(clean_identity_number, text), _read(clean_tax_code, text)
    wanted = Q(user__username__iexact=text)
    if phone := read_phone(text):
        wanted |= Q(user__phone=phone)
    if identity:
        wanted |= Q(identity_number=identity)
    people = Person.objects.filter(wanted, user__deleted_at=None).select_related("user")
    found = [
        Found(
            kind=PERSON,
            name=mask_name(person.user.get_full_name() or person.user.get_username()),
            number=mask_number(person.identity_number),
            is_verified=person.is_verified,
            sealed=seal_person(person.user, reason=reason, viewer=viewer),
        )
        for person in people.order_by("pk")[:MOST]
    ]
    acting = Membership.objects.filter(enterprise=OuterRef("pk"), **SIGNS_IN)
    firms = Enterprise.objects.filter(tax_code=tax_code) if tax_code else Enterprise.objects.none()
    return found + [
        Found(
            kind=ENTERPRISE,
            name=firm.name,
            number=firm.tax_code,
            is_verified=firm.is_verified,
            sealed=_seal_enterprise(firm, reason=reason, viewer=viewer),
        )
        for firm in firms.order_by(
            F("verified_at").asc(nulls_last=True), Exists(acting).desc(), "pk"
        )[:MOST]
    ]


def tell_key(text: str) -> tuple[SearchKey, str]:
    """Return by what somebody was looked for, and the masked value that may be kept."""
    if identity := _read(clean_identity_number, text):
        return SearchKey.IDENTITY, mask_number(identity)
    if tax_code := _read(clean_tax_code, text):
        return SearchKey.TAX_CODE, mask_number(tax_code)
    if phone := read_phone(text):
        return SearchKey.PHONE, mask(phone)
    return SearchKey.USERNAME, mask_username(text.strip())


def _read(reader: Callable[[str], str], text: str) -> str:
    try:
        return reader(text)
    except ValidationError:
        return ""


def seal_person(user: Any, *, reason: str, viewer: Any) -> str:
    """Return the proof with which `viewer` opens the record of `user`."""
    return seal_finding(kind=PERSON, pk=user.pk, reason=reason, viewer_id=viewer.pk)


def _seal_enterprise(enterprise: Enterprise, *, reason: str, viewer: Any) -> str:
    return seal_finding(kind=ENTERPRISE, pk=enterprise.pk, reason=reason, viewer_id=viewer.pk)


def list_disputes(*, reason: str, viewer: Any) -> list[tuple[EnterpriseRequest, str]]:
    """Return the complaints that wait, the oldest first, each with the proof that opens it."""
    waiting = EnterpriseRequest.objects.filter(kind=RequestKind.DISPUTE, state=RequestState.OPEN)
    rows = waiting.select_related("enterprise").order_by("created_at", "pk")[:200]
    return [(row, _seal_enterprise(row.enterprise, reason=reason, viewer=viewer)) for row in rows]


def get_opening(viewer: Any, pk: int, *, now: datetime) -> RecordView | None:
    """Return an opening of the viewer's own that still counts."""
    found = RecordView.objects.filter(pk=pk, viewer=viewer, at__gt=now - OPEN_FOR)
    return found.select_related(
        "subject__person__commune__province",
        "subject__person__verified_by",
        "enterprise__commune__province",
        "enterprise__verified_by",
    ).first()


def list_memberships_of(user: Any) -> list[Membership]:
    """Return for which enterprises the person of an opened record acts."""
    mine = Membership.objects.filter(user=user).select_related("enterprise")
    return list(mine.order_by("enterprise__name", "enterprise_id"))


def describe_enterprise(opening: RecordView, *, viewer: Any) -> EnterpriseRecord:
    """Return an opened enterprise; people in it can be opened for the same reason."""
    enterprise: Any = opening.enterprise
    members = enterprise.members.select_related("user__person").order_by("role", "created_at")
    disputes = list_open_disputes(enterprise)

    def seal(user: Any) -> str:
        return seal_person(user, reason=opening.reason, viewer=viewer)

    return EnterpriseRecord(
        enterprise=enterprise,
        members=[(member, seal(member.user)) for member in members],
        disputes=[(dispute, seal(dispute.user)) for dispute in disputes],
    )


def list_open_disputes(enterprise: Enterprise) -> list[EnterpriseRequest]:
    """Return the complaints about an enterprise that wait for a decision."""
    waiting = enterprise.requests.filter(kind=RequestKind.DISPUTE, state=RequestState.OPEN)
    return list(waiting.select_related("user__person").order_by("created_at", "pk"))


def list_concerned(enterprise: Enterprise) -> list[Any]:
    """Return whose data an opened enterprise shows: its members and who disputes it."""
    members = [row.user for row in enterprise.members.select_related("user")]
    users = members + [row.user for row in list_open_disputes(enterprise)]
    if not users and enterprise.created_by is not None:
        users = [enterprise.created_by]
    return list({user.pk: user for user in users}.values())
