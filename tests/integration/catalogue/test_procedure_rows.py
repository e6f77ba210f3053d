"""The UUID of a row is its identity: it survives drafts, reverts, autosaves and translation."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from catalogue.models import ProcedurePage, RequiredDocument
from catalogue.selectors.loading import find_snapshot
from tests.factories import AgencyFactory, Portal, ProcedureFactory
from tests.factories.trees import locale
from tests.integration.catalogue.editor import Editor, errors_of, keys_of

pytestmark = pytest.mark.django_db

RELATIONS = ("cases", "offers", "fees", "documents", "steps", "results")


@pytest.fixture
def admin(client: Client) -> Client:
    user = get_user_model().objects.create_superuser("quan-tri", "quan-tri@example.vn", "x")
    client.force_login(user)
    return client


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    page = ProcedureFactory(parent=AgencyFactory(slug="so"), three_cases=True, slug="thu-tuc-mau")
    page.save_revision()
    return page


def all_keys(page: ProcedurePage) -> dict[str, list[str]]:
    return {relation: keys_of(page, relation) for relation in RELATIONS}


def draft(page: ProcedurePage) -> ProcedurePage:
    return ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_publishing_a_revision_keeps_every_key(procedure: ProcedurePage) -> None:
    before = all_keys(procedure)
    page = draft(procedure)
    page.documents.get(name="Tờ khai chung").name = "Tờ khai mới"
    page.save_revision().publish()
    assert all_keys(procedure) == before
    assert len({key for keys in before.values() for key in keys}) == 15


def test_a_revision_restores_a_deleted_row_under_its_own_key(procedure: ProcedurePage) -> None:
    before = keys_of(procedure)
    old = procedure.get_latest_revision()
    page = draft(procedure)
    page.documents = list(page.documents.all())[1:]
    page.save_revision().publish()
    assert keys_of(procedure) == before[1:]
    old.publish()
    assert keys_of(procedure) == before


def test_the_stored_snapshot_names_the_same_rows(procedure: ProcedurePage) -> None:
    snapshot = find_snapshot("/co-quan/so/thu-tuc-mau/")
    assert {r: [row["uuid"] for row in snapshot[r]] for r in RELATIONS} == all_keys(procedure)


# ── in the editor ─────────────────────────────────────────────────────────────────────────────


def test_saving_an_unchanged_form_changes_no_key(admin: Client, procedure: ProcedurePage) -> None:
    before = all_keys(procedure)
    for publish in (False, True):
        editor = Editor(admin, procedure)
        assert [editor.key("documents", n) for n in range(4)] == before["documents"]
        response = editor.save(publish=publish)
        assert response.status_code == 302, errors_of(response)
    assert all_keys(procedure) == before


def test_a_row_that_only_a_draft_has_keeps_its_key(admin: Client, procedure: ProcedurePage) -> None:
    editor = Editor(admin, procedure)
    editor.add_row("documents", name="Giấy mới", originals=1, copies=0, is_required="on")
    assert editor.save().status_code == 302
    (row,) = [row for row in draft(procedure).documents.all() if row.name == "Giấy mới"]
    key = str(row.translation_key)
    assert key not in keys_of(procedure)
    for publish in (False, False, True):
        editor = Editor(admin, procedure)
        assert editor.key("documents", 4) == key
        editor.save(publish=publish)
    assert keys_of(procedure)[4] == key


def test_reverting_in_the_editor_after_a_row_was_deleted(
    admin: Client, procedure: ProcedurePage
) -> None:
    before = all_keys(procedure)
    old = procedure.get_latest_revision()
    editor = Editor(admin, procedure)
    for relation, number in (("documents", 1), ("results", 0)):
        editor.delete_row(relation, number)
    response = editor.save(publish=True)
    assert response.status_code == 302, errors_of(response)
    assert len(keys_of(procedure)) == 3
    editor.revert(old)
    response = editor.save(publish=True)
    assert response.status_code == 302, errors_of(response)
    assert all_keys(procedure) == before


def test_autosave_tells_the_editor_the_key_of_a_new_row(
    admin: Client, procedure: ProcedurePage
) -> None:
    editor = Editor(admin, procedure)
    number = editor.add_row("documents", name="Giấy mới", originals=1, copies=0, is_required="on")
    answer = editor.autosave()
    key = editor.key("documents", number)
    assert key
    assert answer["field_updates"][f"documents-{number}-child_key"] == key
    for _again in range(2):
        editor.autosave()
        assert editor.key("documents", number) == key
    assert editor.save(publish=True).status_code == 302
    assert keys_of(procedure)[number] == key
    assert len(keys_of(procedure)) == 5


def test_a_new_case_may_be_chosen_in_the_post_that_makes_it(
    admin: Client, procedure: ProcedurePage
) -> None:
    editor = Editor(admin, procedure)
    editor.add_row("cases", name="Trường hợp bốn", code="dddddd")
    editor.add_row("fees", kind="amount", amount="5000", case_code="dddddd", method="", per="")
    response = editor.save(publish=True)
    assert response.status_code == 302, errors_of(response)
    page = ProcedurePage.objects.get(pk=procedure.pk)
    assert page.cases.filter(code="dddddd").exists()
    assert page.fees.filter(case_code="dddddd").count() == 1


def test_a_case_without_a_code_is_given_one(admin: Client, procedure: ProcedurePage) -> None:
    editor = Editor(admin, procedure)
    editor.add_row("cases", name="Trường hợp bốn", code="")
    assert editor.save(publish=True).status_code == 302
    code = ProcedurePage.objects.get(pk=procedure.pk).cases.get(name="Trường hợp bốn").code
    assert len(code) == 6


def test_a_case_in_use_is_not_deleted(admin: Client, procedure: ProcedurePage) -> None:
    editor = Editor(admin, procedure)
    editor.delete_row("cases", 1)
    response = editor.save(publish=True)
    assert response.status_code == 200
    assert any("trường hợp" in error.lower() for error in errors_of(response))
    assert len(keys_of(procedure, "cases")) == 3


def test_a_case_is_deleted_with_the_rows_that_name_it(
    admin: Client, procedure: ProcedurePage
) -> None:
    editor = Editor(admin, procedure)
    editor.delete_row("cases", 0)
    for relation in ("offers", "fees"):
        editor.delete_row(relation, 0)
    editor.delete_row("documents", 1)
    response = editor.save(publish=True)
    assert response.status_code == 302, errors_of(response)
    assert len(keys_of(procedure, "cases")) == 2


def test_a_key_of_another_page_is_refused(admin: Client, procedure: ProcedurePage) -> None:
    other = ProcedureFactory(parent=procedure.get_parent())
    editor = Editor(admin, procedure)
    editor.add_row(
        "documents", name="Giấy lạ", originals=1, copies=0, child_key=keys_of(other)[0]
    )  # fmt: skip
    response = editor.save(publish=True)
    assert response.status_code == 200
    assert len(keys_of(procedure)) == 4


def test_a_key_is_not_taken_twice_within_a_page(admin: Client, procedure: ProcedurePage) -> None:
    editor = Editor(admin, procedure)
    taken = editor.key("documents", 0)
    editor.add_row("documents", name="Giấy lặp", originals=1, copies=0, child_key=taken)
    response = editor.save(publish=True)
    assert response.status_code == 200
    assert keys_of(procedure).count(taken) == 1


def test_a_key_sent_for_an_existing_row_does_not_change_it(
    admin: Client, procedure: ProcedurePage
) -> None:
    before = keys_of(procedure)
    editor = Editor(admin, procedure)
    editor.set(documents__0__child_key=uuid4())
    editor.save(publish=True)
    assert keys_of(procedure) == before


@pytest.mark.parametrize(
    ("fields", "relation"),
    [
        ({"kind": "amount", "amount": "0"}, "fees"),
        ({"kind": "amount", "amount": ""}, "fees"),
        ({"kind": "percentage", "amount": ""}, "fees"),
        ({"kind": "amount", "amount": "-1"}, "fees"),
        ({"kind": "text", "text": ""}, "fees"),
        ({"method": "online", "duration": "5", "unit": ""}, "offers"),
        ({"method": "online", "duration": "-5", "unit": "day"}, "offers"),
    ],
)
def test_a_row_that_says_nothing_true_is_refused(
    admin: Client, procedure: ProcedurePage, relation: str, fields: dict[str, str]
) -> None:
    before = all_keys(procedure)
    editor = Editor(admin, procedure)
    editor.add_row(relation, **{"case_code": "", "method": "", **fields})
    response = editor.save(publish=True)
    assert response.status_code == 200
    assert all_keys(procedure) == before


# ── copies and translations ───────────────────────────────────────────────────────────────────


def test_a_copy_has_keys_of_its_own_and_no_code(admin: Client, procedure: ProcedurePage) -> None:
    before = all_keys(procedure)
    parent = procedure.get_parent().pk
    response = admin.post(
        reverse("wagtailadmin_pages:copy", args=[procedure.pk]),
        {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": parent},
    )
    assert response.status_code == 302
    copy = ProcedurePage.objects.get(slug="ban-sao")
    assert copy.key is None
    assert not copy.live
    after = all_keys(copy)
    assert {r: len(keys) for r, keys in after.items()} == {r: len(k) for r, k in before.items()}
    for relation in RELATIONS:
        assert not set(after[relation]) & set(before[relation])
    codes = set(copy.cases.values_list("code", flat=True))
    assert {row.case_code for row in copy.fees.all()} <= codes


def test_a_translation_has_the_same_keys(
    procedure: ProcedurePage, django_capture_on_commit_callbacks: Any
) -> None:
    source, _created = TranslationSource.update_or_create_from_instance(procedure)
    translation = Translation.objects.create(source=source, target_locale=locale("en"))
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=locale("en"),
            context=segment.context,
            defaults={"data": f"EN {segment.string.data}"},
        )
    with django_capture_on_commit_callbacks(execute=True):  # the package publishes only then
        translation.save_target(publish=True)
    own = ProcedurePage.objects.get(translation_key=procedure.translation_key, locale=locale("en"))
    assert own.live
    assert own.key is None
    assert own.slug == procedure.slug
    assert all_keys(own) == all_keys(procedure)
    assert own.documents.first().name.startswith("EN ")
    assert list(own.fees.values_list("case_code", "amount")) == list(
        procedure.fees.values_list("case_code", "amount")
    )
    assert [row.case_codes for row in own.documents.all()] == [
        row.case_codes for row in procedure.documents.all()
    ]


def test_a_case_code_names_a_case_within_its_page_only(procedure: ProcedurePage) -> None:
    other = ProcedureFactory(parent=procedure.get_parent(), three_cases=True)
    assert set(other.cases.values_list("code")) == set(procedure.cases.values_list("code"))
    assert RequiredDocument.objects.filter(page=other).count() == 4
