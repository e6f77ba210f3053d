"""Which procedures are chosen for a bulk change: the filtered list, and the change they begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from catalogue.bulk.permissions import editable_procedures
from catalogue.models import (
    AgencyPage,
    BulkChange,
    BulkChangeRow,
    ProcedureListing,
    ProcedurePage,
    Sector,
)
from cms.core.vietnamese import fold

LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the reader looks for; empty values ask for nothing."""

    agency: AgencyPage | None = None
    sector: Sector | None = None
    text: str = ""
    law: str = ""


def find_procedures(user: Any, criteria: Criteria) -> QuerySet[ProcedurePage]:
    """Return the procedures that match and that `user` may edit, by name."""
    found = editable_procedures(user)
    if criteria.agency:
        found = found.filter(path__startswith=criteria.agency.path)
    if criteria.sector:
        found = found.filter(sectors=criteria.sector)
    if law := criteria.law.strip():
        through = ProcedurePage.legal_bases.through.objects.filter(
            legaldocument__number__icontains=law
        )
        found = found.filter(pk__in=through.values("procedurepage_id"))
    if terms := fold(criteria.text).split():
        found = found.filter(_has_words(found, terms))
    return found.order_by("sort_key", "pk")


def _has_words(found: QuerySet[ProcedurePage], terms: list[str]) -> Q:
    """Public pages are found in their folded listing; drafts, which have none, by their names."""
    listed = ProcedureListing.objects.all()
    for term in terms:
        listed = listed.filter(folded__contains=term)
    names = found.filter(live=False).values_list("pk", "official_name", "title", "key")
    drafts = [
        pk
        for pk, *words in names
        if all(term in fold(" ".join(word or "" for word in words)) for term in terms)
    ]
    return Q(pk__in=listed.values("pk")) | Q(pk__in=drafts)


@transaction.atomic
def begin_change(user: Any, procedures: Iterable[ProcedurePage]) -> BulkChange:
    """Store which procedures are to be changed, before it is said how."""
    change = BulkChange.objects.create(user=user)
    BulkChangeRow.objects.bulk_create(
        [
            BulkChangeRow(
                change=change, page=page, key=page.key or "", title=page.title, position=position
            )
            for position, page in enumerate(procedures)
        ],
        batch_size=200,
    )
    return change
