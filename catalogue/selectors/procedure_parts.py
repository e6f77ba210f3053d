"""Parts of a procedure's page made from its snapshot: papers, times and fees, the promise."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.documents import get_document_model

from catalogue.choices import FeeKind, Method
from catalogue.selectors.display import say_fee_row, unknown
from catalogue.selectors.loading import Loaded
from catalogue.selectors.procedure_views import (
    Answer,
    CaseRow,
    Cell,
    FeeLine,
    FormFile,
    Paper,
    PaperGroup,
    Promise,
    Step,
)
from catalogue.selectors.words import Words, reader_language
from cms.core.calendar import WorkingCalendar
from cms.core.formatting import format_date, format_duration

NATIONAL_CODE = re.compile(r"^\d\.\d{6}")


def national_code(key: str | None) -> str:
    """Return the key when it is a code of the national register, else ""."""
    return key if key and NATIONAL_CODE.match(key) else ""


def paper_groups(loaded: Loaded) -> list[PaperGroup]:
    """Return the papers for every case first, then those of each case that has its own."""
    rows = loaded.snapshot["documents"]
    forms = _form_files([row["form_file_id"] for row in rows if row["form_file_id"]])
    common = [_paper(loaded, row, forms) for row in rows if not row["case_codes"]]
    groups = [PaperGroup(Words(""), common, is_common=True)] if common else []
    for case in loaded.snapshot["cases"]:
        own = [_paper(loaded, row, forms) for row in rows if case["code"] in row["case_codes"]]
        if own:
            groups.append(PaperGroup(loaded.say(case, "name"), own, is_common=False))
    return groups


def _form_files(ids: list[int]) -> dict[int, FormFile]:
    if not ids:
        return {}
    documents = get_document_model().objects.filter(pk__in=ids)
    return {
        document.pk: FormFile(
            document_id=document.pk,
            title=document.title,
            url=document.url,
            extension=document.file_extension.upper(),
            size=document.file_size,
        )
        for document in documents
    }


def _paper(loaded: Loaded, row: dict[str, Any], forms: dict[int, FormFile]) -> Paper:
    return Paper(
        uuid=row["uuid"],
        name=loaded.say(row, "name"),
        note=loaded.say(row, "note"),
        originals=row["originals"],
        copies=row["copies"],
        is_required=row["is_required"],
        form=forms.get(row["form_file_id"]),
    )


def paper_answer(loaded: Loaded, groups: list[PaperGroup]) -> Answer:
    """Say how many kinds of papers are needed; a range where cases differ."""
    common = sum(len(group.papers) for group in groups if group.is_common)
    own = [len(group.papers) for group in groups if not group.is_common]
    low = common + (min(own) if own else 0)
    high = common + (max(own) if own else 0)
    if not high:
        count = loaded.fact("documents_count")
        if not count:
            return Answer(unknown(), is_known=False)
        return Answer(_kinds(count), _("the list is not published yet"), is_known=True)
    if low == high:
        return Answer(_kinds(high))
    return Answer(_("%(low)d to %(kinds)s") % {"low": low, "kinds": _kinds(high)}, _("by case"))


def _kinds(number: int) -> str:
    return ngettext("%(number)d paper", "%(number)d papers", number) % {"number": number}


def fee_answer(facts: dict[str, Any], said: str) -> Answer:
    """Say the fee; an unpublished one is no free one."""
    fee = facts["fee"]
    if fee is None:
        return Answer(said, _("ask the counter before you pay"), is_known=False)
    if fee["kind"] == FeeKind.FREE:
        return Answer(said, _("you pay nothing"))
    differs = fee["kind"] == FeeKind.TEXT or fee["minimum"] != fee["maximum"]
    return Answer(said, _("by case and way of filing") if differs else "")


def case_rows(
    loaded: Loaded, methods: list[str], calendar: WorkingCalendar, now: datetime
) -> list[CaseRow]:
    """Return the cases × ways of filing; one row without a name where there are no cases."""
    cases = loaded.snapshot["cases"] or [{"uuid": "", "name": "", "code": ""}]
    single = len(cases) == 1
    return [
        CaseRow(
            Words("") if single else loaded.say(case, "name"),
            [_cell(loaded, case["code"], method, calendar, now) for method in methods],
        )
        for case in cases
    ]


def _cell(
    loaded: Loaded, case_code: str, method: str, calendar: WorkingCalendar, now: datetime
) -> Cell | None:
    offers = _matching(loaded.snapshot["offers"], case_code, method)
    if not offers:
        return None
    fees = _matching(loaded.snapshot["fees"], case_code, method)
    known = [row for row in offers if row["duration"] is not None]
    dues = [calendar.due(now, Decimal(row["duration"]), row["unit"]).date() for row in known]
    return Cell(
        method=method,
        method_label=str(Method(method).label),
        times=[format_duration(Decimal(row["duration"]), row["unit"]) for row in known],
        notes=[words for row in offers if (words := loaded.say(row, "note"))],
        fees=[
            FeeLine(say_fee_row(row), loaded.say(row, "per"), loaded.say(row, "text"))
            for row in fees
        ],
        due=max(dues) if dues else None,
    )


def _matching(rows: list[dict[str, Any]], case_code: str, method: str) -> list[dict[str, Any]]:
    """Rows for a case and a way of filing; rows without a case or way hold for all."""
    return [
        row for row in rows if row["case_code"] in ("", case_code) and row["method"] in ("", method)
    ]


def promise(
    offers: list[dict[str, Any]], calendar: WorkingCalendar, now: datetime
) -> Promise | None:
    """Return the latest date on which the result is due; None when no time is published."""
    dues = [
        calendar.due(now, Decimal(row["duration"]), row["unit"])
        for row in offers
        if row["duration"] is not None
    ]
    if not dues:
        return None
    last = max(dues)
    holidays = calendar.holidays_between(now.date(), last.date(), reader_language())
    named = [f"{holiday.name} ({format_date(holiday.date)})" for holiday in holidays]
    return Promise(last.date(), last, len({due.date() for due in dues}) > 1, named)


def steps(loaded: Loaded) -> list[Step]:
    """Return the steps in order."""
    return [
        Step(loaded.say(row, "name"), loaded.say(row, "text")) for row in loaded.snapshot["steps"]
    ]


def results(loaded: Loaded) -> list[Step]:
    """Return the results in order."""
    return [
        Step(loaded.say(row, "name"), Words(""), row["code"]) for row in loaded.snapshot["results"]
    ]
