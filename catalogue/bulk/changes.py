"""What a bulk change does to the content of a page. Pure: content in, content out.

Content is that of a revision, so that preview and application are one function. Rows keep their
UUIDs: a row is changed in place, never replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

from catalogue.choices import FeeKind
from catalogue.facts import format_decimal

Content = dict[str, Any]
Values = dict[str, Any]
Difference = dict[str, Any]

FEE, TIME, LAW, SECTOR, OUTAGE = "fee", "time", "law", "sector", "outage"
NO_SUCH_VALUE, ALREADY, SEVERAL = "no_such_value", "already", "several"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The new content and what differs in it; `reason` says why nothing does."""

    content: Content
    differences: list[Difference] = field(default_factory=list)
    reason: str = ""


def change_content(kind: str, values: Values, content: Content) -> Outcome:
    """Return what the change `kind` with `values` makes of `content`, which stays untouched."""
    fresh = deepcopy(content)
    outcome = CHANGES[kind](values, fresh)
    return outcome if outcome.differences else Outcome(content, [], outcome.reason)


def attach_outage(values: Values, *, is_attached: bool) -> Outcome:
    """Return the difference that attaching a notice makes; content has no part in it."""
    if is_attached:
        return Outcome({}, [], ALREADY)
    return Outcome({}, [_difference(OUTAGE, None, {"name": values["notice_name"]})])


def _difference(place: str, before: Any, after: Any, **about: Any) -> Difference:
    return {"place": place, "before": before, "after": after, **about}


def _number(value: Any) -> Decimal | None:
    return None if value in {None, ""} else Decimal(str(value))


def _about(row: dict[str, Any], content: Content) -> dict[str, str]:
    """The case and the way of filing for which a row holds."""
    names = {case["code"]: case["name"] for case in content.get("cases", [])}
    case = names.get(row.get("case_code", ""), "")
    return {"case": case, "method": row.get("method", ""), "uuid": str(row["translation_key"])}


def _in_method(row: dict[str, Any], values: Values) -> bool:
    return not values.get("method") or row["method"] == values["method"]


def _fee(row: dict[str, Any]) -> dict[str, Any]:
    amount = _number(row["amount"])
    return {
        "kind": row["kind"],
        "amount": None if amount is None else format_decimal(amount),
        "text": row.get("text", ""),
    }


def _set_fee(row: dict[str, Any], amount: Decimal) -> None:
    """Zero is no amount: the fee is then free of charge."""
    row["kind"] = FeeKind.AMOUNT.value if amount else FeeKind.FREE.value
    row["amount"] = format_decimal(amount) if amount else None
    row["text"] = ""


def _has_fee(row: dict[str, Any], amount: Decimal) -> bool:
    if not amount:
        return bool(row["kind"] == FeeKind.FREE)
    return row["kind"] == FeeKind.AMOUNT and _number(row["amount"]) == amount


def _replace_fee(values: Values, content: Content) -> Outcome:
    old, new = Decimal(values["old"]), Decimal(values["new"])
    differences = []
    for row in content.get("fees", []):
        if not (_in_method(row, values) and _has_fee(row, old)):
            continue
        before = _fee(row)
        text = row.get("text", "")
        _set_fee(row, new)
        row["text"] = text  # the amount changes, the words about it stay
        differences.append(_difference(FEE, before, _fee(row), **_about(row, content)))
    return Outcome(content, differences, NO_SUCH_VALUE)


def _choose_fee(values: Values, content: Content) -> Outcome:
    new = Decimal(values["new"])
    rows = content.setdefault("fees", [])
    if not rows:
        row = _new_fee(content, values)
        _set_fee(row, new)
        rows.append(row)
        return Outcome(content, [_difference(FEE, None, _fee(row), **_about(row, content))])
    found = [row for row in rows if _in_method(row, values)]
    if len(found) != 1:
        return Outcome(content, [], SEVERAL if found else NO_SUCH_VALUE)
    row = found[0]
    if _has_fee(row, new):
        return Outcome(content, [], ALREADY)
    before = _fee(row)
    _set_fee(row, new)
    return Outcome(content, [_difference(FEE, before, _fee(row), **_about(row, content))])


def _new_fee(content: Content, values: Values) -> dict[str, Any]:
    return {
        "pk": None,
        "translation_key": str(uuid4()),
        "locale": content["locale"],
        "page": content["pk"],
        "sort_order": 0,
        "case_code": "",
        "method": values.get("method", ""),
        "per": "",
        "text": "",
    }


def _replace_time(values: Values, content: Content) -> Outcome:
    old, new = Decimal(values["old"]), Decimal(values["new"])
    differences = []
    for row in content.get("offers", []):
        matches = _number(row["duration"]) == old and row["unit"] == values["old_unit"]
        if not (matches and _in_method(row, values)):
            continue
        before = [format_decimal(old), values["old_unit"]]
        row["duration"], row["unit"] = format_decimal(new), values["new_unit"]
        after = [row["duration"], row["unit"]]
        differences.append(_difference(TIME, before, after, **_about(row, content)))
    return Outcome(content, differences, NO_SUCH_VALUE)


def _replace_law(values: Values, content: Content) -> Outcome:
    held = content.get("legal_bases", [])
    if values["old"] not in held:
        return Outcome(content, [], NO_SUCH_VALUE)
    changed = [values["new"] if pk == values["old"] else pk for pk in held]
    content["legal_bases"] = list(dict.fromkeys(changed))
    before, after = {"name": values["old_name"]}, {"name": values["new_name"]}
    return Outcome(content, [_difference(LAW, before, after)])


def _add_sector(values: Values, content: Content) -> Outcome:
    held = content.setdefault("sectors", [])
    if values["sector"] in held:
        return Outcome(content, [], ALREADY)
    held.append(values["sector"])
    return Outcome(content, [_difference(SECTOR, None, {"name": values["sector_name"]})])


def _remove_sector(values: Values, content: Content) -> Outcome:
    held = content.get("sectors", [])
    if values["sector"] not in held:
        return Outcome(content, [], NO_SUCH_VALUE)
    held.remove(values["sector"])
    return Outcome(content, [_difference(SECTOR, {"name": values["sector_name"]}, None)])


CHANGES: dict[str, Callable[[Values, Content], Outcome]] = {
    "fee_replace": _replace_fee,
    "fee_set": _choose_fee,
    "time_replace": _replace_time,
    "law_replace": _replace_law,
    "sector_add": _add_sector,
    "sector_remove": _remove_sector,
}
