"""The procedures of the demo: hand-picked ones, the health department's and national ones.

All go through the importer. The hand-picked ones say more than the registers do; so that an
import of a whole register leaves them alone, they are remembered as what the register says.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from catalogue.importers.directory import Directory
from catalogue.importers.run import Options, import_file
from catalogue.importers.sources import HEALTH, NATIONAL, Candidate, understand
from catalogue.interchange import json_lines
from catalogue.interchange.raw import Raw, Reading
from catalogue.models import ImportedRecord, ProcedurePage
from cms.core.vietnamese import cut_at_word
from home.actions import Words, ensure_translation, list_untranslated
from home.demo.placing import DemoPlacing
from home.demo.sources import DATA, read_codes, read_records
from home.demo.taxonomy import LifeEventRules
from home.models import FeaturedProcedure, HomePage

SMALL = 6
TITLE_LENGTH = 120
PROCEDURE = json_lines.PROCEDURE
Record = dict[str, Any]


class DemoDataError(Exception):
    """The demo's own data is at fault."""


def load_procedures(*, small: bool) -> int:
    """Import the procedures that are missing; return how many those are."""
    known = set(_pages().exclude(key=None).values_list("key", flat=True))
    handpicked = [record for record in _handpicked() if record["key"] not in known]
    shown = {record["key"] for record in handpicked}
    registers = _registers(known)
    digests = {c.key: c.digest for register in registers for c in register}
    rows = [
        candidate
        for register in registers
        for candidate in [c for c in register if c.key not in shown][: SMALL if small else None]
    ]
    if not handpicked and (small or not rows):
        return 0
    _place(rows)
    records = [_without_translations(r) for r in handpicked] + [c.record for c in rows]
    shared = [pair for pair in _read_handpicked() if pair[0] != PROCEDURE]
    _import([*shared, *((PROCEDURE, record) for record in records)])
    _remember(digests)
    return len(records)


def translate_procedures() -> None:
    """Translate the hand-picked procedures that have no English page yet."""
    records = {record["key"]: record for record in _handpicked()}
    for page in list_untranslated(_pages().filter(key__in=records).order_by("pk")):
        ensure_translation(page, _words(page.title, records[page.key]))


def feature_procedures(home: HomePage) -> None:
    """Put the most used procedures on the home page, unless somebody has chosen some."""
    if home.featured.exists():
        return
    pages = {page.key: page for page in _pages().filter(key__in=read_codes("featured"))}
    chosen = [pages[key] for key in read_codes("featured") if key in pages]
    home.featured = [
        FeaturedProcedure(procedure=page, sort_order=number) for number, page in enumerate(chosen)
    ]
    home.save_revision().publish()


def _pages() -> Any:
    return ProcedurePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)


def _read_handpicked() -> Iterator[tuple[str, Record]]:
    for record in read_records("handpicked"):
        yield record.pop("record"), record


def _handpicked() -> list[Record]:
    return [record for kind, record in _read_handpicked() if kind == PROCEDURE]


def _without_translations(record: Record) -> Record:
    """The words come in through the translation package, so that editors can go on."""
    return {name: value for name, value in record.items() if name != "translations"}


def _registers(known: set[str]) -> list[list[Candidate]]:
    """Those rows of both registers that the demo loads and that are no pages yet.

    The large register is read only where there are such.
    """
    codes = set(read_codes("national_selection")) - known
    health = _understand("health_procedures", HEALTH)
    national = _understand("national_procedures", NATIONAL, codes) if codes else []
    return [[c for c in register if c.key not in known] for register in (health, national)]


def _understand(name: str, source: str, codes: set[str] | None = None) -> list[Candidate]:
    """Rows of a register in normal form; only those of `codes`, if they are given."""
    reading = Reading()
    with (DATA / f"{name}.jsonl").open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            data = json.loads(line, parse_float=Decimal)
            if codes is None or data["code"] in codes:
                reading.records.append(Raw(number, PROCEDURE, data))
    content = understand(reading, source)
    if reading.bad_lines:
        raise DemoDataError("\n".join(reading.list_problems()))
    return content.candidates


def _place(rows: Iterable[Candidate]) -> None:
    """Give rows of the registers their owners, counters and life events."""
    placing, rules = DemoPlacing(Directory.load()), LifeEventRules()
    for candidate in rows:
        record = candidate.record
        place = placing.place_health if candidate.owner else placing.place_national
        place(record)
        record["life_events"] = rules.events_of(record["official_name"], record["sectors"])


def _import(records: Iterable[tuple[str, Record]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.jsonl"
        with path.open("w", encoding="utf-8") as file:
            json_lines.write(file, records)
        outcome = import_file(Options(path=path, publish=True))
    if outcome.problems:
        raise DemoDataError("\n".join(outcome.problems))


def _remember(digests: dict[str, str]) -> None:
    """Make an import of a whole register find the demo's procedures unchanged."""
    records = list(ImportedRecord.objects.filter(key__in=digests))
    for record in records:
        record.digest = digests[record.key]
    ImportedRecord.objects.bulk_update(records, ["digest"], batch_size=200)


def _words(title: str, record: Record) -> Words:
    """The English words of a record by their Vietnamese source."""
    english = record["translations"]["en"]
    words = Words()
    words.add(title, english.get("title") or cut_at_word(english["official_name"], TITLE_LENGTH))
    for name in ("official_name", "summary", "conditions", "repealed_note"):
        if record.get(name) and english.get(name):
            words.add(record[name], english[name])
    rows = {row["uuid"]: row for v in record.values() if isinstance(v, list) for row in _rows(v)}
    for uuid, texts in english.get("rows", {}).items():
        for name, text in texts.items():
            words.add(rows[uuid][name], text)
    return words


def _rows(values: list[Any]) -> Iterator[Record]:
    return (value for value in values if isinstance(value, dict))
