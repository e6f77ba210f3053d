"""What the page of a procedure shows, as plain values for its template."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from catalogue.selectors.agencies import AccountView, CounterView
from catalogue.selectors.listings import ProcedureRow
from catalogue.selectors.outages import OutageView
from catalogue.selectors.words import Link, Words


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the facts that the page answers first: a headline and a line below it."""

    headline: str
    detail: str = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class FormFile:
    """A blank form to download; `size` in bytes, None when unknown."""

    document_id: int
    title: str
    url: str
    extension: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to hand in."""

    uuid: str
    name: Words
    note: Words
    originals: int
    copies: int
    is_required: bool
    form: FormFile | None


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers of one case; the group without a name holds for every case."""

    name: Words
    papers: list[Paper]
    is_common: bool


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee: `amount` is empty when it is said in words only."""

    amount: str
    per: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Cell:
    """Time and fees of one case by one way of filing; None in a table means not offered."""

    method: str
    method_label: str
    times: list[str]
    notes: list[Words]
    fees: list[FeeLine]
    due: date | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with one cell a way of filing."""

    name: Words
    cells: list[Cell | None]


@dataclass(frozen=True, slots=True)
class Step:
    """A step or a result."""

    name: Words
    text: Words
    code: str = ""


@dataclass(frozen=True, slots=True)
class LegalLink:
    """A legal basis."""

    number: str
    title: str
    issued_date: date | None
    is_repealed: bool
    url: str


@dataclass(frozen=True, slots=True)
class Promise:
    """When the result is due if the dossier is handed in now, and what is in between."""

    due: date
    due_at: datetime
    is_longest: bool
    closures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Repeal:
    """A repealed procedure: since when, why, and what replaces it."""

    since: date | None
    note: Words
    successor: ProcedureRow | None


@dataclass(frozen=True, slots=True)
class Filing:
    """Filing online elsewhere."""

    url: str
    host: str


@dataclass(frozen=True)
class ProcedureView:
    """Everything that the page shows. Facts are those of the Vietnamese page."""

    page_id: int
    uuid: str
    key: str
    code: str
    name: Words
    summary: Words
    short_name: Words
    page_title: str
    page_description: str
    agency: Link
    sectors: list[Link]
    life_events: list[Link]
    audiences: list[str]
    fee: Answer
    fee_facts: dict[str, Any] | None
    time: Answer
    papers: Answer
    place: Answer
    promise: Promise | None
    methods: list[Link]
    cases: list[CaseRow]
    paper_groups: list[PaperGroup]
    form_count: int
    dossier_sets: int
    steps: list[Step]
    results: list[Step]
    conditions: Words
    legal_bases: list[LegalLink]
    related: list[ProcedureRow]
    guides: list[Link]
    counters: list[CounterView]
    counter: CounterView | None
    accounts: list[AccountView]
    memo: str
    filing: Filing | None
    service_level: str
    decision_number: str
    effective_date: date | None
    authority: str
    ministry: str
    repeal: Repeal | None
    outages: list[OutageView]
    is_unverified: bool
    facts_note: str
    updated_at: datetime | None
    short_path: str
