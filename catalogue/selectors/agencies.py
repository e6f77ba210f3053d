"""Agencies, their units and their counters: where a dossier goes and which account is paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from catalogue.choices import AgencyKind
from catalogue.models import AgencyBankAccount, AgencyPage, OpeningPeriod
from catalogue.selectors.summary import AgencyTerm, Summary
from catalogue.selectors.words import Words, choose, reader_language
from cms.core.addresses import page_url
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
    """Weekdays and their hours, for example "Monday – Friday" and "07:00–11:00, 13:00–17:00"."""

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


def list_counters(agency_ids: Sequence[int]) -> list[AgencyPage]:
    """Return the live counters that `agency_ids` stand for: a group gives those below it."""
    named = list(_agencies().filter(pk__in=agency_ids))
    groups = [agency for agency in named if agency.kind == AgencyKind.GROUP]
    counters = [agency for agency in named if agency.kind != AgencyKind.GROUP]
    for group in groups:
        below = _agencies().filter(path__startswith=group.path, depth=group.depth + 1)
        counters.extend(below)
    unique = {agency.pk: agency for agency in counters}
    return sorted(unique.values(), key=lambda agency: (agency.sort_key, agency.pk))


def _agencies() -> Any:
    return AgencyPage.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)


def describe_counters(agencies: Sequence[AgencyPage]) -> list[CounterView]:
    """Return counters with hours and accounts; an account may be that of an agency above."""
    paths = {path for agency in agencies for path in _own_and_above(agency.path)}
    above = {agency.path: agency for agency in agencies}
    missing = paths - set(above)
    if missing:
        above.update({a.path: a for a in _agencies().filter(path__in=missing)})
    ids = [agency.pk for agency in above.values()]
    accounts = _accounts_by_page(ids, {agency.pk: agency for agency in above.values()})
    hours = hours_by_page(ids)
    words = english_words(agencies)
    return [_counter(agency, above, accounts, hours, words) for agency in agencies]


def _own_and_above(path: str) -> list[str]:
    step = Page.steplen
    return [path[:end] for end in range(len(path), step, -step)]


def _counter(
    agency: AgencyPage,
    above: dict[str, AgencyPage],
    accounts: dict[int, list[AccountView]],
    hours: dict[int, list[HoursRow]],
    words: dict[Any, AgencyPage],
) -> CounterView:
    chain = [above[path] for path in _own_and_above(agency.path) if path in above]
    english = words.get(agency.translation_key)
    return CounterView(
        id=str(agency.pk),
        name=choose(agency.title, english.title if english else ""),
        url=page_url(agency),
        counter_name=choose(agency.counter_name, english.counter_name if english else ""),
        address=_first(chain, "counter_address", "address"),
        phone=_first(chain, "counter_phone", "phone"),
        hours=next((hours[a.pk] for a in chain if hours.get(a.pk)), []),
        hours_note=choose(agency.hours_note, english.hours_note if english else ""),
        accounts=next((accounts[a.pk] for a in chain if accounts.get(a.pk)), []),
        is_demo=agency.is_demo,
    )


def _first(chain: Iterable[AgencyPage], *names: str) -> str:
    """The first value that is not empty, of the agency or else of those above it."""
    return next((getattr(a, name) for a in chain for name in names if getattr(a, name)), "")


def english_words(agencies: Sequence[AgencyPage]) -> dict[Any, AgencyPage]:
    """Live translations of agencies by translation key; none for a Vietnamese reader."""
    if reader_language() == settings.LANGUAGE_CODE:
        return {}
    pages = AgencyPage.objects.filter(
        translation_key__in=[agency.translation_key for agency in agencies],
        locale__language_code=reader_language(),
        live=True,
        alias_of=None,
    )
    return {page.translation_key: page for page in pages}


def _accounts_by_page(
    ids: Sequence[int], agencies: dict[int, AgencyPage]
) -> dict[int, list[AccountView]]:
    found: dict[int, list[AccountView]] = defaultdict(list)
    rows = AgencyBankAccount.objects.filter(page_id__in=ids).order_by("-is_default", "sort_order")
    for row in rows:
        found[row.page_id].append(show_account(row, is_demo=agencies[row.page_id].is_demo))
    return found


def show_account(row: AgencyBankAccount, *, is_demo: bool) -> AccountView:
    """Return an account as it is shown."""
    bank = get_bank(row.bank)
    return AccountView(
        holder=row.holder,
        number=row.number,
        number_display=format_account_number(row.number),
        bank_short=bank.short_name if bank else row.bank,
        bank_name=bank.name if bank else row.bank,
        branch=row.branch,
        purpose=row.purpose,
        is_default=row.is_default,
        is_demo=is_demo,
    )


def hours_by_page(ids: Sequence[int]) -> dict[int, list[HoursRow]]:
    """Opening hours by page id, in the order that editors gave them."""
    spans: dict[int, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = OpeningPeriod.objects.filter(page_id__in=ids).order_by("sort_order", "opens_at")
    for row in rows:
        span = f"{format_time(row.opens_at)}–{format_time(row.closes_at)}"
        spans[row.page_id][row.first_weekday, row.last_weekday].append(span)
    return {
        page_id: [HoursRow(_weekdays(*days), ", ".join(times)) for days, times in group.items()]
        for page_id, group in spans.items()
    }


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
    for agency in summary.agencies():
        units[agency.parent_id].append(agency)
    groups = []
    for kind in AgencyKind:
        found = [(agency, units[agency.id]) for agency in units[""] if agency.kind == kind]
        if found:
            groups.append(AgencyGroup(kind.value, str(kind.label), found))
    return groups
