"""Of two saves at the very same time one is saved and one is refused, on both databases."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from catalogue.models import ProcedurePage
from services.accounts.states import Role
from tests.factories import AgencyFactory, ProcedureFactory, make_portal
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SECONDS = 60


@pytest.fixture
def editors() -> list[Editor]:
    make_portal()
    agency = AgencyFactory()
    procedure = ProcedureFactory(parent=agency, documents=[], steps=[])
    procedure.save_revision()
    found = []
    for name in ("an", "binh", "chi"):
        client = Client()
        client.force_login(make_member(agency, Role.HEAD, name))
        found.append(Editor(client, procedure))
    return found


@pytest.mark.parametrize("publish", [False, True], ids=["draft", "publish"])
def test_one_of_three_wins(editors: list[Editor], publish: bool) -> None:
    procedure = editors[0].page
    before = procedure.revisions.count()
    barrier = threading.Barrier(len(editors))
    answers: list[Any] = []

    def save(number: int, editor: Editor) -> None:
        try:
            editor.set(summary=f"Lần {number}")
            barrier.wait(SECONDS)
            answers.append((editor.save(publish=publish).status_code, number))
        except BaseException as error:
            answers.append((error, number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=pair) for pair in enumerate(editors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert sorted(status for status, _number in answers) == [302, 409, 409], answers
    (winner,) = [number for status, number in answers if status == 302]
    assert procedure.revisions.count() == before + 1
    draft = ProcedurePage.objects.get(pk=procedure.pk).get_latest_revision_as_object()
    assert draft.summary == f"Lần {winner}"
