"""Two people have one page open: whoever saves second overwrites nothing and loses nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import get_default_page_content_type

from catalogue.models import ProcedurePage
from services.accounts.models import User
from tests.factories import NewsFactory
from tests.integration.catalogue.editor import Editor, newest, read_form

pytestmark = pytest.mark.django_db

CONFLICT = 409
SAVED = "Nguyễn Văn An đã lưu một phiên bản mới hơn"


def text_of(response: HttpResponse) -> str:
    document = BeautifulSoup(response.content.decode(), "html.parser")
    return " ".join(document.get_text(" ").split())


def form_of(response: HttpResponse) -> dict[str, list[str]]:
    assert response.status_code == CONFLICT
    response.status_code = 200
    return read_form(response)


def questions_of(response: HttpResponse) -> tuple[dict[str, list[str]], list[str]]:
    """What the page of questions would send, and the names of its questions."""
    assert response.status_code == CONFLICT
    form = BeautifulSoup(response.content.decode(), "html.parser").select_one(
        "main form.merge, main .merge form"
    )
    assert form is not None, text_of(response)
    data: dict[str, list[str]] = {}
    for field in form.select("input[type=hidden]"):
        data.setdefault(field["name"], []).append(field["value"])
    names = dict.fromkeys(field["name"] for field in form.select("input[type=radio]"))
    return data, list(names)


def test_the_second_save_is_refused_merged_and_then_saved(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, second = editors
    first.set(summary="Của An", documents__0__name="Tờ khai mới")
    first.add_row("documents", name="Giấy của An", originals=1, copies=0)
    assert first.save().status_code == 302
    revisions = procedure.revisions.count()

    second.set(authority="Của Bình", documents__1__name="Giấy chứng sinh (bản sao)")
    second.add_row("documents", name="Giấy của Bình", originals=1, copies=0)
    response = second.save()
    assert procedure.revisions.count() == revisions
    said = text_of(response)
    assert SAVED in said
    assert "không có gì bị mất" in said
    assert newest(procedure).summary == "Của An"

    second.data = form_of(response)
    assert second.data["summary"] == ["Của An"]
    assert second.data["authority"] == ["Của Bình"]
    assert second.save().status_code == 302
    saved = newest(procedure)
    assert (saved.summary, saved.authority) == ("Của An", "Của Bình")
    assert [row.name for row in saved.documents.all()] == [
        "Tờ khai mới",
        "Giấy chứng sinh (bản sao)",
        "Giấy của Bình",
        "Giấy của An",
    ]


def test_only_what_was_changed_is_told(procedure: ProcedurePage, editors: list[Editor]) -> None:
    first, second = editors
    first.set(summary="Của An")
    first.save()
    second.set(authority="Của Bình")
    document = BeautifulSoup(second.save().content.decode(), "html.parser")
    labels = [node.get_text(strip=True) for node in document.select(".merge dt")]
    assert len(labels) == 2, labels


def test_a_field_that_both_changed_is_asked(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, second = editors
    first.set(summary="Của An", documents__0__name="Tờ khai của An")
    first.save()
    second.set(summary="Của Bình", documents__0__name="Tờ khai của Bình", authority="Mới")
    data, names = questions_of(second.save())
    assert len(names) == 2
    key = second.key("documents", 0)
    assert names == ["merge:summary", f"merge:documents/{key}/name"]

    half = second.client.post(second.url, {**data, names[0]: "theirs"})
    assert questions_of(half)[1] == names
    assert "Hãy chọn cho từng ô" in text_of(half)
    answered = second.client.post(second.url, {**data, names[0]: "theirs", names[1]: "mine"})
    second.data = form_of(answered)
    assert second.data["summary"] == ["Của An"]
    assert second.data["documents-0-name"] == ["Tờ khai của Bình"]
    assert second.data["authority"] == ["Mới"]
    assert second.save(publish=True).status_code == 302
    saved = ProcedurePage.objects.get(pk=procedure.pk)
    assert (saved.summary, saved.authority) == ("Của An", "Mới")
    assert saved.documents.first().name == "Tờ khai của Bình"


def test_answers_about_an_older_version_count_for_nothing(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, second = editors
    first.set(summary="Của An")
    first.save()
    second.set(summary="Của Bình")
    data, names = questions_of(second.save())
    first = Editor(first.client, procedure)
    first.set(summary="Của An, lần hai")
    first.save()
    response = second.client.post(second.url, {**data, names[0]: "mine"})
    assert questions_of(response)[1] == names
    assert "lần hai" in text_of(response)


@pytest.mark.parametrize("action", ["action-publish", "action-submit", "action-cancel-workflow"])
def test_no_action_passes(procedure: ProcedurePage, editors: list[Editor], action: str) -> None:
    first, second = editors
    first.set(summary="Của An")
    first.save()
    second.set(authority="Của Bình")
    response = second.client.post(second.url, {**second.data, action: [action]})
    assert response.status_code == CONFLICT
    assert newest(procedure).authority == ""
    assert ProcedurePage.objects.get(pk=procedure.pk).summary == "Ban đầu"


def test_autosave_is_refused(procedure: ProcedurePage, editors: list[Editor]) -> None:
    first, second = editors
    first.set(summary="Của An")
    first.autosave()
    second.set(summary="Của Bình")
    answer = second.client.post(second.url, second.data, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert newest(procedure).summary == "Của An"


def test_autosave_keeps_the_version_that_another_has_open(
    procedure: ProcedurePage, editors: list[Editor], people: list[User]
) -> None:
    first, _second = editors
    EditingSession.objects.all().delete()
    first.set(summary="Một")
    first.autosave()
    first.set(summary="Hai")
    first.autosave()
    count = procedure.revisions.count()  # wrote over its own version
    EditingSession.objects.create(
        user=people[1],
        content_type=get_default_page_content_type(),
        object_id=procedure.pk,
        last_seen_at=timezone.now(),
    )
    late = Editor(editors[1].client, procedure)
    first.set(summary="Ba")
    first.autosave()
    assert procedure.revisions.count() == count + 1
    late.set(authority="Của Bình")
    assert form_of(late.save())["summary"] == ["Ba"]


def test_a_lost_start_asks_about_every_difference(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, second = editors
    first.set(summary="Một")
    first.autosave()
    late = Editor(second.client, procedure)
    EditingSession.objects.all().delete()
    first.set(summary="Hai")
    first.autosave()
    late.set(authority="Của Bình")
    _data, names = questions_of(late.save())
    assert names == ["merge:summary", "merge:authority"]


def test_a_form_with_faults_stays_where_it_was(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, second = editors
    first.set(summary="Của An")
    first.save()
    second.set(authority="Của Bình", filing_url="không phải địa chỉ")
    response = second.save()
    assert SAVED in text_of(response)
    second.data = form_of(response)
    assert second.data["authority"] == ["Của Bình"]
    second.set(filing_url="")
    second.data = form_of(second.save())  # still refused: now it is merged
    assert (second.data["summary"], second.data["authority"]) == (["Của An"], ["Của Bình"])


def test_a_form_that_tells_no_version_is_refused(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, _second = editors
    del first.data["loaded_revision_id"]
    first.set(summary="Không rõ")
    assert first.save().status_code == CONFLICT


def test_an_older_version_is_restored_on_the_newest_only(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, second = editors
    old = procedure.get_latest_revision()
    first.set(summary="Của An")
    first.save()
    second.revert(old)
    first = Editor(first.client, procedure)
    first.set(authority="Của An")
    first.save()
    assert second.save().status_code == CONFLICT
    assert newest(procedure).authority == "Của An"


def test_one_person_goes_on_undisturbed(procedure: ProcedurePage, editors: list[Editor]) -> None:
    first, _second = editors
    for text in ("Một", "Hai"):
        first.set(summary=text)
        first.autosave()
    assert first.save().status_code == 302
    first = Editor(first.client, procedure)
    first.set(summary="Ba")
    assert first.save(publish=True).status_code == 302
    assert ProcedurePage.objects.get(pk=procedure.pk).summary == "Ba"


def test_a_comment_in_the_margin_is_kept(portal: Any, admin_user: User) -> None:
    news = NewsFactory(title="Tin ban đầu")
    news.save_revision()
    client = Client()
    client.force_login(admin_user)
    editor = Editor(client, news)
    news.seo_title = "Của người khác"
    news.save_revision(user=admin_user)
    editor.set(
        title="Tin của tôi",
        body__count=0,
        comments__TOTAL_FORMS=1,
        comments__INITIAL_FORMS=0,
        comments__0__id="",
        comments__0__contentpath="title",
        comments__0__text="Hỏi lại Sở",
        comments__0__position="",
        comments__0__replies__TOTAL_FORMS=0,
        comments__0__replies__INITIAL_FORMS=0,
    )
    response = editor.save()
    assert response.status_code == CONFLICT
    comments = BeautifulSoup(response.content.decode(), "html.parser").select_one("#comments-data")
    assert "Hỏi lại Sở" in json.loads(comments.string)["comments"][0]["text"]


def test_a_page_may_be_scheduled(procedure: ProcedurePage, editors: list[Editor]) -> None:
    first, _second = editors
    first.set(go_live_at="2027-01-04 08:00")
    assert first.save(publish=True).status_code == 302
    assert newest(procedure).go_live_at is not None
    assert ProcedurePage.objects.get(pk=procedure.pk).scheduled_revision is not None


def test_a_form_that_pretends_to_be_a_translation_is_refused(
    procedure: ProcedurePage, editors: list[Editor]
) -> None:
    first, _second = editors
    first.set(summary="Lách", action="publish")
    assert first.save().status_code == 400
    assert newest(procedure).summary == "Ban đầu"
