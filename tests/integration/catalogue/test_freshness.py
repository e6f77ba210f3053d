"""A published change is right in the next request: on the page, at /en/, in lists and totals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from catalogue.models import (
    AgencyBankAccount,
    CatalogueSummary,
    ListingFacet,
    ProcedureListing,
    ProcedureOffer,
    ProcedurePage,
    RequiredDocument,
)
from catalogue.selectors.summary import get_summary
from cms.core.frame_state import get_frame_state
from cms.core.models import FrameState
from home.models import FeaturedProcedure
from tests.factories import (
    AgencyFactory,
    LifeEventFactory,
    OutageFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    translate,
)
from tests.integration.html import get, main_text, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/co-quan/so-y-te/khai-sinh/"
NAME = "Đăng ký khai sinh"


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    agency = AgencyFactory(title="Sở Y tế minh hoạ", slug="so-y-te")
    return ProcedureFactory(
        parent=agency, official_name=NAME, slug="khai-sinh", key="1.001193",
        sectors=[SectorFactory(name="Hộ tịch", english="Civil status")],
        life_events=[LifeEventFactory(name="Sinh con")],
    )  # fmt: skip


def fresh(page: ProcedurePage) -> ProcedurePage:
    return ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def save(page: ProcedurePage) -> None:
    page.save_revision().publish()


def both(client: Client, address: str = ADDRESS) -> list[BeautifulSoup]:
    return [get(client, address), get(client, f"/en{address}")]


# ── facts at /en/ ─────────────────────────────────────────────────────────────────────────────


def new_fee(page: ProcedurePage) -> None:
    row = page.fees.first()
    row.amount = 45_000
    page.fees = [row]


def new_time(page: ProcedurePage) -> None:
    page.offers = [ProcedureOffer(method="online", duration=7, unit="day")]


def more_papers(page: ProcedurePage) -> None:
    page.documents = [RequiredDocument(name=f"Giấy {n}", copies=3) for n in range(5)]


def full_level(page: ProcedurePage) -> None:
    page.service_level = "full"


def repeal(page: ProcedurePage) -> None:
    page.is_repealed = True


def unverified(page: ProcedurePage) -> None:
    page.facts_status = "unverified"


def new_decision(page: ProcedurePage) -> None:
    page.decision_number = "99/QĐ-UBND"


CHANGES: list[tuple[Callable[[ProcedurePage], None], str, str]] = [
    (new_fee, "45.000 đồng", "45.000 đồng"),
    (new_time, "7 ngày", "7 days"),
    (more_papers, "5 loại giấy tờ", "5 papers"),
    (more_papers, "3 bản sao", "3 copies"),
    (full_level, "Toàn trình", "Full online service"),
    (repeal, "Thủ tục này đã bị bãi bỏ", "This procedure is repealed"),
    (unverified, "Số liệu minh hoạ, chưa xác minh", "Illustrative figures, not verified"),
    (new_decision, "99/QĐ-UBND", "99/QĐ-UBND"),
]


@pytest.mark.parametrize("translated", [False, True])
@pytest.mark.parametrize(("change", "vietnamese", "english"), CHANGES)
def test_a_fact_changed_in_vietnamese_is_right_in_english(
    client: Client,
    procedure: ProcedurePage,
    change: Callable[[ProcedurePage], None],
    vietnamese: str,
    english: str,
    translated: bool,
) -> None:
    if translated:
        translate(procedure, official_name="Registration of birth")
    before = [main_text(document).lower() for document in both(client)]
    assert vietnamese.lower() not in before[0]
    assert english.lower() not in before[1]
    page = fresh(procedure)
    change(page)
    save(page)
    after = [main_text(document).lower() for document in both(client)]
    assert vietnamese.lower() in after[0]
    assert english.lower() in after[1]


def test_a_new_account_of_the_agency_is_right_at_once(
    client: Client, procedure: ProcedurePage
) -> None:
    translate(procedure, official_name="Registration of birth")
    agency = procedure.get_parent().specific
    agency.bank_accounts = [AgencyBankAccount(bank="970436", number="0999000012", holder="SỞ MỚI")]
    agency.save_revision().publish()
    for document in both(client):
        assert "0999 0000 12" in main_text(document)
        assert "SỞ MỚI" in main_text(document)
        assert "0111" not in text_of(document.find(id="thanh-toan"))


def test_an_outage_is_told_in_both_languages_and_over_when_deleted(
    client: Client, procedure: ProcedurePage
) -> None:
    notice = OutageFactory(procedures=[procedure])
    vietnamese, english = (main_text(document) for document in both(client))
    assert "Bảo trì hệ thống minh hoạ" in vietnamese
    assert "Illustrative maintenance" in english
    assert "Bảo trì hệ thống minh hoạ" not in text_of(get(client, "/thu-tuc/"))
    notice.delete()
    assert "Bảo trì hệ thống minh hoạ" not in main_text(get(client, ADDRESS))


def test_an_outage_of_the_portal_is_told_on_every_page(
    client: Client, procedure: ProcedurePage
) -> None:
    OutageFactory()
    for address in (ADDRESS, "/thu-tuc/", "/", "/co-quan/", "/khong-co/"):
        assert "Bảo trì hệ thống minh hoạ" in client.get(address).content.decode(), address
    assert "Illustrative maintenance" in text_of(get(client, "/en/thu-tuc/"))


@pytest.mark.parametrize(("trait", "shown"), [("announced", True), ("over", False)])
def test_an_outage_is_told_from_its_announcement_to_its_end(
    client: Client, procedure: ProcedurePage, trait: str, shown: bool
) -> None:
    OutageFactory(**{trait: True})
    assert ("Bảo trì hệ thống minh hoạ" in text_of(get(client, "/"))) is shown


def test_words_of_a_translation_stay_until_they_are_translated_again(
    client: Client, procedure: ProcedurePage
) -> None:
    translate(
        procedure, {"documents": [{"name": "Form"}, {"name": "Passport"}]}, official_name="Birth"
    )
    page = fresh(procedure)
    new_fee(page)
    save(page)
    text = main_text(get(client, f"/en{ADDRESS}"))
    assert "Passport" in text
    assert "45.000 đồng" in text


# ── lists, counts, home ───────────────────────────────────────────────────────────────────────


def facet_values(page: ProcedurePage) -> set[tuple[str, str]]:
    return set(ListingFacet.objects.filter(listing_id=page.pk).values_list("kind", "value"))


def test_a_published_page_is_at_once_in_lists_totals_and_on_the_home_page(
    client: Client, procedure: ProcedurePage, portal: Portal
) -> None:
    FeaturedProcedure.objects.create(page=portal.home, procedure=procedure, sort_order=0)
    agency = procedure.get_parent()
    addresses = [
        "/thu-tuc/", "/thu-tuc/?q=khai+sinh", "/linh-vuc/ho-tich/", "/su-kien/sinh-con/",
        "/doi-tuong/citizen/", "/co-quan/so-y-te/", "/thu-tuc/?co-quan=so-y-te", "/",
    ]  # fmt: skip
    for address in addresses:
        for prefix in ("", "/en"):
            text = main_text(get(client, prefix + address))
            assert NAME in text, prefix + address
            assert "30.000 đồng" in text, prefix + address
    summary = CatalogueSummary.objects.get()
    assert summary.total == 1
    assert summary.counts["agency"] == {str(agency.pk): 1}
    assert summary.counts["sector"] == {"ho-tich": 1}
    assert summary.counts["life_event"] == {"sinh-con": 1}


def test_a_changed_name_and_fee_are_at_once_in_the_lists(
    client: Client, procedure: ProcedurePage
) -> None:
    page = fresh(procedure)
    page.official_name = "Đăng ký khai tử"
    page.fees = []
    page.sectors = [SectorFactory(name="Đất đai")]
    save(page)
    text = main_text(get(client, "/thu-tuc/?linh-vuc=dat-dai"))
    assert "Đăng ký khai tử" in text
    assert "chưa công bố" in text
    assert "30.000" not in text
    assert ("sector", "ho-tich") not in facet_values(procedure)
    assert CatalogueSummary.objects.get().counts["sector"] == {"dat-dai": 1}
    assert NAME not in main_text(get(client, "/linh-vuc/ho-tich/"))


def test_an_unpublished_draft_changes_nothing(client: Client, procedure: ProcedurePage) -> None:
    page = fresh(procedure)
    new_fee(page)
    page.official_name = "Tên nháp"
    page.save_revision()
    for address in (ADDRESS, f"/en{ADDRESS}", "/thu-tuc/"):
        text = text_of(get(client, address))
        assert "45.000" not in text
        assert "Tên nháp" not in text


@pytest.mark.parametrize("how", ["unpublish", "delete", "delete_agency"])
def test_what_is_taken_away_is_gone_everywhere(
    client: Client, procedure: ProcedurePage, portal: Portal, how: str
) -> None:
    FeaturedProcedure.objects.create(page=portal.home, procedure=procedure, sort_order=0)
    if how == "unpublish":
        procedure.unpublish()
    elif how == "delete":
        ProcedurePage.objects.get(pk=procedure.pk).delete()
    else:
        procedure.get_parent().specific.delete()
    for address in ("/thu-tuc/", "/linh-vuc/ho-tich/", "/", "/thu-tuc/rss.xml", "/en/thu-tuc/"):
        assert NAME not in client.get(address).content.decode(), address
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"/thu-tuc/{procedure.key}/").status_code == 404
    assert not ProcedureListing.objects.exists()
    assert not ListingFacet.objects.exists()
    summary = CatalogueSummary.objects.get()
    assert summary.total == 0
    assert not any(summary.counts.values())


def test_what_is_published_again_is_back(client: Client, procedure: ProcedurePage) -> None:
    procedure.unpublish()
    save(fresh(procedure))
    assert NAME in main_text(get(client, "/thu-tuc/"))
    assert client.get(ADDRESS).status_code == 200


def test_a_new_translation_names_the_procedure_in_english_lists(
    client: Client, procedure: ProcedurePage
) -> None:
    assert NAME in main_text(get(client, "/en/thu-tuc/"))
    own = translate(procedure, official_name="Registration of birth")
    text = main_text(get(client, "/en/thu-tuc/?q=registration"))
    assert "Registration of birth" in text
    assert NAME not in text
    assert NAME in main_text(get(client, "/thu-tuc/"))
    own.unpublish()
    assert NAME in main_text(get(client, "/en/thu-tuc/"))


def test_a_deleted_translation_leaves_the_english_lists(
    client: Client, procedure: ProcedurePage
) -> None:
    own = translate(procedure, official_name="Registration of birth")
    ProcedurePage.objects.get(pk=own.pk).delete()
    text = main_text(get(client, "/en/thu-tuc/"))
    assert NAME in text
    assert "Registration of birth" not in text


def test_a_renamed_sector_is_renamed_everywhere(client: Client, procedure: ProcedurePage) -> None:
    sector = procedure.sectors.get()
    sector.name = "Tư pháp hộ tịch"
    sector.save()
    for address in ("/linh-vuc/", "/linh-vuc/ho-tich/", ADDRESS):
        assert "Tư pháp hộ tịch" in main_text(get(client, address)), address
    assert NAME in main_text(get(client, "/thu-tuc/?q=tu+phap+ho+tich"))


def test_a_deleted_sector_is_gone_everywhere(client: Client, procedure: ProcedurePage) -> None:
    procedure.sectors.get().delete()
    assert client.get("/linh-vuc/ho-tich/").status_code == 404
    assert "Hộ tịch" not in main_text(get(client, ADDRESS))
    assert not ListingFacet.objects.filter(kind="sector").exists()
    assert CatalogueSummary.objects.get().counts["sector"] == {}


def test_a_deleted_translation_of_a_term_gives_the_vietnamese_word(
    client: Client, procedure: ProcedurePage
) -> None:
    sector = procedure.sectors.get()
    assert "Civil status" in main_text(get(client, f"/en{ADDRESS}"))
    sector.get_translations().get().delete()
    text = main_text(get(client, f"/en{ADDRESS}"))
    assert "Civil status" not in text
    assert "Hộ tịch" in text


# ── what requests share ───────────────────────────────────────────────────────────────────────


def test_pages_leave_alone_what_requests_share(client: Client, procedure: ProcedurePage) -> None:
    """The frame and the totals are read once for all requests that find the same texts."""
    OutageFactory(headline="Bảo trì hệ thống")
    for address in ("/", "/thu-tuc/", "/thu-tuc/?doi-tuong=citizen&q=sinh", "/co-quan/", ADDRESS):
        both(client, address)
    with translation.override("vi"):
        frame, summary = get_frame_state(), get_summary()
        assert frame is get_frame_state()
        assert summary is get_summary()
    assert frame == FrameState.objects.get().data
    stored = CatalogueSummary.objects.get()
    assert (summary.total, summary.counts) == (stored.total, stored.counts)
    assert summary.terms == stored.terms


def test_totals_that_come_back_are_right_in_both_languages(
    client: Client, procedure: ProcedurePage
) -> None:
    for _time in range(2):
        assert "Hộ tịch (1)" in text_of(get(client, "/thu-tuc/"))
        assert "Civil status (1)" in text_of(get(client, "/en/thu-tuc/"))
        ProcedurePage.objects.get(pk=procedure.pk).unpublish()
        assert "Hộ tịch (1)" not in text_of(get(client, "/thu-tuc/"))
        assert "Civil status (1)" not in text_of(get(client, "/en/thu-tuc/"))
        save(ProcedurePage.objects.get(pk=procedure.pk))
