"""Addresses last: a page moved, renamed or given another code is still found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from catalogue.models import CatalogueSummary, ProcedureListing, ProcedurePage
from tests.factories import AgencyFactory, Portal, ProcedureFactory, translate
from tests.integration.html import get, main_text, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/co-quan/so-y-te/khai-sinh/"
NAME = "Đăng ký khai sinh"
KEY = "1.001193"


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    agency = AgencyFactory(title="Sở Y tế minh hoạ", slug="so-y-te")
    return ProcedureFactory(parent=agency, official_name=NAME, slug="khai-sinh", key=KEY)


@pytest.fixture
def publish(django_capture_on_commit_callbacks: Any) -> Callable[[Page], None]:
    """Publishes with what Wagtail does after the commit: it announces a new slug only then."""

    def run(page: Page) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return run


def draft(page: ProcedurePage) -> ProcedurePage:
    return ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def rename_key(page: ProcedurePage, key: str) -> None:
    page = draft(page)
    page.key = key
    page.save_revision().publish()


def assert_leads(client: Client, old: str, new: str) -> None:
    response = client.get(old)
    assert response.status_code in {301, 302}, f"{old} answers {response.status_code}"
    assert response["Location"] == new


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_code_leads_to_its_page(client: Client, procedure: ProcedurePage, prefix: str) -> None:
    assert_leads(client, f"{prefix}/thu-tuc/{KEY}/", f"{prefix}{ADDRESS}")
    if prefix:
        translate(procedure, official_name="Registration of birth")
        assert_leads(client, f"{prefix}/thu-tuc/{KEY}/", f"{prefix}{ADDRESS}")


@pytest.mark.parametrize("key", ["khong-co", "1.001193x", "1.001193.", "%25", "a" * 300])
@pytest.mark.parametrize("name", ["", "bieu-mau.zip", "qr.svg"])
def test_an_unknown_code_is_not_found(
    client: Client, procedure: ProcedurePage, key: str, name: str
) -> None:
    assert client.get(f"/thu-tuc/{key}/{name}").status_code == 404


def test_every_code_that_a_page_ever_had_leads_to_it(
    client: Client, procedure: ProcedurePage
) -> None:
    for key in ("2.000001", "3.000001"):
        rename_key(procedure, key)
    for key in (KEY, "2.000001", "3.000001"):
        assert_leads(client, f"/thu-tuc/{key}/", ADDRESS)


def test_a_code_changed_while_unpublished_leads_to_the_page_too(
    client: Client, procedure: ProcedurePage
) -> None:
    procedure.unpublish()
    rename_key(procedure, "2.000001")
    assert_leads(client, f"/thu-tuc/{KEY}/", ADDRESS)


def test_a_code_given_to_another_page_leads_to_that_one(
    client: Client, procedure: ProcedurePage
) -> None:
    rename_key(procedure, "2.000001")
    ProcedureFactory(parent=procedure.get_parent(), slug="khac", key=KEY)
    assert_leads(client, f"/thu-tuc/{KEY}/", "/co-quan/so-y-te/khac/")
    assert_leads(client, "/thu-tuc/2.000001/", ADDRESS)


def test_a_code_of_ones_own_choice_leads_to_its_page(client: Client, portal: Portal) -> None:
    page = ProcedureFactory(key="cấp lại/thẻ", slug="the", parent=AgencyFactory(slug="so"))
    listing = ProcedureListing.objects.get(pk=page.pk)
    assert listing.key == "cấp lại/thẻ"
    assert client.get("/co-quan/so/the/").status_code == 200


def test_another_slug_leaves_the_old_address_leading_there(
    client: Client, procedure: ProcedurePage, publish: Callable[[Page], None]
) -> None:
    page = draft(procedure)
    page.slug = "khai-sinh-moi"
    publish(page)
    new = "/co-quan/so-y-te/khai-sinh-moi/"
    assert get(client, new).h1.get_text() == NAME
    assert new in str(get(client, "/thu-tuc/"))
    assert ADDRESS not in str(get(client, "/thu-tuc/"))
    assert_leads(client, ADDRESS, new)
    assert_leads(client, f"/thu-tuc/{KEY}/", new)


def test_an_agency_with_another_slug_takes_its_procedures_along(
    client: Client, procedure: ProcedurePage, publish: Callable[[Page], None]
) -> None:
    agency = procedure.get_parent().specific
    agency.slug = "so-y-te-moi"
    publish(agency)
    new = "/co-quan/so-y-te-moi/khai-sinh/"
    assert get(client, new).h1.get_text() == NAME
    assert get(client, f"/en{new}").h1.get_text() == NAME
    assert new in str(get(client, "/thu-tuc/?co-quan=so-y-te-moi"))
    assert_leads(client, f"/thu-tuc/{KEY}/", new)
    assert_leads(client, ADDRESS, new)
    assert_leads(client, "/co-quan/so-y-te/", "/co-quan/so-y-te-moi/")


def test_a_renamed_agency_is_renamed_everywhere(client: Client, procedure: ProcedurePage) -> None:
    agency = procedure.get_parent().specific
    agency.title = "Sở Y tế thành phố"
    agency.save_revision().publish()
    for address in ("/co-quan/", "/co-quan/so-y-te/", ADDRESS, f"/en{ADDRESS}", "/thu-tuc/", "/"):
        text = text_of(get(client, address))
        assert "Sở Y tế thành phố" in text, address
        assert "Sở Y tế minh hoạ" not in text, address


def test_a_moved_procedure_belongs_to_its_new_agency(
    client: Client, procedure: ProcedurePage
) -> None:
    other = AgencyFactory(title="Sở Khác", slug="so-khac")
    old_agency = procedure.get_parent()
    procedure.move(other, pos="last-child")
    new = "/co-quan/so-khac/khai-sinh/"
    assert get(client, new).h1.get_text() == NAME
    assert "Sở Khác" in main_text(get(client, new))
    assert_leads(client, ADDRESS, new)
    assert_leads(client, f"/thu-tuc/{KEY}/", new)
    assert NAME in main_text(get(client, "/thu-tuc/?co-quan=so-khac"))
    counts = CatalogueSummary.objects.get().counts["agency"]
    assert counts == {str(other.pk): 1}
    assert str(old_agency.pk) not in counts


def test_a_unit_counts_for_the_agency_above_and_for_its_counters(
    client: Client, portal: Portal
) -> None:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so")
    unit = AgencyFactory(parent=agency, title="Chi cục Minh hoạ", slug="chi-cuc", kind="unit")
    group = AgencyFactory(group=True, title="Xã, phường", slug="xa-phuong")
    counter = AgencyFactory(
        parent=group, commune_counter=True, title="Phường Minh Hoạ", slug="phuong"
    )
    page = ProcedureFactory(parent=unit, official_name=NAME, handled_at=[group])
    counts = CatalogueSummary.objects.get().counts["agency"]
    assert counts == {str(agency.pk): 1, str(unit.pk): 1, str(group.pk): 1}
    for address in ("/co-quan/so/", "/co-quan/so/chi-cuc/", "/co-quan/xa-phuong/phuong/"):
        assert NAME in main_text(get(client, address)), address
    text = main_text(get(client, f"{page.get_url().replace('http://localhost', '')}"))
    assert "Phường Minh Hoạ" in text
    assert counter.title in text


def test_searching_folds_words_and_keeps_vietnamese_order(client: Client, portal: Portal) -> None:
    agency = AgencyFactory(slug="so")
    for name in ("Đăng ký nhãn hiệu", "Dạy nghề", "Ấn phẩm", "Ảnh thẻ", "An toàn"):
        ProcedureFactory(parent=agency, official_name=name)
    with translation.override("vi"):
        document = get(client, "/thu-tuc/")
    titles = [heading.get_text() for heading in document.select(".mc-row__title")]
    assert titles == ["An toàn", "Ảnh thẻ", "Ấn phẩm", "Dạy nghề", "Đăng ký nhãn hiệu"]
    for words in ("dang ky nhan", "ĐĂNG KÝ", "nhãn đăng", "Đăng ký"):
        document = get(client, f"/thu-tuc/?q={words}")
        titles = [heading.get_text() for heading in document.select(".mc-row__title")]
        assert titles == ["Đăng ký nhãn hiệu"], words
