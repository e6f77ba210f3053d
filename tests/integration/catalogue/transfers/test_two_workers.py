"""Two workers carry one import out at once. Only a database with real locks can tell."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections
from wagtail.models import Page

from catalogue.models import ImportRun, ProcedurePage, RowState
from catalogue.transfers.applying import apply_run
from tests.factories import AgencyFactory, make_portal
from tests.factories.procedures import ProcedureFactory
from tests.integration.catalogue.transfers.clerk import Clerk, new_row, states

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="!!!! SQLite writes one after the other: this is tested on PostgreSQL",
    ),
]
SECONDS = 60


def test_nothing_is_written_twice() -> None:
    make_portal()
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    for number in range(1, 6):
        ProcedureFactory(parent=agency, key=f"8.00000{number}")
    clerk = Clerk(agency)
    changed = [record | {"summary": "Mới"} for record in clerk.records().values()]
    new = [new_row(f"9.00000{n}", related_procedures=["8.000001"]) for n in range(1, 6)]
    run = clerk.preview([*changed, *new])
    ImportRun.objects.filter(pk=run.pk).update(state="applying", mode="draft")
    barrier, errors = threading.Barrier(2), []

    def work() -> None:
        try:
            mine = ImportRun.objects.select_related("user", "agency").get(pk=run.pk)
            barrier.wait(SECONDS)
            apply_run(mine)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not errors, errors
    run.refresh_from_db()
    assert (run.state, set(states(run).values())) == ("done", {RowState.DRAFTED})
    pages = ProcedurePage.objects.filter(key__regex=r"^[89]\.")
    assert pages.count() == 10
    assert {page.revisions.count() for page in pages} == {1}
    assert not any(Page.find_problems())
