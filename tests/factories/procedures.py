"""Procedures with their rows; traits are named after states.

Rows are given as dicts, for example ``fees=[{"kind": "amount", "amount": 30000}]``, and replace
those of the default: one way of filing with a time, one fee, two papers, a step and a result.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from catalogue import actions
from catalogue.choices import Audience, FactsStatus, FilingMode, ServiceLevel
from catalogue.models import (
    ProcedureCase,
    ProcedureFee,
    ProcedureOffer,
    ProcedurePage,
    ProcedureResult,
    ProcedureStep,
    RequiredDocument,
)
from tests.factories.agencies import AgencyFactory
from tests.factories.trees import PageFactory

Rows = list[dict[str, Any]]
MODELS = {
    "cases": ProcedureCase,
    "offers": ProcedureOffer,
    "fees": ProcedureFee,
    "documents": RequiredDocument,
    "steps": ProcedureStep,
    "results": ProcedureResult,
}
LINKS = (
    "sectors",
    "life_events",
    "handled_at",
    "legal_bases",
    "related_procedures",
    "related_guides",
)
CASES: Rows = [
    {"name": "Trường hợp một", "code": "aaaaaa"},
    {"name": "Trường hợp hai", "code": "bbbbbb"},
    {"name": "Trường hợp ba", "code": "cccccc"},
]


def papers(number: int) -> Rows:
    """This function will return so many papers."""
    return [{"name": f"Giấy tờ số {n}", "copies": n % 3} for n in range(1, number + 1)]


class ProcedureFactory(PageFactory):
    """A live procedure: 30.000 đồng, five working days, two papers."""

    class Meta:
        model = ProcedurePage

    class Params:
        bare = factory.Trait(cases=[], offers=[], fees=[], documents=[], steps=[], results=[])
        free = factory.Trait(fees=[{"kind": "free"}])
        percentage = factory.Trait(fees=[{"kind": "percentage", "amount": Decimal("1.6")}])
        in_hours = factory.Trait(offers=[{"method": "online", "duration": 8, "unit": "hour"}])
        repealed = factory.Trait(is_repealed=True, repealed_date=date(2026, 7, 1))
        unverified = factory.Trait(
            facts_status=FactsStatus.UNVERIFIED, facts_note="Số liệu minh hoạ."
        )
        full_online = factory.Trait(service_level=ServiceLevel.FULL)
        filed_elsewhere = factory.Trait(
            filing_mode=FilingMode.LINK, filing_url="https://dichvucong.example.vn/nop"
        )
        three_cases = factory.Trait(
            cases=CASES,
            offers=[
                {"method": "in_person", "duration": 3, "unit": "day", "case_code": "aaaaaa"},
                {"method": "in_person", "duration": 1, "unit": "month", "case_code": "bbbbbb"},
                {"method": "online", "duration": 8, "unit": "hour", "case_code": "cccccc"},
            ],
            fees=[
                {"kind": "free", "case_code": "aaaaaa"},
                {"kind": "amount", "amount": 60_000, "case_code": "bbbbbb"},
                {"kind": "amount", "amount": 430_000, "case_code": "cccccc"},
            ],
            documents=[
                {"name": "Tờ khai chung"},
                {"name": "Giấy của trường hợp một", "case_codes": ["aaaaaa"]},
                {"name": "Giấy của hai và ba", "case_codes": ["bbbbbb", "cccccc"]},
                {"name": "Giấy của ba", "case_codes": ["cccccc"], "is_required": False},
            ],
        )

    parent = factory.LazyFunction(AgencyFactory)
    key = factory.Sequence(lambda n: f"8.{n:06d}")
    official_name = factory.Sequence(lambda n: f"Đăng ký minh hoạ số {n:03d}")
    audiences = factory.LazyFunction(lambda: [Audience.CITIZEN.value])
    cases = factory.LazyFunction(list)
    offers = factory.LazyFunction(
        lambda: [{"method": "in_person", "duration": 5, "unit": "working_day"}]
    )
    fees = factory.LazyFunction(lambda: [{"kind": "amount", "amount": 30_000}])
    documents = factory.LazyFunction(lambda: papers(2))
    steps = factory.LazyFunction(lambda: [{"name": "Nộp hồ sơ", "text": "Nộp tại quầy."}])
    results = factory.LazyFunction(lambda: [{"name": "Giấy chứng nhận", "code": "KQ.1"}])

    @classmethod
    def fill(cls, model_class: type[Page], values: dict[str, Any]) -> Page:
        """This method will return the unsaved procedure with its rows and links."""
        rows = {relation: values.pop(relation) for relation in MODELS}
        links = {name: values.pop(name) for name in LINKS if name in values}
        page = model_class(**values)
        for relation, model in MODELS.items():
            built = [
                model(locale_id=None, sort_order=order, **row)
                for order, row in enumerate(rows[relation])
            ]
            setattr(page, relation, built)
        for name, found in links.items():
            setattr(page, name, found)
        return page


def create_many(number: int, **values: Any) -> list[ProcedurePage]:
    """This function will make many procedures below one agency and list them at once.

    Without papers and steps unless they are given: lists do not show them.
    """
    values.setdefault("parent", None)
    values["parent"] = values["parent"] or AgencyFactory()
    for relation in ("documents", "steps", "results"):
        values.setdefault(relation, [])
    with disable_reference_index_auto_update():
        pages = ProcedureFactory.create_batch(number, quiet=True, **values)
    actions.refresh_listings([page.pk for page in pages])
    return pages
