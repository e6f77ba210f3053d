"""Pages whose rows have no name of their own: a list that both changed is asked about whole."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue.models import AgencyPage
from services.accounts.states import Role
from tests.factories import AccountFactory, AgencyFactory
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor, read_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def editors(portal: Any) -> list[Editor]:
    agency = AgencyFactory(title="Sở Minh hoạ")
    AccountFactory(page=agency, holder="KHO BAC")
    AgencyPage.objects.get(pk=agency.pk).save_revision()
    found = []
    for name in ("an", "binh"):
        client = Client()
        client.force_login(make_member(agency, Role.HEAD, name))
        found.append(Editor(client, agency))
    return found


def add_account(editor: Editor, holder: str) -> None:
    bank = editor.data["bank_accounts-0-bank"][0]
    editor.add_row("bank_accounts", bank=bank, number="123456789", holder=holder)


def newest(editor: Editor) -> Any:
    return AgencyPage.objects.get(pk=editor.page.pk).get_latest_revision_as_object()


def holders(editor: Editor) -> list[str]:
    return [row.holder for row in newest(editor).bank_accounts.all()][1:]


def test_one_list_changed_by_one_person(editors: list[Editor]) -> None:
    first, second = editors
    add_account(first, "SO MINH HOA")
    assert first.save().status_code == 302
    second.set(phone="0900 000 000")
    response = second.save()
    assert response.status_code == 409
    response.status_code = 200
    second.data = read_form(response)
    assert second.save().status_code == 302
    assert newest(second).phone == "0900 000 000"
    assert holders(second) == ["KHO BAC", "SO MINH HOA"]


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_list_that_both_changed(editors: list[Editor], choice: str) -> None:
    first, second = editors
    add_account(first, "CUA AN")
    first.save()
    add_account(second, "CUA BINH")
    asked = second.save()
    document = BeautifulSoup(asked.content.decode(), "html.parser")
    added = [node.get_text() for node in document.select(".merge__question .addition")]
    assert added == ["CUA BINH 123456789", "CUA AN 123456789"]
    data: dict[str, list[str]] = {}
    for field in document.select(".merge form input[type=hidden]"):
        data.setdefault(field["name"], []).append(field["value"])
    answered = second.client.post(second.url, {**data, "merge:bank_accounts": choice})
    answered.status_code = 200
    second.data = read_form(answered)
    assert second.save().status_code == 302
    holder = "CUA BINH" if choice == "mine" else "CUA AN"
    assert holders(second) == ["KHO BAC", holder]
