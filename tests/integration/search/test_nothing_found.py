"""An empty list: why it is empty, what else to try with true numbers, and where to look."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.text_search import Fewer
from search.nearest import fewer_words
from search.ranking import rarity
from search.synonyms import Thesaurus
from search.understanding import understand
from tests.factories import (
    AgencyFactory,
    LifeEventFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
)
from tests.integration.html import get, main_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(portal: Portal) -> None:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    status, trade = SectorFactory(name="Hộ tịch"), SectorFactory(name="Hộ kinh doanh")
    event = LifeEventFactory(name="Có con nhỏ")
    for number, name in enumerate(("Đăng ký khai sinh", "Đăng ký lại khai sinh")):
        ProcedureFactory(
            parent=agency, official_name=name, key=f"1.00{number}", sectors=[status],
            life_events=[event], audiences=["citizen"],
        )  # fmt: skip
    ProcedureFactory(
        parent=agency, official_name="Thành lập hộ kinh doanh", key="2.001", sectors=[trade],
        audiences=["enterprise"],
    )  # fmt: skip


def links(client: Client, address: str) -> dict[str, str]:
    """The links of the main part by their words."""
    document = get(client, address)
    return {" ".join(a.get_text().split()): a["href"] for a in document.main.select("a")}


def test_unknown_words_lead_to_sectors_and_life_events(client: Client, city: None) -> None:
    found = links(client, "/thu-tuc/?q=zzzzzz")
    assert found["Hộ tịch"] == "/linh-vuc/ho-tich/"
    assert found["Tất cả lĩnh vực"] == "/linh-vuc/"
    assert found["Có con nhỏ"] == "/su-kien/co-con-nho/"
    assert get(client, "/thu-tuc/?q=zzzzzz").select(".mc-side form, .mc-sort") == []


def test_a_filter_too_many_is_named_with_the_true_number(client: Client, city: None) -> None:
    address = "/thu-tuc/?q=khai+sinh&doi-tuong=enterprise"
    found = links(client, address)
    without = found["Bỏ bộ lọc: 2 thủ tục"]
    assert without == "/thu-tuc/?q=khai%20sinh"
    assert len(get(client, without).select(".mc-row")) == 2
    document = get(client, address)
    assert "Không có thủ tục nào cho “khai sinh” khớp với bộ lọc" in main_text(document)
    rows = document.select(".mc-near .mc-row__title a")
    assert [row.get_text() for row in rows] == ["Đăng ký khai sinh", "Đăng ký lại khai sinh"]
    # Only the sectors of what was found: the other one is no help.
    assert [a.get_text() for a in document.select(".mc-columns a")] == ["Hộ tịch"]


def test_filters_alone_may_be_too_many(client: Client, city: None) -> None:
    found = links(client, "/thu-tuc/?linh-vuc=ho-tich&doi-tuong=enterprise")
    assert found["Bỏ bộ lọc: 3 thủ tục"] == "/thu-tuc/"


def test_a_part_of_the_catalogue_points_to_the_whole(client: Client, city: None) -> None:
    found = links(client, "/linh-vuc/ho-tich/?q=kinh+doanh")
    everywhere = found["Tìm trong mọi thủ tục: 1 kết quả"]
    assert everywhere == "/thu-tuc/?q=kinh%20doanh"
    assert len(get(client, everywhere).select(".mc-row")) == 1


def test_a_list_of_answers_names_a_way_out_too(client: Client, city: None) -> None:
    found = get(client, "/thu-tuc/?q=khai+sinh").select_one(".mc-else a")
    assert found["href"] == "/linh-vuc/"
    assert get(client, "/thu-tuc/").select_one(".mc-else") is None


def test_english_readers_are_helped_too(client: Client, city: None) -> None:
    document = get(client, "/en/thu-tuc/?q=khai+sinh&doi-tuong=enterprise")
    assert document.select_one(".mc-empty a").get_text() == "Remove the filters: 2 procedures"
    assert document.select_one(".mc-columns a")["lang"] == "vi"


def test_what_was_typed_stays_text(client: Client, city: None) -> None:
    document = get(client, "/thu-tuc/?q=%3Cb%3Ezzzz%3C/b%3E")
    assert "“<b>zzzz</b>”" in document.select_one(".mc-empty h2").get_text()


def test_fewer_words_are_those_that_find_some() -> None:
    query = understand("khai sinh zzzz hủ tiếu", Thesaurus())
    numbers = {"sinh": 7, "khai": 12}
    found = fewer_words(query, rarity({"khai": 5, "sinh": 3}, 100), lambda t: numbers.get(t, 0))
    assert found == [Fewer("sinh", 7)]
    alone = fewer_words(understand("zzzz", Thesaurus()), rarity({}, 9), lambda text: 1)
    assert alone == []


def test_an_empty_list_asks_no_more_of_a_larger_catalogue(client: Client, city: None) -> None:
    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    one = count("/thu-tuc/?q=kinh+doanh&doi-tuong=citizen")
    assert count("/thu-tuc/?q=khai+sinh&doi-tuong=enterprise") == one
