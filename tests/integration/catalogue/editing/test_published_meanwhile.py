"""A row that was only in a draft gets its number when somebody publishes the draft meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from catalogue.models import ProcedurePage
from tests.factories import AgencyFactory, ProcedureFactory
from tests.integration.catalogue.editor import Editor, keys_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("autosaves", [True, False])
def test_it_stays_one_row(portal: Any, admin_client: Client, autosaves: bool) -> None:
    page = ProcedureFactory(parent=AgencyFactory(), documents=[{"name": "Một"}], steps=[])
    page.save_revision()
    editor = Editor(admin_client, page)
    editor.add_row("documents", name="Hai", originals=1, copies=0)
    if autosaves:
        editor.autosave()
    else:
        assert editor.save().status_code == 302
        editor = Editor(admin_client, page)
    ProcedurePage.objects.get(pk=page.pk).get_latest_revision().publish()
    before = keys_of(page)
    editor.set(documents__1__name="Hai, sửa")
    assert editor.save(publish=True).status_code == 302
    assert keys_of(page) == before
    rows = ProcedurePage.objects.get(pk=page.pk).documents.order_by("sort_order")
    assert [row.name for row in rows] == ["Một", "Hai, sửa"]
