"""The report lists what is wrong with one's own pages and can be narrowed and taken away."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.accounts.states import Role
from tests.factories import AgencyFactory, ProcedureFactory
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(portal: Any, client: Client) -> Any:
    """An editor of one agency signed in; a page with faults there, in its unit and elsewhere."""
    own, other = AgencyFactory(title="Sở Một"), AgencyFactory(title="Sở Hai")
    unit = AgencyFactory(title="Chi cục Một", parent=own)
    ProcedureFactory(parent=own, fees=[], official_name="Thủ tục của sở")
    ProcedureFactory(parent=unit, steps=[], official_name="Thủ tục của chi cục")
    ProcedureFactory(parent=other, fees=[], official_name="Thủ tục nơi khác")
    client.force_login(make_member(own, Role.EDITOR))
    return {"client": client, "own": own, "unit": unit, "other": other}


def shown(client: Client, **query: Any) -> str:
    response = client.get(reverse("readiness_report:index"), query)
    assert response.status_code == 200
    table = BeautifulSoup(response.content, "html.parser").select_one("table.listing")
    return " ".join(table.get_text(" ").split()) if table else ""


def test_own_pages_and_those_of_units_are_listed(world: Any) -> None:
    text = shown(world["client"])
    assert "Thủ tục của sở" in text
    assert "Thủ tục của chi cục" in text
    assert "Chi cục Một" in text
    assert "Thủ tục nơi khác" not in text


def test_the_list_is_narrowed_by_agency_fault_and_weight(world: Any) -> None:
    client = world["client"]
    assert "Thủ tục của sở" not in shown(client, agency=world["unit"].pk)
    by_fault = shown(client, rule="steps_missing")
    assert "Thủ tục của chi cục" in by_fault
    assert "Thủ tục của sở" not in by_fault
    assert "lời khuyên" not in shown(client, severity="blocker")


def test_a_foreign_agency_is_neither_offered_nor_accepted(world: Any) -> None:
    response = world["client"].get(reverse("readiness_report:index"))
    assert "Sở Hai" not in response.content.decode()
    assert "Thủ tục nơi khác" not in shown(world["client"], agency=world["other"].pk)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_can_be_taken_away(world: Any, kind: str) -> None:
    response = world["client"].get(reverse("readiness_report:index"), {"export": kind})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    if kind == "csv":
        text = content.decode()
        assert "Chưa có lệ phí" in text
        assert "Thủ tục nơi khác" not in text


def test_many_findings_cost_as_many_queries_as_few(world: Any) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(world["client"])
        return len(queries)

    count()
    few = count()
    ProcedureFactory.create_batch(8, parent=world["own"], fees=[])
    assert count() == few
