"""Agencies and their counters: where a dossier goes and which account is paid.

Live agencies are read from their cards; a preview is built from the page itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.choices import AgencyKind
from catalogue.models import AgencyCard, OpeningPeriod
from catalogue.selectors.summary import AgencyTerm, Summary
from catalogue.selectors.words import Words, choose
from cms.core.addresses import localise
from cms.core.banks import get_bank
from cms.core.formatting import format_account_number, format_time


@dataclass(frozen=True, slots=True)
class AccountView:
    """A bank account as it is shown; `number` is what is copied."""

    holder: str
    number: str
    number_display: str
    bank_short: str
    bank_name: str
    branch: str
    purpose: str
    is_default: bool
    is_demo: bool


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Weekdays and their hours, for example "Monday to Friday" and "7:00–11:00"."""

    days: str
    times: str


@dataclass(frozen=True)
class CounterView:
    """A counter that receives dossiers."""

    id: str
    name: Words
    url: str
    counter_name: Words
    address: str
    phone: str
    hours: list[HoursRow] = field(default_factory=list)
    hours_note: Words = field(default_factory=lambda: Words(""))
    accounts: list[AccountView] = field(default_factory=list)
    is_demo: bool = False


WEEKDAYS = dict(OpeningPeriod._meta.get_field("first_weekday").choices or [])


@dataclass(frozen=True)
class Counters:
    """The counters that receive a procedure, and the agency that owns it.

    `views` are in Vietnamese order and complete; `owner` is None when no agency of the
    province owns it (the page that holds the rest is none).
    """

    views: list[CounterView]
    owner: CounterView | None


def list_counters(ids: Sequence[int], *, owner_id: int | None) -> Counters:
    """Return the counters that `ids` stand for: a group gives those right below it.

    Without ids, the owner receives the procedure itself.
    """
    wanted = list(ids) or ([owner_id] if owner_id else [])
    query = Q(pk__in=[*wanted, owner_id]) | Q(parent_id__in=wanted, kind=AgencyKind.COMMUNE)
    cards = list(AgencyCard.objects.filter(query))
    groups = {card.pk for card in cards if card.pk in wanted and card.kind == AgencyKind.GROUP}
    chosen = [
        card
        for card in cards
        if (card.pk in wanted and card.pk not in groups) or card.parent_id in groups
    ]
    chosen = [card for card in chosen if card.kind != AgencyKind.HOLDING]
    owner = next((card for card in cards if card.pk == owner_id), None)
    if owner is not None and owner.kind == AgencyKind.HOLDING:
        owner = None
    return Counters([show_card(card) for card in chosen], show_card(owner) if owner else None)


def get_counter(agency_id: int) -> CounterView | None:
    """Return one listed agency."""
    card = AgencyCard.objects.filter(pk=agency_id).first()
    return show_card(card) if card else None


def show_card(card: AgencyCard) -> CounterView:
    """Return a card in the reader's language."""
    return show_details(
        card.details, id=str(card.pk), name=choose(card.name, card.name_en), url=localise(card.url)
    )


def show_details(details: dict[str, Any], *, id: str, name: Words, url: str) -> CounterView:  # noqa: A002
    """Return `catalogue.agency_facts` in the reader's language."""
    return CounterView(
        id=id,
        name=name,
        url=url,
        counter_name=choose(details["counter_name"], details["counter_name_en"]),
        address=details["address"],
        phone=details["phone"],
        hours=_hours(details["hours"]),
        hours_note=choose(details["hours_note"], details["hours_note_en"]),
        accounts=[
            _account(row, is_demo=details["accounts_are_demo"]) for row in details["accounts"]
        ],
        is_demo=details["is_demo"],
    )


def _account(row: dict[str, Any], *, is_demo: bool) -> AccountView:
    bank = get_bank(row["bank"])
    return AccountView(
        holder=row["holder"],
        number=row["number"],
        number_display=format_account_number(row["number"]),
        bank_short=bank.short_name if bank else row["bank"],
        bank_name=bank.name if bank else row["bank"],
        branch=row["branch"],
        purpose=row["purpose"],
        is_default=row["is_default"],
        is_demo=is_demo,
    )


def _hours(rows: list[list[Any]]) -> list[HoursRow]:
    spans: dict[tuple[int, int], list[str]] = defaultdict(list)
    for first, last, opens, closes in rows:
        opening, closing = time.fromisoformat(opens), time.fromisoformat(closes)
        spans[first, last].append(f"{format_time(opening)} – {format_time(closing)}")
    return [HoursRow(_weekdays(*days), ", ".join(times)) for days, times in spans.items()]


def _weekdays(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """Agencies of one kind, each with its units."""

    kind: str
    label: str
    agencies: list[tuple[AgencyTerm, list[AgencyTerm]]]


def group_agencies(summary: Summary) -> list[AgencyGroup]:
    """Return all agencies by kind, departments first, each with its units."""
    units: dict[str, list[AgencyTerm]] = defaultdict(list)
    for agency in summary.agencies:
        units[agency.parent_id].append(agency)
    groups = []
    for kind in AgencyKind:
        found = [(agency, units[agency.id]) for agency in units[""] if agency.kind == kind]
        if found:
            groups.append(AgencyGroup(kind.value, str(kind.label), found))
    return groups
