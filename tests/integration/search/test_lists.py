"""Typing into a list: best answers first, filters, corrections, other pages, hostile texts."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.models import SearchEntry
from tests.factories import AgencyFactory, GuideFactory, Portal, ProcedureFactory, SectorFactory
from tests.factories.procedures import create_many
from tests.integration.html import get, main_text, text_of

pytestmark = pytest.mark.django_db
NAMES = ("Đăng ký khai sinh", "Đăng ký lại khai sinh", "Đăng ký kết hôn", "Cấp giấy phép xây dựng")


@pytest.fixture
def city(portal: Portal) -> None:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    sector = SectorFactory(name="Hộ tịch")
    for number, name in enumerate(NAMES):
        ProcedureFactory(
            parent=agency, official_name=name, key=f"1.00{number}", sectors=[sector][: number < 3]
        )
    GuideFactory(title="Cách đăng ký khai sinh").save_revision().publish()


def rows(client: Client, address: str) -> list[str]:
    return [link.get_text() for link in get(client, address).select(".mc-row__title a")]


def test_the_best_answer_comes_first(client: Client, city: None) -> None:
    found = rows(client, "/thu-tuc/?q=khai+sinh")
    assert found[0] == "Đăng ký khai sinh"
    assert "Cấp giấy phép xây dựng" not in found


def test_answers_can_be_sorted_by_name(client: Client, city: None) -> None:
    found = rows(client, "/thu-tuc/?q=dang+ky&sap-xep=ten")
    assert found == ["Đăng ký kết hôn", "Đăng ký khai sinh", "Đăng ký lại khai sinh"]
    document = get(client, "/thu-tuc/?q=dang+ky")
    assert document.select_one(".mc-sort strong").get_text() == "Phù hợp nhất"


def test_the_title_says_what_was_looked_for(client: Client, city: None) -> None:
    title = get(client, "/thu-tuc/?q=khai+%3Csinh%3E").title.get_text()
    assert title.startswith("“khai <sinh>” – Thủ tục")
    assert get(client, "/thu-tuc/").title.get_text().startswith("Thủ tục")


def test_words_are_no_filter(client: Client, city: None) -> None:
    way_in = get(client, "/thu-tuc/?q=dang+ky").select_one(".mc-filter-open")
    assert way_in.get_text() == "Bộ lọc"
    one = get(client, "/thu-tuc/?q=dang+ky&linh-vuc=ho-tich").select_one(".mc-filter-open")
    assert one.get_text() == "Bộ lọc (1)"


def test_filters_and_counts_belong_to_the_answers(client: Client, city: None) -> None:
    document = get(client, "/thu-tuc/?q=cap+giay+phep+xay+dung&linh-vuc=ho-tich")
    assert document.select(".mc-flow > .mc-rows") == []
    assert len(rows(client, "/thu-tuc/?q=dang+ky&linh-vuc=ho-tich")) == 3


def test_a_correction_is_shown(client: Client, city: None) -> None:
    document = get(client, "/thu-tuc/?q=khai+xinh")
    assert document.select_one(".mc-meant strong").get_text() == "khai sinh"
    assert get(client, "/thu-tuc/?q=khai+sinh").select_one(".mc-meant") is None
    as_typed = document.select_one(".mc-meant a")
    assert as_typed.get_text() == "Tìm nguyên văn “khai xinh”"
    verbatim = get(client, as_typed["href"])
    assert verbatim.select_one(".mc-meant") is None
    assert "khai sinh" not in text_of(verbatim.select_one(".mc-empty") or verbatim.h1)
    for link in verbatim.select(".mc-sort a"):
        assert "nguyen-van=1" in link["href"]


def test_other_pages_stand_beside_the_list(client: Client, city: None) -> None:
    links = get(client, "/thu-tuc/?q=cach+dang+ky+khai+sinh").select(".mc-beside a")
    assert "Cách đăng ký khai sinh" in [link.get_text() for link in links]
    assert get(client, links[0]["href"]).h1


def test_nothing_found_says_what_else_to_try(client: Client, city: None) -> None:
    assert "Chưa tìm thấy thủ tục nào cho “zzzzzz”" in main_text(get(client, "/thu-tuc/?q=zzzzzz"))


def test_a_list_helps_itself_while_nothing_is_indexed(client: Client, city: None) -> None:
    SearchEntry.objects.all().delete()
    assert rows(client, "/thu-tuc/?q=khai+sinh") == ["Đăng ký khai sinh", "Đăng ký lại khai sinh"]


def test_english_readers_search_too(client: Client, city: None) -> None:
    assert rows(client, "/en/thu-tuc/?q=khai+sinh")[0] == "Đăng ký khai sinh"


def test_a_search_asks_as_often_for_many_answers_as_for_one(client: Client, city: None) -> None:
    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    one = count("/thu-tuc/?q=xay+dung")
    create_many(30)
    assert count("/thu-tuc/?q=thu+tuc+minh+hoa") <= one


HOSTILE = (
    '"', "'", "''", '""', "\\", "\\\\", "*", "khai*", "* *", "(", ")", "((", "())", "AND", "OR",
    "NOT", "NEAR", "NEAR(a b)", "a AND", "OR b", "title:khai", "title_terms : x", "^khai",
    "-khai", "+khai", "khai:*", "'khai':*", "khai & sinh", "khai | sinh", "!khai", "<->",
    "a <-> b", "a:b", "{a b}", "[1 TO 2]", "a~2", "a^3", "/.*/", "?", "kh?i", "%", "_", "__",
    "%%", "%s", "%(x)s", "{}", "{0}", "{{ x }}", "{% x %}", "${x}", "<script>alert(1)</script>",
    "' OR '1'='1", "'; DROP TABLE search_searchentry; --", "1; SELECT 1", "union select",
    "\u202e", "\u200b", "\u202ekhai", "\ufeff", "\u0301", "a\u0301" * 50, "🙂", "🙂🙂 khai", "漢字",
    "שלום", "مرحبا", "khai\tsinh", "khai\r\nsinh", "\x01\x02", "\x7f", "a" * 1000, "a " * 1000,
    "=khai", "=đăng", "khai_sinh", "_ _", ".", "..", "1.", "1..2", "1.2.3.4.5", "/", "//",
    "1/2/3/", "-", "--", "---", "1e999", "NaN", "null", "undefined", "true", "0", "-1",
    "9" * 300, "à" * 300, "đ" * 300, "ａｂｃ", "ﬁ", "İ", "ß", "ẞ", "ſ", "K", "\u1ef9" * 40,
    "x\u0323\u0302", "ngưỡng" * 60,
)  # fmt: skip


def hostile() -> Iterator[str]:
    """Three hundred texts that search engines stumble over."""
    yield from HOSTILE
    alphabet = "abđêô\"'()*&|!:<>-+^~_%./\\ =\u0301\u202e🙂 ANDORNOT1234567890"
    source = random.Random(4)
    for _ in range(200):
        yield "".join(source.choices(alphabet, k=source.randint(1, 60)))


def test_no_text_breaks_the_search(client: Client, city: None) -> None:
    texts = list(hostile())
    assert len(texts) >= 300
    for text in texts:
        response = client.get("/thu-tuc/", {"q": text})
        assert response.status_code == 200, repr(text)


def test_a_text_of_100_kb_is_answered(client: Client, city: None) -> None:
    assert client.get("/thu-tuc/", {"q": "khai sinh " * 10_000}).status_code == 200
