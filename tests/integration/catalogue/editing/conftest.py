"""A procedure that two people have open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from catalogue.models import ProcedurePage
from services.accounts.models import User
from services.accounts.states import Role
from tests.factories import AgencyFactory, ProcedureFactory
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor


@pytest.fixture
def agency(portal: Any) -> Any:
    return AgencyFactory()


@pytest.fixture
def procedure(agency: Any) -> ProcedurePage:
    made = ProcedureFactory(
        parent=agency,
        summary="Ban đầu",
        documents=[{"name": "Tờ khai"}, {"name": "Giấy chứng sinh"}],
        conditions="<p>Có <b>một</b> điều kiện.</p>",
    )
    made.save_revision()
    return made


@pytest.fixture
def people(agency: Any) -> list[User]:
    return [
        make_member(agency, Role.HEAD, "an", last_name="", first_name="Nguyễn Văn An"),
        make_member(agency, Role.HEAD, "binh", last_name="Trần Thị", first_name="Bình"),
    ]


@pytest.fixture
def editors(procedure: ProcedurePage, people: list[User]) -> list[Editor]:
    """Two people who loaded the same version."""
    found = []
    for person in people:
        client = Client()
        client.force_login(person)
        found.append(Editor(client, procedure))
    return found
