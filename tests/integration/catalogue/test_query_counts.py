"""A list costs the same number of queries with one row and with twenty, in both languages.

Everything is made once with one row of each kind and measured, then with twenty and measured again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue import actions
from catalogue.models import AgencyPage, LegalDocument, LifeEvent, ProcedurePage, Sector
from home.models import FeaturedProcedure
from tests.factories import (
    AccountFactory,
    AgencyFactory,
    GuideFactory,
    LegalDocumentFactory,
    LifeEventFactory,
    NewsFactory,
    OutageFactory,
    PeriodFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    StandardFactory,
    create_many,
    translate,
)
from tests.factories.procedures import papers

pytestmark = pytest.mark.django_db

# What a page may cost at all: home is the dearest of them.
CEILING = 14
LISTS = [
    "/", "/thu-tuc/", "/thu-tuc/?q=minh+hoa", "/thu-tuc/?linh-vuc=hop-dong&sap-xep=moi",
    "/linh-vuc/", "/linh-vuc/hop-dong/", "/su-kien/", "/su-kien/ket-hon/", "/doi-tuong/citizen/",
    "/co-quan/", "/co-quan/so/", "/tin-tuc/", "/huong-dan/", "/van-ban/1-2025-nd-cp/",
    "/thu-tuc/rss.xml", "/tin-tuc/rss.xml", "/khong-co/",
]  # fmt: skip
UNPREFIXED = ["/sitemap.xml", "/sitemap-pages.xml", "/robots.txt"]


def addresses() -> list[str]:
    return [prefix + path for prefix in ("", "/en") for path in LISTS] + UNPREFIXED


def count(client: Client, address: str) -> tuple[int, list[str]]:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
        if response.streaming:
            b"".join(response)
    assert response.status_code == (404 if "khong-co" in address else 200), address
    return len(queries), [query["sql"][:200] for query in queries]


def measure(client: Client, paths: list[str]) -> dict[str, tuple[int, list[str]]]:
    for path in paths:  # content types and the like are remembered by the process
        client.get(path)
    return {path: count(client, path) for path in paths}


def grown(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    lines = []
    for path, (number, _queries) in before.items():
        now, queries = after[path]
        if now != number:
            tail = "\n    ".join(queries)
            lines.append(f"{path}: {number} queries, then {now}\n    {tail}")
    return lines


def fill(portal: Portal, number: int, terms: dict[str, Any]) -> None:
    """Makes so many more of everything that is listed."""
    agency = AgencyPage.objects.filter(slug="so").first() or AgencyFactory(slug="so")
    pages = create_many(
        number, parent=agency, sectors=[terms["sector"]], life_events=[terms["event"]],
        legal_bases=[terms["law"]],
    )  # fmt: skip
    translate(pages[0], official_name="English name")
    for order, page in enumerate(pages):
        FeaturedProcedure.objects.create(page=portal.home, procedure=page, sort_order=order)
    for _index in range(number):
        AgencyFactory(parent=agency, quiet=True, bare=True, kind="unit")
        AgencyFactory(quiet=True, bare=True)
        GuideFactory(quiet=True)
        NewsFactory(quiet=True, date=date(2026, 11, 1))
        StandardFactory(quiet=True, in_footer=True)
        SectorFactory(english="English")
        LifeEventFactory()
    translate(NewsFactory(), title="English news")
    OutageFactory()
    actions.refresh_agencies()


def test_lists_cost_the_same_with_one_row_and_with_twenty(client: Client, portal: Portal) -> None:
    terms: dict[str, Any] = {
        "sector": SectorFactory(name="Hợp đồng", english="Contracts"),
        "event": LifeEventFactory(name="Kết hôn", english="Marriage"),
        "law": LegalDocumentFactory(number="1/2025/NĐ-CP"),
    }
    fill(portal, 1, terms)
    before = measure(client, addresses())
    fill(portal, 19, terms)
    after = measure(client, addresses())
    assert not grown(before, after), "\n".join(grown(before, after))
    dear = {path: number for path, (number, _queries) in after.items() if number > CEILING}
    assert not dear
    assert Sector.objects.count() > 20
    assert LifeEvent.objects.count() > 20


def rich(number: int, agency: AgencyPage, counters: list[AgencyPage], laws: list[Any]) -> Any:
    """A procedure with so many of all that a page shows."""
    cases = [{"name": f"Trường hợp {n}", "code": f"c{n:05d}"} for n in range(number)]
    return ProcedureFactory(
        parent=agency,
        slug=f"co-{number}",
        documents=papers(number),
        cases=cases,
        offers=[
            {"method": "in_person", "duration": 3, "unit": "day", "case_code": case["code"]}
            for case in cases
        ],
        fees=[{"kind": "amount", "amount": 5000, "case_code": case["code"]} for case in cases],
        steps=[{"text": f"Bước {n}"} for n in range(number)],
        results=[{"name": f"Kết quả {n}"} for n in range(number)],
        handled_at=counters[:number],
        legal_bases=laws[:number],
        sectors=[SectorFactory() for _ in range(min(number, 3))],
        related_procedures=list(ProcedurePage.objects.filter(slug__startswith="lq")[:number]),
        related_guides=[GuideFactory(quiet=True) for _ in range(min(number, 5))],
    )


@pytest.mark.parametrize("translated", [False, True])
def test_a_procedure_costs_the_same_with_one_paper_and_with_thirty(
    client: Client, portal: Portal, translated: bool
) -> None:
    agency = AgencyFactory(
        slug="so",
        accounts=AccountFactory.build_batch(3),
        periods=PeriodFactory.build_batch(3),
    )
    counters = [
        AgencyFactory(parent=agency, kind="unit", title=f"Quầy {n}", quiet=True) for n in range(30)
    ]
    laws: list[LegalDocument] = LegalDocumentFactory.create_batch(5)
    for n in range(5):
        ProcedureFactory(parent=agency, slug=f"lq-{n}", documents=[], steps=[], quiet=True)
    actions.refresh_all_listings()
    few, many = (rich(number, agency, counters, laws) for number in (1, 30))
    if translated:
        for page in (few, many):
            translate(page, official_name="English")
    for prefix in ("", "/en"):
        paths = [f"{prefix}/co-quan/so/{page.slug}/" for page in (few, many)]
        (one, _), (thirty, queries) = measure(client, paths).values()
        assert one == thirty, "\n".join(queries)
        assert thirty <= 2 * CEILING


def test_the_pages_of_procedure_and_home_stay_cheap(client: Client, portal: Portal) -> None:
    agency = AgencyFactory(slug="so")
    ProcedureFactory(parent=agency, slug="mau")
    measured = measure(client, ["/", "/co-quan/so/mau/", "/thu-tuc/"])
    numbers = {path: number for path, (number, _queries) in measured.items()}
    assert numbers["/co-quan/so/mau/"] <= 5, measured["/co-quan/so/mau/"]
    assert numbers["/thu-tuc/"] <= 5, measured["/thu-tuc/"]
    assert numbers["/"] <= 10, measured["/"]
