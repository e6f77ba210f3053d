"""Differences and reasons of a bulk change in the reader's words. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.bulk.changes import ALREADY, FEE, LAW, NO_SUCH_VALUE, OUTAGE, SECTOR, SEVERAL, TIME
from catalogue.choices import FeeKind, Method
from catalogue.models import BulkChange, BulkChangeRow, ChangeKind
from catalogue.selectors.display import say_fee_row, unknown
from cms.core.formatting import format_duration, format_money

EDITED, LOCKED, FORBIDDEN, GONE = "edited", "locked", "forbidden", "gone"
HAS_DRAFT, NO_WORKFLOW, BLOCKED, NOT_LIVE, ERROR = (
    "has_draft",
    "no_workflow",
    "blocked",
    "not_live",
    "error",
)
PLACES = {
    FEE: gettext_lazy("Fee"),
    TIME: gettext_lazy("Processing time"),
    LAW: gettext_lazy("Legal basis"),
    SECTOR: gettext_lazy("Sector"),
    OUTAGE: gettext_lazy("Outage notice"),
}
REASONS = {
    NO_SUCH_VALUE: gettext_lazy("It does not have the old value."),
    ALREADY: gettext_lazy("It has the new value already."),
    SEVERAL: gettext_lazy("It has several fees: replace one by another instead."),
    EDITED: gettext_lazy("Somebody has edited the page since the preview."),
    LOCKED: gettext_lazy("The page is locked."),
    FORBIDDEN: gettext_lazy("You may not do this with the page."),
    GONE: gettext_lazy("The page is gone."),
    HAS_DRAFT: gettext_lazy("An earlier draft waits on the page: only a draft can be saved."),
    NOT_LIVE: gettext_lazy("The page is not public: only a draft can be saved."),
    NO_WORKFLOW: gettext_lazy("No approval is set up for the page: saved as a draft."),
    BLOCKED: gettext_lazy("Not published, saved as a draft. Mend this first:"),
    ERROR: gettext_lazy("The page could not be saved:"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One difference: of what, for which case and way of filing, before and after."""

    what: str
    about: str
    before: str
    after: str


def say_differences(row: BulkChangeRow) -> list[Said]:
    """Return the differences of a row."""
    return [_say(difference) for difference in row.difference]


def _say(difference: dict[str, Any]) -> Said:
    place = difference["place"]
    say = SAYERS.get(place, _say_name)
    method = difference.get("method", "")
    about = [difference.get("case", ""), str(Method(method).label) if method else ""]
    return Said(
        what=str(PLACES[place]),
        about=", ".join(part for part in about if part),
        before=say(difference["before"]),
        after=say(difference["after"]),
    )


def _say_fee(fee: dict[str, Any] | None) -> str:
    if fee is None:
        return unknown()
    said = say_fee_row(fee)
    if fee["kind"] == FeeKind.TEXT or (fee["text"] and not said):
        return str(fee["text"])
    return said


def _say_time(time: list[str] | None) -> str:
    return unknown() if time is None else format_duration(Decimal(time[0]), time[1])


def _say_name(value: dict[str, str] | None) -> str:
    return "—" if value is None else value["name"]


SAYERS: dict[str, Callable[[Any], str]] = {FEE: _say_fee, TIME: _say_time}


def say_reason(row: BulkChangeRow) -> str:
    """Return why a row was or will be left alone, or only saved as a draft."""
    words = str(REASONS.get(row.reason, ""))
    return f"{words} {row.detail}".strip()


def say_change(change: BulkChange) -> str:
    """Return in one line what a change does: "Lệ phí: 30.000 đồng → 40.000 đồng"."""
    values = change.values
    if not values:
        return str(change)
    head = str(change.get_kind_display())
    if change.kind in {ChangeKind.FEE_REPLACE, ChangeKind.FEE_SET}:
        old = _amount(values["old"]) + " → " if "old" in values else ""
        said = old + _amount(values["new"])
    elif change.kind == ChangeKind.TIME_REPLACE:
        old = format_duration(Decimal(values["old"]), values["old_unit"])
        said = f"{old} → {format_duration(Decimal(values['new']), values['new_unit'])}"
    elif change.kind == ChangeKind.LAW_REPLACE:
        said = f"{values['old_name']} → {values['new_name']}"
    else:
        said = values.get("sector_name") or values.get("notice_name", "")
    if method := values.get("method"):
        said += f" ({Method(method).label})"
    return f"{head}: {said}"


def _amount(value: str) -> str:
    number = Decimal(value)
    return format_money(number) if number else _("Free of charge")
