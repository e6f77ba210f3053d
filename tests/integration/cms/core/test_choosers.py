"""Fields that point at several pages: a list of what is chosen, however much there is to choose."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from catalogue.models import AgencyPage, ProcedurePage
from services.accounts.states import Role
from tests.factories import AgencyFactory, LegalDocumentFactory, Portal, ProcedureFactory
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor, errors_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(portal: Portal) -> AgencyPage:
    return AgencyFactory(title="Sở Một")


@pytest.fixture
def editor(client: Client, agency: AgencyPage) -> Client:
    client.force_login(make_member(agency, Role.EDITOR))
    return client


def form_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def cost_of_form(client: Client, page: Page) -> tuple[int, int]:
    """Number of queries and length of the page; the first request warms up."""
    client.get(form_url(page))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        content = client.get(form_url(page)).content
    return len(queries), len(content)


def test_the_form_costs_the_same_however_much_there_is_to_choose(
    editor: Client, agency: AgencyPage
) -> None:
    page = ProcedureFactory(parent=agency)
    ProcedureFactory(parent=agency)
    LegalDocumentFactory()
    few = cost_of_form(editor, page)
    for _number in range(12):
        ProcedureFactory(parent=agency)
        LegalDocumentFactory()
        AgencyFactory()
    queries, length = cost_of_form(editor, page)
    assert queries == few[0]
    assert length < few[1] + 100


def test_each_chosen_page_costs_no_query(editor: Client, agency: AgencyPage) -> None:
    others = [ProcedureFactory(parent=agency) for _number in range(9)]
    page = ProcedureFactory(parent=agency, related_procedures=others[:1])
    few = cost_of_form(editor, page)[0]
    page.related_procedures = others
    page.save()
    assert cost_of_form(editor, page)[0] == few


def test_choices_are_saved_and_taken_out(editor: Client, agency: AgencyPage) -> None:
    other, law = ProcedureFactory(parent=agency), LegalDocumentFactory()
    page = ProcedureFactory(parent=agency)
    form = Editor(editor, page)
    form.set(related_procedures=[other.pk], legal_bases=[law.pk], handled_at=[agency.pk])
    answer = form.save()
    assert answer.status_code == 302, errors_of(answer)
    draft = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [item.pk for item in draft.related_procedures.all()] == [other.pk]
    form = Editor(editor, page)
    assert form.data["related_procedures"] == [str(other.pk)]
    assert form.data["legal_bases"] == [str(law.pk)]
    del form.data["related_procedures"], form.data["legal_bases"]
    assert form.save().status_code == 302
    draft = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert not draft.related_procedures.exists()
    assert not draft.legal_bases.exists()


@pytest.mark.parametrize("query", ["168/2025", "nd-cp", "NĐ-CP", "khám bệnh"])
def test_laws_are_found_by_number_and_by_words(editor: Client, query: str) -> None:
    LegalDocumentFactory(number="168/2025/NĐ-CP", title="Quy định về khám bệnh, chữa bệnh")
    LegalDocumentFactory(number="31/2024/QH15", title="Luật Đất đai")
    url = reverse("wagtailsnippetchoosers_catalogue_legaldocument:choose_results")
    content = editor.get(url, {"q": query, "multiple": "1"}).content.decode()
    assert "168/2025/NĐ-CP" in content
    assert "Quy định về khám bệnh" in content
    assert "31/2024/QH15" not in content


def titles_in(client: Client, page: Page) -> list[str]:
    content = client.get(form_url(page)).content.decode()
    found = re.findall(r"data-chosen-title>([^<]+)", content)
    return [" ".join(text.split()) for text in found]


def rename_draft(page: ProcedurePage, title: str, **fields: Any) -> None:
    Page.objects.filter(pk=page.pk).update(draft_title=title, **fields)


def test_draft_titles_are_for_those_who_keep_them(editor: Client, agency: AgencyPage) -> None:
    own, foreign, hidden = (
        ProcedureFactory(parent=parent, title=title)
        for parent, title in (
            (agency, "Của mình"),
            (AgencyFactory(), "Của người khác"),
            (AgencyFactory(), "Đã gỡ"),
        )
    )
    page = ProcedureFactory(parent=agency, related_procedures=[own, foreign, hidden])
    rename_draft(own, "Của mình, sửa")
    rename_draft(foreign, "Bí mật")
    rename_draft(hidden, "Bí mật", live=False)
    assert titles_in(editor, page) == ["Của mình, sửa", "Của người khác", "Đã gỡ"]


def test_what_is_gone_and_what_is_no_number_is_left_out(editor: Client, agency: AgencyPage) -> None:
    page = ProcedureFactory(parent=agency)
    form = Editor(editor, page)
    form.set(related_procedures=["987654", "x", "<b>"])
    answer = form.save()
    assert answer.status_code == 200
    assert errors_of(answer)
    assert "<b>" not in re.findall(r"data-chosen-title>([^<]+)", answer.content.decode())
