"""Suggestions while somebody types."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import AgencyFactory, Portal, ProcedureFactory, translate
from tests.integration.html import get
from tests.integration.search.test_lists import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(portal: Portal) -> None:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    for number, name in enumerate(
        ("Đăng ký khai sinh", "Đăng ký khai tử", "Cấp giấy phép lái xe", "Sinh hoạt khai mạc")
    ):
        ProcedureFactory(parent=agency, official_name=name, key=f"1.00{number}001")


def suggested(client: Client, text: str, language: str = "") -> list[str]:
    response = client.get(f"{language}/goi-y/", {"q": text})
    assert response.status_code == 200
    return [item["text"] for item in response.json()["items"]]


@pytest.mark.parametrize("text", ["khai s", "KHAI S", "khai si", "khai sinh", "đăng ký khai s"])
def test_the_last_word_may_go_on(client: Client, city: None, text: str) -> None:
    assert suggested(client, text)[0] == "Đăng ký khai sinh"


def test_a_title_that_begins_so_comes_first(client: Client, city: None) -> None:
    assert suggested(client, "sinh h")[0] == "Sinh hoạt khai mạc"


def test_keys_codes_and_abbreviations_are_understood(client: Client, city: None) -> None:
    assert suggested(client, "ddawng kys khai s")[0] == "Đăng ký khai sinh"
    assert suggested(client, "1.002001") == ["Cấp giấy phép lái xe"]
    assert suggested(client, "gpl")[0] == "Cấp giấy phép lái xe"


@pytest.mark.parametrize("text", ["", "k", " ", "zzzz", "x" * 200])
def test_nothing_is_suggested_for_nothing(client: Client, city: None, text: str) -> None:
    assert suggested(client, text) == []


def test_agencies_are_suggested_with_their_kind(client: Client, city: None) -> None:
    item = client.get("/goi-y/", {"q": "so minh"}).json()["items"][0]
    assert item == {
        "text": "Sở Minh hoạ", "lang": "", "url": "/co-quan/so-minh-hoa/", "kind": "Cơ quan",
    }  # fmt: skip


def test_vietnamese_titles_are_marked_for_english_readers(client: Client, city: None) -> None:
    item = client.get("/en/goi-y/", {"q": "khai s"}).json()["items"][0]
    assert (item["lang"], item["url"][:4]) == ("vi", "/en/")
    page = ProcedureFactory(official_name="Đổi hộ chiếu", key="1.009009")
    translate(page, official_name="Passport renewal").save_revision().publish()
    item = client.get("/en/goi-y/", {"q": "passp"}).json()["items"][0]
    assert (item["text"], item["lang"]) == ("Passport renewal", "")


def test_pages_say_where_to_ask(client: Client, city: None) -> None:
    assert get(client, "/").body["data-suggest"] == "/goi-y/"
    assert get(client, "/en/").body["data-suggest"] == "/en/goi-y/"


def test_only_reading_is_answered(client: Client, city: None) -> None:
    assert client.post("/goi-y/", {"q": "khai"}).status_code == 405


def test_no_text_breaks_the_suggestions(client: Client, city: None) -> None:
    for text in HOSTILE:
        suggested(client, text)
