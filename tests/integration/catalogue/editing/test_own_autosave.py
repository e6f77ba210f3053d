"""What a form saved itself is no newer version of somebody else, even before it knows of it."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import get_default_page_content_type

from catalogue.models import ProcedurePage
from services.accounts.models import User
from tests.integration.catalogue.editor import Editor, newest

pytestmark = pytest.mark.django_db

CONFLICT = 409


def save_unanswered(editor: Editor) -> None:
    """This function will save in the background; the answer never reaches the form."""
    headers = {"accept": "application/json"}
    assert editor.client.post(editor.url, editor.data, headers=headers).json()["success"]


def test_an_autosave_under_way_is_the_forms_own(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, _second = editors
    first.set(summary="Một")
    save_unanswered(first)
    first.set(summary="Hai")
    assert first.save().status_code == 302
    assert newest(procedure).summary == "Hai"


def test_a_second_autosave_under_way_is_too(
    procedure: ProcedurePage, editors: list[Editor], people: list[User]
) -> None:
    first, _second = editors
    first.set(summary="Một")
    first.autosave()
    EditingSession.objects.create(  # somebody looks: the next autosave makes a version of its own
        user=people[1],
        content_type=get_default_page_content_type(),
        object_id=procedure.pk,
        last_seen_at=timezone.now(),
    )
    first.set(summary="Hai")
    save_unanswered(first)
    first.set(summary="Ba")
    assert first.save(publish=True).status_code == 302
    assert ProcedurePage.objects.get(pk=procedure.pk).summary == "Ba"


def test_a_second_device_of_the_same_person_is_refused(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, _second = editors
    phone = Editor(first.client, procedure)
    phone.set(summary="Trên điện thoại")
    save_unanswered(phone)
    first.set(summary="Trên máy tính")
    assert first.save().status_code == CONFLICT
    assert newest(procedure).summary == "Trên điện thoại"


def test_a_version_between_ones_own_is_not_skipped(
    procedure: ProcedurePage, editors: list[Editor], people: list[User]
) -> None:
    first, _second = editors
    first.set(summary="Một")
    save_unanswered(first)
    changed = newest(procedure)
    changed.summary = "Thay đổi hàng loạt"
    changed.save_revision(user=people[0])
    first.set(summary="Hai")
    assert first.save().status_code == CONFLICT
    assert newest(procedure).summary == "Thay đổi hàng loạt"


def test_the_name_of_a_form_is_no_free_pass(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, second = editors
    first.set(summary="Của An")
    save_unanswered(first)
    second.set(summary="Của Bình", editing_form="x" * 32)
    assert second.save().status_code == CONFLICT
    second.set(editing_form="")
    assert second.save().status_code == CONFLICT
