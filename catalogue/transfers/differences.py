"""What an import changes in a procedure, field by field. Pure: it compares two records.

Records are told in names that do not depend on the file: cases by their names, since codes of
cases and UUIDs of rows mean nothing to a reader. A difference is JSON: {place, about, field,
before, after}; without a field it is a row that comes or goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalogue.interchange.records import PROCEDURE_FIELDS, ROW_TABLES, TRANSLATION_FIELDS

TRANSLATIONS = "translations"
ORDER = "order"
IDENTITY = {"key", "uuid", "agency"}
_OPTIONAL = {"title", "slug"}  # left out of a file, they stay or follow from the rest
_HIDDEN = {"uuid", "code"}  # of a case: only other rows name it
_NAMES = ("name", "method", "text", "code")

Record = dict[str, Any]
Difference = dict[str, Any]


def compare(old: Record, new: Record) -> list[Difference]:
    """Return what writing `new` changes where `old` stands."""
    found = [
        _difference(field.name, [], "", old.get(field.name), new.get(field.name))
        for field in PROCEDURE_FIELDS
        if field.name not in IDENTITY
        and old.get(field.name) != new.get(field.name)
        and not (field.name in _OPTIONAL and field.name not in new)
    ]
    for relation in ROW_TABLES:
        before, after = _told(relation, old), _told(relation, new)
        found += _compare_rows(relation, before, after)
    return found + list(_compare_words(old, new))


def _difference(place: str, about: list[str], field: str, before: Any, after: Any) -> Difference:
    return {"place": place, "about": about, "field": field, "before": before, "after": after}


def _told(relation: str, record: Record) -> list[Record]:
    """Return the rows of a relation with cases by their names."""
    names = {case["code"]: case["name"] for case in record.get("cases", [])}
    rows = []
    for row in record.get(relation, []):
        told = dict(row)
        if "case" in row:
            told["case"] = names.get(row["case"], row["case"])
        if "cases" in row:
            told["cases"] = sorted(names.get(code, code) for code in row["cases"])
        if relation == "cases":
            del told["code"]
        rows.append(told)
    return rows


def row_name(row: Record) -> list[str]:
    """Return the natural name of a row: its case if it has one, and what it is about."""
    name = next((row[name] for name in _NAMES if row.get(name)), "")
    found = [str(part) for part in (row.get("case", ""), name) if part]
    return found or [str(row.get("kind", ""))]


def _compare_rows(relation: str, old: list[Record], new: list[Record]) -> list[Difference]:
    pairs = _pair(old, new)
    found = [
        _difference(relation, row_name(after), name, before.get(name), after.get(name))
        for before, after in pairs
        for name in (field.name for field in ROW_TABLES[relation])
        if name != "uuid" and before.get(name) != after.get(name)
    ]
    paired_old = {id(before) for before, _after in pairs}
    paired_new = {id(after) for _before, after in pairs}
    found += [
        _difference(relation, row_name(before), "", _bare(before), None)
        for before in old
        if id(before) not in paired_old
    ]
    found += [
        _difference(relation, row_name(after), "", None, _bare(after))
        for after in new
        if id(after) not in paired_new
    ]
    return found + _compare_order(relation, old, pairs)


def _compare_order(
    relation: str, old: list[Record], pairs: list[tuple[Record, Record]]
) -> list[Difference]:
    places = {id(before): number for number, before in enumerate(old)}
    order = [places[id(before)] for before, _after in pairs]
    if order == sorted(order):
        return []
    names = {places[id(before)]: row_name(before) for before, _after in pairs}
    before = [", ".join(names[place]) for place in sorted(order)]
    after = [", ".join(names[place]) for place in order]
    return [_difference(relation, [], ORDER, before, after)]


def _bare(row: Record) -> Record:
    return {name: value for name, value in row.items() if name not in _HIDDEN}


def _pair(old: list[Record], new: list[Record]) -> list[tuple[Record, Record]]:
    """Pair rows by UUID, then by equal content, then by name, in the order of `new`."""
    partner: dict[int, Record] = {}
    free = list(old)
    tests = (
        lambda before, after: before["uuid"] == after["uuid"],
        lambda before, after: _bare(before) == _bare(after),
        lambda before, after: row_name(before) == row_name(after),
    )
    for is_same in tests:
        for after in new:
            if id(after) in partner:
                continue
            match = next((before for before in free if is_same(before, after)), None)
            if match is not None:
                partner[id(after)] = match
                free = [before for before in free if before is not match]
    return [(partner[id(after)], after) for after in new if id(after) in partner]


def _compare_words(old: Record, new: Record) -> Iterator[Difference]:
    """Compare translations that the new record has; the others stay as they are."""
    names = {row["uuid"]: row_name(row) for relation in ROW_TABLES for row in _told(relation, new)}
    for language, words in new.get(TRANSLATIONS, {}).items():
        known = old.get(TRANSLATIONS, {}).get(language, {})
        for field in (field.name for field in TRANSLATION_FIELDS):
            before, after = known.get(field), words.get(field)
            if before != after:
                yield _difference(TRANSLATIONS, [], field, before, after)
        rows, known_rows = words.get("rows", {}), known.get("rows", {})
        for uuid in sorted(rows.keys() | known_rows.keys()):
            texts, known_texts = rows.get(uuid, {}), known_rows.get(uuid, {})
            for field in sorted(texts.keys() | known_texts.keys()):
                before, after = known_texts.get(field), texts.get(field)
                if before != after and uuid in names:
                    yield _difference(TRANSLATIONS, names[uuid], field, before, after)
