"""Where the match is: marks in the names, and a line that says where the rest stands."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories import AgencyFactory, Portal, ProcedureFactory, SectorFactory
from tests.integration.html import get

pytestmark = pytest.mark.django_db
HOSTILE = 'Cấp <script>alert(1)</script> & "giấy" <b>phép</b> hiếm'


@pytest.fixture
def city(portal: Portal) -> None:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    ProcedureFactory(
        parent=agency,
        official_name="Cấp phiếu lý lịch tư pháp",
        key="1.000001",
        sectors=[SectorFactory(name="Tư pháp")],
        documents=[{"name": "Bản chụp thẻ căn cước, hộ chiếu còn hạn"}],
        steps=[{"name": "Nộp hồ sơ qua bưu chính <i>công ích</i>"}],
    )
    ProcedureFactory(parent=agency, official_name=HOSTILE, title=HOSTILE, key="1.000002")
    for number in range(3, 9):
        ProcedureFactory(parent=agency, official_name=f"Thủ tục khác {number}", key=f"1.{number}")


def first(client: Client, address: str) -> Tag:
    row = get(client, address).select_one(".mc-row")
    assert row is not None
    return row


def marked(piece: Tag | BeautifulSoup | None) -> list[str]:
    assert piece is not None
    return [mark.get_text() for mark in piece.select("mark")]


@pytest.mark.parametrize("words", ["lý lịch tư pháp", "ly lich tu phap", "lí lịch tư pháp"])
def test_the_name_shows_what_was_found(client: Client, city: None, words: str) -> None:
    row = first(client, f"/thu-tuc/?q={words}")
    assert "".join(marked(row.select_one(".mc-row__title"))) == "lý lịch tư pháp"
    assert row.select_one(".mc-row__found") is None


def test_a_line_says_where_the_rest_is(client: Client, city: None) -> None:
    line = first(client, "/thu-tuc/?q=ly+lich+tu+phap+ho+chieu").select_one(".mc-row__found")
    assert line is not None
    assert line.get_text().startswith("Trong giấy tờ: Bản chụp thẻ căn cước")
    assert marked(line) == ["hộ chiếu"]
    steps = first(client, "/thu-tuc/?q=lý+lịch+tư+pháp+bưu+chính").select_one(".mc-row__found")
    assert steps is not None
    assert steps.get_text() == "Trong các bước: Nộp hồ sơ qua bưu chính <i>công ích</i>"


def test_words_of_the_people_are_shown_as_such(client: Client, city: None) -> None:
    agency = AgencyFactory(title="Cục Minh hoạ", slug="cuc-minh-hoa")
    ProcedureFactory(parent=agency, official_name="Cấp lại giấy chứng nhận", key="1.000017")
    line = first(client, "/thu-tuc/?q=tem+kiem+dinh+toa+xe").select_one(".mc-row__found")
    assert line is not None
    assert line.get_text() == "Người dân thường nói: mất tem kiểm định toa xe lửa"


def test_a_syllable_that_may_be_many_words_needs_no_line(client: Client, city: None) -> None:
    row = first(client, "/thu-tuc/?q=phieu+ly+lich+chinh")
    assert row.select_one(".mc-row__found") is None
    clear = first(client, "/thu-tuc/?q=phiếu+lý+lịch+chính")
    assert marked(clear.select_one(".mc-row__found")) == ["chính"]


def test_a_code_is_marked_where_it_is_shown(client: Client, city: None) -> None:
    row = first(client, "/thu-tuc/?q=1.000001")
    assert marked(row) == ["1.000001"]


def test_a_hostile_name_stays_text(client: Client, city: None) -> None:
    row = first(client, "/thu-tuc/?q=giay+phep+hiem+script")
    title = row.select_one(".mc-row__title")
    assert title is not None
    assert title.get_text() == HOSTILE
    assert row.find("script") is None
    assert row.find("b") is None
    assert "script" in marked(title)


def test_english_readers_hear_marked_words_as_vietnamese(client: Client, city: None) -> None:
    row = first(client, "/en/thu-tuc/?q=ly+lich+tu+phap+ho+chieu")
    title, line = row.select_one(".mc-row__title a"), row.select_one(".mc-row__found")
    assert title is not None
    assert line is not None
    assert title["lang"] == "vi"
    assert line.get_text().startswith("In the papers: ")
    assert line.select_one("[lang=vi] mark") is not None


def test_without_words_nothing_is_marked(client: Client, city: None) -> None:
    assert get(client, "/thu-tuc/").select("mark, .mc-row__found") == []
