"""An address that citizens know leads on after a page was renamed or moved, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from catalogue.models import AgencyPage
from tests.factories import AgencyFactory, ProcedureFactory, translate
from tests.integration.catalogue.editor import Editor

pytestmark = [pytest.mark.django_db, pytest.mark.undefined_variables]


@pytest.fixture
def agency(portal: Any) -> AgencyPage:
    agency = AgencyFactory(title="Sở Cũ", slug="so-cu")
    translate(agency, title="Old office")
    procedure = ProcedureFactory(parent=agency, slug="khai-sinh", official_name="Khai sinh")
    translate(procedure, title="Birth", official_name="Birth registration")
    ProcedureFactory(parent=agency, slug="chua-dich", official_name="Chưa dịch")
    return agency


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


@pytest.fixture
def admin(admin_client: Client) -> Client:
    return admin_client


def lands(address: str) -> tuple[int, str]:
    """The last answer to an address, and where a reader stands then."""
    response = Client().get(address, follow=True)
    chain = getattr(response, "redirect_chain", [])
    assert all(status == 301 for _address, status in chain), chain
    return response.status_code, response.request["PATH_INFO"]


def rename(admin: Client, page: Page, slug: str) -> None:
    editor = Editor(admin, page)
    editor.set(slug=slug)
    assert editor.save(publish=True).status_code == 302


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["", "khai-sinh/", "chua-dich/"])
def test_a_new_name_leads_on(
    agency: AgencyPage, admin: Client, on_commit: Any, prefix: str, path: str
) -> None:
    with on_commit(execute=True):
        rename(admin, agency, "so-moi")
    there = f"{prefix}/co-quan/so-moi/{path}"
    assert lands(f"{prefix}/co-quan/so-cu/{path}") == (200, there)
    assert lands(there) == (200, there)
    with on_commit(execute=True):
        rename(admin, agency, "so-moi-nua")
    assert lands(f"{prefix}/co-quan/so-cu/{path}") == (200, f"{prefix}/co-quan/so-moi-nua/{path}")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["", "khai-sinh/", "chua-dich/"])
@pytest.mark.parametrize("is_translated", [True, False])
def test_a_move_leads_on(
    agency: AgencyPage, admin: Client, on_commit: Any, prefix: str, path: str, is_translated: bool
) -> None:
    target = AgencyFactory(title="Sở Đích", slug="so-dich")
    if is_translated:
        translate(target, title="Target")
    url = reverse("wagtailadmin_pages:move_confirm", args=[agency.pk, target.pk])
    with on_commit(execute=True):
        assert admin.post(url).status_code == 302
    there = f"{prefix}/co-quan/so-dich/so-cu/{path}"
    assert lands(f"{prefix}/co-quan/so-cu/{path}") == (200, there)
    assert lands(there) == (200, there)
    english = agency.get_translation(Locale.objects.get(language_code="en"))
    assert english.get_parent().translation_key == target.translation_key


def test_the_newest_draft_of_a_translation_follows(
    agency: AgencyPage, admin: Client, on_commit: Any
) -> None:
    english = agency.get_translation(Locale.objects.get(language_code="en"))
    english.save_revision()
    with on_commit(execute=True):
        rename(admin, agency, "so-moi")
    Page.objects.get(pk=english.pk).get_latest_revision().publish()
    english.refresh_from_db()
    assert english.slug == "so-moi"


def test_a_translation_with_a_name_of_its_own_keeps_it(
    agency: AgencyPage, admin: Client, on_commit: Any
) -> None:
    english = agency.get_translation(Locale.objects.get(language_code="en")).specific
    english.slug = "old-office"
    english.save()
    with on_commit(execute=True):
        rename(admin, agency, "so-moi")
    english.refresh_from_db()
    assert english.slug == "old-office"


def test_an_address_that_never_was_is_not_found(agency: AgencyPage) -> None:
    assert lands("/en/co-quan/chua-tung-co/")[0] == 404
