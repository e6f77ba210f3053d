"""The agencies of the demo province with their units, counters, hours and accounts."""

from __future__ import annotations

from datetime import time
from typing import Any

from wagtail.models import Page

from catalogue.models import AgencyBankAccount, AgencyPage, OpeningPeriod
from cms.core.models import Commune
from home.actions import Words, ensure_page, ensure_translation, list_untranslated, pick
from home.demo.sources import read

Agencies = dict[str, AgencyPage]
SMALL = 2


def load_agencies(index: Page, *, small: bool) -> Agencies:
    """Make the agencies that are missing below `index`; return all of them by address.

    A small demo has the first counters of each group only.
    """
    data = read("agencies")
    known = set(Commune.objects.filter(province_id="92").values_list("code", flat=True))
    agencies: Agencies = {}
    for record in data["agencies"]:
        parent = _ensure_agency(index, record, data["hours"], known)
        agencies[record["slug"]] = parent
        is_group = record["kind"] == "group"
        for unit in record.get("units", [])[: SMALL if small and is_group else None]:
            unit.setdefault("kind", "unit")
            agencies[unit["slug"]] = _ensure_agency(parent, unit, data["hours"], known)
    return agencies


def translate_agencies(agencies: Agencies) -> None:
    """Translate the agencies that have no English page yet, those above first."""
    words: dict[str, Words] = {}
    for record in read("agencies")["agencies"]:
        units = record.pop("units", [])
        words |= {item["slug"]: Words.of(item) for item in [record, *units]}
    waiting = list_untranslated(agencies.values())
    for page in sorted(waiting, key=lambda page: page.path):
        ensure_translation(page, words[page.slug])


def _ensure_agency(
    parent: Page, record: dict[str, Any], hours: dict[str, Any], known: set[str]
) -> AgencyPage:
    fields = pick({key: value for key, value in record.items() if key != "units"})
    code = fields.pop("commune", "")
    names = fields.pop("other_names", [])
    has_counter = fields["kind"] != "group"
    periods = hours[fields.pop("hours", "usual")] if has_counter else []
    return ensure_page(
        parent,
        AgencyPage,
        fields.pop("slug"),
        is_demo=True,
        commune_id=code if code in known else None,
        other_names="\n".join(names),
        opening_periods=[_period(number, row) for number, row in enumerate(periods)],
        bank_accounts=[
            AgencyBankAccount(sort_order=number, **row)
            for number, row in enumerate(fields.pop("accounts", []))
        ],
        **fields,
    )


def _period(number: int, row: dict[str, Any]) -> OpeningPeriod:
    return OpeningPeriod(
        sort_order=number,
        first_weekday=row["first"],
        last_weekday=row["last"],
        opens_at=time.fromisoformat(row["opens"]),
        closes_at=time.fromisoformat(row["closes"]),
    )
