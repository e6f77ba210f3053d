"""The pages that every portal has: made once, in both languages, and then left alone."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from wagtail.models import Page, Task, Workflow
from wagtail_localize.models import Translation

from catalogue.models import StandardPage
from home.actions import prepare_portal
from services.accounts.models import AgencyAccess
from services.accounts.states import Role
from tests.factories import AgencyFactory
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db

ADDRESSES = ["co-quan", "huong-dan", "tin-tuc", "kha-nang-tiep-can", "quyen-rieng-tu"]


@pytest.mark.undefined_variables
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_answers_in_both_languages(client: Client, prefix: str) -> None:
    call_command("prepare_portal", verbosity=0)
    for slug in ADDRESSES:
        assert client.get(f"{prefix}/{slug}/").status_code == 200, slug


def test_nothing_of_the_translations_is_missing() -> None:
    prepare_portal()
    for item in Translation.objects.all():
        total, done = item.get_progress()
        assert total == done, item.source


def test_a_second_time_changes_nothing_and_keeps_an_editors_words() -> None:
    prepare_portal()
    page = StandardPage.objects.get(slug="quyen-rieng-tu", locale__language_code="vi")
    page.title = "Dữ liệu của bạn"
    page.save_revision().publish()
    count = Page.objects.count()
    prepare_portal()
    assert Page.objects.count() == count
    page.refresh_from_db()
    assert page.title == "Dữ liệu của bạn"
    assert not any(Page.find_problems())


def test_names_of_workflows_are_mended(portal: object) -> None:
    agency = AgencyFactory(title="Sở Minh hoạ")
    make_member(agency, Role.REVIEWER)
    access = AgencyAccess.objects.get(agency=agency)
    Workflow.objects.filter(pk=access.workflow_id).update(name="Sở Minh hoạ – approval")
    Task.objects.filter(pk=access.task_id).update(name="Sở Minh hoạ – approval")
    with translation.override("en"):
        call_command("prepare_portal", stdout=StringIO())
    access.refresh_from_db()
    assert access.workflow.name == access.task.name == "Sở Minh hoạ – phê duyệt"
