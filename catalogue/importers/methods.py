"""Ways of filing of the national register, turned into cases, times and fees.

A row that names one way of filing several times means cases without a name. Ways are paired
into cases by equal time and fee where they can be, else by their order in the row.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from catalogue.importers.fees import parse_fee

Published = tuple[str | None, str | None, str]  # time, unit, fee


def _published(method: dict[str, Any]) -> Published:
    return (method.get("duration"), method.get("unit"), method.get("fee") or "")


def build_offers(methods: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return {cases, offers, fees} for rows {mode, duration, unit, fee}."""
    by_mode: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for method in methods:
        by_mode[method["mode"]].append(method)
    most = max((len(rows) for rows in by_mode.values()), default=0)
    cases = _cases(most) if most > 1 else []
    offers, fees = [], []
    for method, case in _assign(by_mode, most):
        place = {"method": method["mode"]} | ({"case": case} if case else {})
        offers.append(place | _time(method))
        fee = parse_fee(method.get("fee"))
        if fee:
            fees.append(place | fee)
    return {"cases": cases, "offers": offers, "fees": _merge_fees(fees, len(offers))}


def _cases(count: int) -> list[dict[str, Any]]:
    return [{"code": f"th{n}", "name": f"Trường hợp {n}"} for n in range(1, count + 1)]


def _time(method: dict[str, Any]) -> dict[str, Any]:
    duration, unit = method.get("duration"), method.get("unit")
    if duration is None or not unit:
        return {}
    if duration == "0":
        # Nothing takes no time: the register's zero is a blank that was filled in.
        return {"note": "Nguồn ghi thời hạn là 0."}
    return {"duration": duration, "unit": unit}


def _assign(
    by_mode: dict[str, list[dict[str, Any]]], most: int
) -> list[tuple[dict[str, Any], str]]:
    """Pair each row with the code of its case; a way named once holds for every case."""
    if most < 2:
        return [(row, "") for rows in by_mode.values() for row in rows]
    widest = next(rows for rows in by_mode.values() if len(rows) == most)
    marks = [_published(row) for row in widest]
    assigned = []
    for rows in by_mode.values():
        if len(rows) == 1:
            assigned.append((rows[0], ""))
            continue
        free = list(range(most))
        places: dict[int, int] = {}
        for number, row in enumerate(rows):
            match = next((place for place in free if marks[place] == _published(row)), None)
            if match is not None:
                places[number] = match
                free.remove(match)
        for number, row in enumerate(rows):
            place = places[number] if number in places else free.pop(0)
            assigned.append((row, f"th{place + 1}"))
    return assigned


def _merge_fees(fees: list[dict[str, Any]], offers: int) -> list[dict[str, Any]]:
    """Return one row for every way and case where all say the same."""
    bare = [
        {name: value for name, value in fee.items() if name not in {"method", "case"}}
        for fee in fees
    ]
    if fees and len(fees) == offers and all(fee == bare[0] for fee in bare):
        return [bare[0]]
    return fees
