"""A procedure is copied in the admin: the copy is a draft without a code, and asks for one."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalogue.models import AgencyPage, ProcedurePage
from services.accounts.states import Role
from tests.factories import AgencyFactory, Portal, ProcedureFactory
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor, errors_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(portal: Portal) -> AgencyPage:
    return AgencyFactory(title="Sở Một")


@pytest.fixture
def procedure(agency: AgencyPage) -> ProcedurePage:
    return ProcedureFactory(parent=agency, key="1.000001", title="Cấp phép", three_cases=True)


@pytest.fixture
def editor(client: Client, agency: AgencyPage) -> Client:
    client.force_login(make_member(agency, Role.EDITOR))
    return client


def copy(client: Client, page: ProcedurePage, **fields: str) -> HttpResponse:
    """This function will send the copy form as it is offered, with these changes."""
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    document = BeautifulSoup(client.get(url).content.decode(), "html.parser")
    data = {
        field["name"]: field.get("value", "")
        for field in document.select("form input[name]")
        if field.get("type") != "checkbox" or field.has_attr("checked")
    }
    return client.post(url, {**data, **fields})


def copies_of(page: ProcedurePage) -> list[ProcedurePage]:
    found = ProcedurePage.objects.exclude(pk=page.pk).filter(locale=page.locale)
    return list(found.order_by("pk"))


def test_the_copy_is_a_draft_with_an_address_of_its_own(
    editor: Client, procedure: ProcedurePage
) -> None:
    assert copy(editor, procedure, new_title="Cấp phép lại", new_slug="lai").status_code == 302
    made = copies_of(procedure)[0]
    assert not made.live
    assert (made.key, made.slug, made.title) == (None, "lai", "Cấp phép lại")
    assert made.official_name == procedure.official_name
    procedure.refresh_from_db()
    assert procedure.key == "1.000001"


def test_two_copies_stand_side_by_side(editor: Client, procedure: ProcedurePage) -> None:
    for slug in ("mot", "hai"):
        assert copy(editor, procedure, new_slug=slug).status_code == 302
    assert [made.key for made in copies_of(procedure)] == [None, None]


def test_the_address_of_another_page_is_refused(editor: Client, procedure: ProcedurePage) -> None:
    answer = copy(editor, procedure, new_slug=procedure.slug)
    assert answer.status_code == 200
    assert any("đã được" in error or "đã tồn tại" in error for error in errors_of(answer))
    assert not copies_of(procedure)


@pytest.mark.parametrize(
    ("code", "complaint"),
    [("", "Hãy nhập mã thủ tục."), ("1.000001", "Một thủ tục khác đã có mã này.")],
)
def test_the_copy_asks_for_a_code_of_its_own(
    editor: Client, procedure: ProcedurePage, code: str, complaint: str
) -> None:
    copy(editor, procedure, new_slug="lai")
    form = Editor(editor, copies_of(procedure)[0])
    assert form.data["key"] == [""]
    form.set(key=code)
    answer = form.save()
    assert answer.status_code == 200
    assert complaint in errors_of(answer)
    form.set(key="1.000002")
    assert form.save().status_code == 302
