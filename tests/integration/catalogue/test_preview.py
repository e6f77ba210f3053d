"""A preview shows the draft; what is stored for the live page stays as it is."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from catalogue.models import (
    AgencyBankAccount,
    ProcedureFee,
    ProcedureListing,
    ProcedurePage,
    RequiredDocument,
)
from tests.factories import (
    AgencyFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    translate,
)
from tests.integration.html import get, main_text, parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    page = ProcedureFactory(parent=AgencyFactory(slug="so"), slug="mau", official_name="Tên cũ")
    page.save_revision().publish()
    return page


def draft(page: Page) -> Any:
    return page.specific_class.objects.get(pk=page.pk).get_latest_revision_as_object()


def preview(page: Page) -> BeautifulSoup:
    with translation.override(page.locale.language_code):
        return parse(page.make_preview_request())


def test_a_draft_is_previewed_with_its_own_rows(client: Client, procedure: ProcedurePage) -> None:
    page = draft(procedure)
    page.title = page.official_name = "Tên mới"
    page.fees = [ProcedureFee(kind="amount", amount=77_000)]
    page.documents = [RequiredDocument(name="Giấy của bản nháp")]
    page.steps = []
    page.sectors = [SectorFactory(name="Lĩnh vực mới")]
    page.save_revision()
    text = main_text(preview(draft(procedure)))
    for words in ("Tên mới", "77.000 đồng", "Giấy của bản nháp", "Lĩnh vực mới"):
        assert words in text, words
    for words in ("Tên cũ", "30.000 đồng", "Giấy tờ số 1", "Nộp tại quầy"):
        assert words not in text, words
    live = main_text(get(client, "/co-quan/so/mau/"))
    assert "30.000 đồng" in live
    assert "77.000" not in live


def test_a_draft_without_rows_says_what_is_not_published(procedure: ProcedurePage) -> None:
    page = draft(procedure)
    for relation in ("cases", "offers", "fees", "documents", "steps", "results"):
        setattr(page, relation, [])
    page.save_revision()
    text = main_text(preview(draft(procedure)))
    assert "chưa công bố" in text.lower()
    assert "30.000" not in text
    assert "0 đồng" not in text


def test_a_preview_stores_nothing(procedure: ProcedurePage) -> None:
    before = ProcedureListing.objects.values().get()
    page = draft(procedure)
    page.fees = []
    page.save_revision()
    preview(draft(procedure))
    assert ProcedureListing.objects.values().get() == before


def test_a_page_that_was_never_published_is_previewed(portal: Portal) -> None:
    agency = AgencyFactory()
    page = ProcedurePage(official_name="Thủ tục nháp", key="9.000001", live=False)
    page.fees = [ProcedureFee(kind="free")]
    agency.add_child(instance=page)
    page.save_revision()
    text = main_text(preview(draft(page)))
    assert "Thủ tục nháp" in text
    assert "Miễn phí" in text
    assert not ProcedureListing.objects.exists()


def test_a_translation_is_previewed_with_live_facts(procedure: ProcedurePage) -> None:
    own = translate(procedure, official_name="Old name")
    own.official_name = "Draft name"
    own.save_revision()
    text = main_text(preview(draft(own)))
    assert "Draft name" in text
    assert "30.000 đồng" in text


def test_a_draft_of_an_agency_is_previewed(client: Client, portal: Portal) -> None:
    agency = AgencyFactory(title="Sở cũ", slug="so")
    page = draft(agency)
    page.title = "Sở mới"
    page.bank_accounts = [AgencyBankAccount(bank="970436", number="0555000099", holder="SỞ MỚI")]
    page.save_revision()
    text = main_text(preview(draft(agency)))
    assert "Sở mới" in text
    assert "0555 0000 99" in text
    assert "0555" not in main_text(get(client, "/co-quan/so/"))
