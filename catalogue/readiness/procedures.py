"""Judges the facts of a procedure, given as the snapshot that `catalogue.facts` makes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.choices import FactsStatus, FeeKind, FilingMode, Method
from catalogue.facts import PAGE_WORDS, WORD_FIELDS
from catalogue.readiness.codes import Finding, Rule, Snapshot, Surroundings
from catalogue.readiness.texts import Text, check_texts, is_address

SMALLEST_FEE, LARGEST_FEE = 1_000, 1_000_000_000
SMALLEST_NOTE = 500
FORM_NAME = re.compile(
    r"^(?:\W|\d|[a-z]\))*(?:mẫu|đơn|tờ khai|bản khai|phiếu|giấy đề nghị|văn bản đề nghị)\b",
    re.IGNORECASE,
)
NAME_LENGTH = 80
LINKS = ("related_procedures", "related_guides", "handled_at")
WORDS_OF_PAGE = ("summary", "conditions", "repealed_note")
Findings = Iterator[Finding]


def check_procedure(snapshot: Snapshot, around: Surroundings) -> list[Finding]:
    """Return what is missing or doubtful; a repealed procedure needs no more than its repeal."""
    rules = [_repeal] if snapshot["fields"]["is_repealed"] else [*_FACTS]
    findings = [f for rule in (*rules, _links, _translation) for f in rule(snapshot, around)]
    return [*findings, *check_texts(texts_of(snapshot), around)]


def texts_of(snapshot: Snapshot) -> list[Text]:
    """The words whose sentences and links are judged."""
    texts = [Text(name, snapshot["fields"][name] or "") for name in WORDS_OF_PAGE]
    for relation, names in WORD_FIELDS.items():
        if relation not in {"cases", "results"}:
            for row in snapshot[relation]:
                texts.extend(Text(relation, row[name] or "") for name in names if name != "name")
    return texts


def _fees(snapshot: Snapshot, around: Surroundings) -> Findings:
    rows = snapshot["fees"]
    if not rows:
        yield Finding(Rule.FEE_MISSING, "fees")
        return
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if doubt := _doubt(row):
            yield Finding(Rule.FEE_DOUBTFUL, "fees", text=doubt)
        places[row["case_code"], row["method"]].add(row["kind"])
    for kinds in places.values():
        if FeeKind.FREE in kinds and FeeKind.AMOUNT in kinds:
            yield Finding(Rule.FEE_DOUBTFUL, "fees", text="0 đ / > 0 đ")
    due = any(row["kind"] != FeeKind.FREE for row in rows)
    if due and snapshot["owner_id"] not in around.agencies_with_account:
        yield Finding(Rule.ACCOUNT_MISSING, "fees")


def _doubt(row: dict[str, Any]) -> str:
    """What of a fee cannot be right, or nothing."""
    amount = Decimal(row["amount"]) if row["amount"] not in {None, ""} else None
    if row["kind"] == FeeKind.AMOUNT:
        fits = amount is not None and SMALLEST_FEE <= amount <= LARGEST_FEE
        if not fits or (amount is not None and amount % SMALLEST_NOTE):
            return "—" if amount is None else f"{amount:,.0f} đ".replace(",", ".")
    if row["kind"] == FeeKind.PERCENTAGE and (amount is None or not 0 < amount <= 100):
        return "—" if amount is None else f"{amount:f} %"
    return "—" if row["kind"] == FeeKind.TEXT and not (row["text"] or "").strip() else ""


def _times(snapshot: Snapshot, around: Surroundings) -> Findings:
    offers = snapshot["offers"]
    if not offers:
        yield Finding(Rule.METHOD_MISSING, "offers")
        return
    missing = [row for row in offers if row["duration"] is None]
    if len(missing) == len(offers):
        yield Finding(Rule.TIME_MISSING, "offers")
    elif missing:
        methods = {Method(row["method"]) for row in missing}
        names = ", ".join(str(method.label) for method in Method if method in methods)
        yield Finding(Rule.TIME_PARTLY, "offers", text=names)


def _counters(snapshot: Snapshot, around: Surroundings) -> Findings:
    if not snapshot["handled_at"]:
        yield Finding(Rule.COUNTER_MISSING, "handled_at")
    fields = snapshot["fields"]
    if fields["filing_mode"] == FilingMode.LINK and not is_address(fields["filing_url"]):
        yield Finding(Rule.LINK_BROKEN, "filing_url", text=fields["filing_url"] or "—")


def _papers(snapshot: Snapshot, around: Surroundings) -> Findings:
    if not snapshot["documents"]:
        yield Finding(Rule.PAPERS_MISSING, "documents")
    for number, row in enumerate(snapshot["documents"], start=1):
        name = (row["name"] or "").strip()
        if not name:
            yield Finding(Rule.PAPER_NAMELESS, "documents", number=number)
        elif not row["form_file_id"] and FORM_NAME.match(name):
            yield Finding(Rule.FORM_MISSING, "documents", text=name[:NAME_LENGTH])


def _rest(snapshot: Snapshot, around: Surroundings) -> Findings:
    if not snapshot["steps"]:
        yield Finding(Rule.STEPS_MISSING, "steps")
    if not snapshot["results"]:
        yield Finding(Rule.RESULT_MISSING, "results")
    if not (snapshot["fields"]["conditions"] or "").strip():
        yield Finding(Rule.CONDITIONS_EMPTY, "conditions")
    if snapshot["fields"]["facts_status"] != FactsStatus.VERIFIED:
        yield Finding(Rule.FACTS_UNCHECKED, "facts_status")


def _law(snapshot: Snapshot, around: Surroundings) -> Findings:
    if not snapshot["legal_bases"]:
        yield Finding(Rule.LAW_MISSING, "legal_bases")
    for pk in snapshot["legal_bases"]:
        if pk in around.repealed_laws:
            yield Finding(Rule.LAW_REPEALED, "legal_bases", text=around.repealed_laws[pk])
    start = _date(snapshot["fields"]["effective_date"])
    if start is not None and start > around.today:
        yield Finding(Rule.NOT_IN_FORCE, "effective_date", text=f"{start:%d/%m/%Y}")


def _repeal(snapshot: Snapshot, around: Surroundings) -> Findings:
    fields = snapshot["fields"]
    if not fields["repealed_date"]:
        yield Finding(Rule.REPEAL_UNDATED, "repealed_date")
    if not fields["repealed_note"] and not fields["successor_id"]:
        yield Finding(Rule.REPEAL_UNEXPLAINED, "repealed_note")


def _links(snapshot: Snapshot, around: Surroundings) -> Findings:
    chosen = [(name, pk) for name in LINKS for pk in snapshot[name]]
    if successor := snapshot["fields"]["successor_id"]:
        chosen.append(("successor", successor))
    for name, pk in chosen:
        if pk not in around.live_pages:
            yield Finding(Rule.LINK_BROKEN, name, text=f"#{pk}")
    for row in snapshot["documents"]:
        if row["form_file_id"] and row["form_file_id"] not in around.files:
            yield Finding(Rule.LINK_BROKEN, "documents", text=(row["name"] or "")[:NAME_LENGTH])


def _translation(snapshot: Snapshot, around: Surroundings) -> Findings:
    english = around.english.get(snapshot["uuid"])
    if english is None:
        return
    words = words_of(snapshot)
    missing = sum(1 for key, text in words.items() if _is_untranslated(text, english.get(key)))
    if missing:
        yield Finding(Rule.TRANSLATION_MISSING, "official_name", number=missing)
    if stale := around.stale.get(snapshot["uuid"]):
        yield Finding(Rule.TRANSLATION_STALE, "official_name", number=stale)


def _is_untranslated(text: str, english: str | None) -> bool:
    """Whether words are missing, or still the Vietnamese ones."""
    return not english or (english == text and not text.isascii())


def words_of(snapshot: Snapshot) -> dict[tuple[str, str], str]:
    """The words of a procedure that a translation has too, by row and field."""
    words = {("", name): snapshot["fields"][name] for name in PAGE_WORDS}
    for relation, names in WORD_FIELDS.items():
        for row in snapshot[relation]:
            words |= {(row["uuid"], name): row[name] for name in names}
    return {key: text for key, text in words.items() if text}


def _date(value: Any) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None


_FACTS = (_fees, _times, _counters, _papers, _rest, _law)
