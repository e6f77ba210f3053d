"""Who uses a page or a file: own drafts and public pages are told, others' drafts are not."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from catalogue.models import ProcedurePage
from services.accounts.models import AgencyAccess
from services.accounts.states import Role
from tests.factories import AgencyFactory, FormFileFactory, ProcedureFactory
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


def use(agency: Any, name: str, live: bool = True, **fields: Any) -> ProcedurePage:
    page = ProcedureFactory(parent=agency, official_name=name, title=name, **fields)
    Page.objects.filter(pk=page.pk).update(live=live)
    ReferenceIndex.create_or_update_for_object(ProcedurePage.objects.get(pk=page.pk))
    return page


def rows(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert response.status_code == 200
    table = BeautifulSoup(response.content.decode(), "html.parser").select("main tbody tr")
    return sorted(row.select_one("td").get_text(" ", strip=True) for row in table)


@pytest.fixture
def world(portal: Any) -> dict[str, Any]:
    mine, theirs = AgencyFactory(title="Sở Mình"), AgencyFactory(title="Sở Khác")
    file = FormFileFactory()
    head = make_member(mine, Role.HEAD)
    file.collection = AgencyAccess.objects.get(agency=mine).collection
    file.save()
    target = use(mine, "Đích")
    paper = {"documents": [{"name": "Mẫu", "form_file": file}], "successor": target}
    for agency, who in ((mine, "Của mình"), (theirs, "Của họ")):
        use(agency, f"{who}, công khai", **paper)
        use(agency, f"{who}, nháp", live=False, **paper)
    client = Client()
    client.force_login(head)
    return {"client": client, "target": target, "file": file}


@pytest.mark.parametrize("what", ["page", "file"])
def test_drafts_of_others_are_not_told(
    world: dict[str, Any], what: str, admin_client: Client
) -> None:
    if what == "page":
        url = reverse("wagtailadmin_pages:usage", args=[world["target"].pk])
    else:
        url = reverse("wagtaildocs:document_usage", args=[world["file"].pk])
    shown = " ".join(rows(world["client"], url))
    for name in ("Của mình, công khai", "Của mình, nháp", "Của họ, công khai"):
        assert name in shown
    assert len(rows(world["client"], url)) == 3
    assert len(rows(admin_client, url)) == 4
