"""Nobody points from their own page at what belongs to others, or learns its name by trying."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from catalogue.models import OutageNotice, ProcedurePage
from cms.core.models import PortalDocument, PortalImage
from services.accounts.models import AgencyAccess, User
from services.accounts.states import Role
from tests.factories import AgencyFactory, Portal, ProcedureFactory, StandardFactory
from tests.factories.members import make_member
from tests.integration.catalogue.editor import Editor, errors_of

pytestmark = pytest.mark.django_db
TOKEN = "zqx7bimat"


@dataclass
class Case:
    client: Client
    user: User
    page: ProcedurePage
    theirs: dict[str, Any]


def make_media(agency: Any, title: str) -> dict[str, Any]:
    collection = AgencyAccess.objects.get(agency=agency).collection
    own = {"title": title, "collection": collection}
    return {
        "image": PortalImage.objects.create(file=get_test_image_file(), **own),
        "document": PortalDocument.objects.create(file=ContentFile(b"%PDF", "don.pdf"), **own),
    }


@pytest.fixture
def case(portal: Portal) -> Case:
    ours, theirs = AgencyFactory(title="Sở An"), AgencyFactory(title="Sở Bình")
    user = make_member(ours, Role.EDITOR)
    make_member(theirs, Role.EDITOR)
    draft = ProcedureFactory(parent=theirs, official_name=f"Nháp {TOKEN}", quiet=True)
    Page.objects.filter(pk=draft.pk).update(live=False)
    live = ProcedureFactory(parent=theirs, official_name="Công khai")
    client = Client()
    client.force_login(user)
    page = ProcedureFactory(parent=ours)
    return Case(
        client, user, page, {"draft": draft, "live": live, **make_media(theirs, f"Tệp {TOKEN}")}
    )


def link(kind: str, key: int) -> str:
    """This function will return rich text as the editor's script sends it."""
    block = {
        "key": "aaaaa", "type": "unstyled", "text": "liên kết", "depth": 0,
        "inlineStyleRanges": [], "entityRanges": [{"offset": 0, "length": 8, "key": 0}],
    }  # fmt: skip
    entity = {"type": kind, "mutability": "MUTABLE", "data": {"id": key}}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


FOREIGN = {
    "page by a chooser": lambda t: {"successor": t["draft"].pk},
    "pages by a list": lambda t: {"related_procedures": [t["draft"].pk]},
    "file of a row": lambda t: {"documents__0__form_file": t["document"].pk},
    "link to a draft": lambda t: {"conditions": link("LINK", t["draft"].pk)},
    "link to a file": lambda t: {"conditions": link("DOCUMENT", t["document"].pk)},
}


@pytest.mark.parametrize("also_invalid", [False, True])
@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_reference_is_refused(case: Case, kind: str, also_invalid: bool) -> None:
    editor = Editor(case.client, case.page)
    editor.set(**FOREIGN[kind](case.theirs))
    if also_invalid:
        editor.set(official_name="", title="")
    revisions = case.page.revisions.count()
    for answer in (editor.save(), case.client.post(editor.url, editor.data)):
        assert TOKEN not in answer.content.decode()
        assert answer.status_code in {200, 302, 403}
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[case.page.pk])
    for answer in (case.client.post(preview, editor.data), case.client.get(preview)):
        assert TOKEN not in answer.content.decode()
    assert case.page.revisions.count() == revisions


@pytest.mark.parametrize("kind", FOREIGN)
def test_autosave_refuses_it_too(case: Case, kind: str) -> None:
    editor = Editor(case.client, case.page)
    editor.set(**FOREIGN[kind](case.theirs))
    headers = {"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
    answer = case.client.post(editor.url, editor.data, headers=headers)
    assert TOKEN not in answer.content.decode()
    assert not case.page.revisions.exists()


def test_lists_do_not_offer_drafts_of_others(case: Case) -> None:
    content = case.client.get(reverse("wagtailadmin_pages:edit", args=[case.page.pk])).content
    assert TOKEN not in content.decode()


def test_live_pages_of_others_may_be_chosen(case: Case) -> None:
    editor = Editor(case.client, case.page)
    live = case.theirs["live"]
    editor.set(successor=live.pk, conditions=link("LINK", live.pk))
    answer = editor.save()
    assert answer.status_code == 302, errors_of(answer)
    saved = ProcedurePage.objects.get(pk=case.page.pk).get_latest_revision_as_object()
    assert saved.successor_id == live.pk, answer["Location"]
    assert f'id="{live.pk}"' in saved.conditions


def test_what_was_chosen_before_stays(case: Case) -> None:
    """A page that its owners took back later does not stop the work on ours."""
    live = case.theirs["live"]
    case.page.successor = live
    case.page.related_procedures = [live]
    case.page.save()
    Page.objects.filter(pk=live.pk).update(live=False)
    editor = Editor(case.client, case.page)
    editor.set(summary="Sửa một dòng")
    assert editor.save().status_code == 302
    saved = ProcedurePage.objects.get(pk=case.page.pk).get_latest_revision_as_object()
    assert saved.successor_id == live.pk
    assert [page.pk for page in saved.related_procedures.all()] == [live.pk]


@pytest.mark.parametrize("also_invalid", [False, True])
@pytest.mark.parametrize("kind", ["file", "image", "text"])
def test_streams_are_read_through(case: Case, kind: str, also_invalid: bool) -> None:
    """Pictures, files and links in a stream are found, whether or not the stream is valid."""
    right = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    page = StandardFactory()
    group = case.user.groups.get()
    GroupPagePermission.objects.create(group=group, page=page, permission=right)
    block = {
        "file": case.theirs["document"].pk,
        "image": {"image": case.theirs["image"].pk, "alt_text": "x", "decorative": ""},
        "text": link("DOCUMENT", case.theirs["document"].pk),
    }[kind]
    blocks = [(kind, block)]
    if also_invalid:
        blocks.append(("callout", {"kind": "nothing", "text": rich_text("")}))
    editor = Editor(case.client, page)
    fields = nested_form_data({"body": streamfield(blocks)})
    editor.data |= {name: [str(value)] for name, value in fields.items()}
    answer = editor.save()
    assert TOKEN not in answer.content.decode()
    assert answer.status_code in {302, 403}
    assert not page.revisions.exists()


def test_outage_notice_names_own_procedures_alone(case: Case) -> None:
    head = make_member(case.page.get_parent().specific, Role.HEAD)
    client = Client()
    client.force_login(head)
    add = reverse("wagtailsnippets_catalogue_outagenotice:add")
    assert TOKEN not in client.get(add).content.decode()
    data = {
        "headline": "Bảo trì", "headline_en": "", "text": "", "text_en": "", "announced_at": "",
        "starts_at": "2026-12-01 08:00", "ends_at": "2026-12-01 10:00",
    }  # fmt: skip
    for foreign in ("draft", "live"):
        answer = client.post(add, {**data, "procedures": [case.theirs[foreign].pk]})
        assert answer.status_code in {200, 302, 403}
        assert TOKEN not in answer.content.decode()
    assert client.post(add, data).status_code == 200  # the whole portal is not theirs
    assert not OutageNotice.objects.exists()
    assert client.post(add, {**data, "procedures": [case.page.pk]}).status_code == 302
    notice = OutageNotice.objects.get()
    edit = reverse("wagtailsnippets_catalogue_outagenotice:edit", args=[notice.pk])
    assert client.get(edit).status_code == 200
    assert case.client.get(edit).status_code in {302, 404}  # an editor keeps no notices
