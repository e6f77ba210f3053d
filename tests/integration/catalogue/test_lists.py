"""Lists of procedures: filters, counts, paging, sorting, search."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalogue.models import ProcedureListing
from catalogue.selectors.listings import ListQuery, ProcedureList, list_procedures
from tests.factories import (
    AgencyFactory,
    LifeEventFactory,
    NewsFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    create_many,
)
from tests.integration.html import get, main_text, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(portal: Portal) -> None:
    """Three procedures: land online, land in person, civil status in person."""
    agency = AgencyFactory(slug="so")
    land, status = SectorFactory(name="Đất đai"), SectorFactory(name="Hộ tịch")
    SectorFactory(name="Trống")
    online = [{"method": "online", "duration": 1, "unit": "day"}]
    ProcedureFactory(parent=agency, official_name="Cấp sổ", sectors=[land], offers=online)
    ProcedureFactory(
        parent=agency, official_name="Đo đất", sectors=[land], audiences=["enterprise"]
    )  # fmt: skip
    ProcedureFactory(parent=agency, official_name="Khai sinh", sectors=[status], full_online=True)


def names(found: ProcedureList) -> list[str]:
    return [row.name.text for row in found.rows]


def ask(**facets: tuple[str, ...]) -> ProcedureList:
    return list_procedures(ListQuery(facets=facets))


def test_values_of_one_facet_are_added_and_facets_narrow(listed: None) -> None:
    assert len(names(ask(sector=("dat-dai", "ho-tich")))) == 3
    assert names(ask(sector=("dat-dai",), method=("online",))) == ["Cấp sổ"]
    assert names(ask(sector=("ho-tich",), method=("online",))) == []


def test_counts_say_what_every_other_value_would_give(listed: None) -> None:
    counts = ask(sector=("dat-dai",)).facet_counts
    assert counts["sector"] == {"dat-dai": 2, "ho-tich": 1}
    assert counts["method"] == {"online": 1, "in_person": 1}
    assert counts["audience"] == {"citizen": 1, "enterprise": 1}
    both = ask(sector=("dat-dai",), method=("online",)).facet_counts
    assert both["sector"] == {"dat-dai": 1}
    assert both["method"] == {"online": 1, "in_person": 1}
    assert both["audience"] == {"citizen": 1}


def test_stored_counts_are_those_of_a_full_count(listed: None) -> None:
    counted = list_procedures(ListQuery())
    stored = list_procedures(ListQuery(), summary_counts=(3, counted.facet_counts))
    assert (stored.total, stored.facet_counts) == (counted.total, counted.facet_counts)


def test_the_screen_shows_the_counts_and_the_choices(client: Client, listed: None) -> None:
    document = get(client, "/thu-tuc/?linh-vuc=dat-dai&cach-nop=in-person&trang=9")
    assert "Đo đất" in main_text(document)
    assert "Cấp sổ" not in [text_of(title) for title in document.select(".mc-row__title")]
    ticked = [
        box["value"] for box in document.select("input[type=checkbox]") if box.has_attr("checked")
    ]
    assert ticked == ["in-person"]
    chosen = [option["value"] for option in document.select("option[selected]")]
    assert chosen == ["dat-dai"]
    for chip in document.select(".mc-chips a"):
        assert client.get(chip["href"]).status_code == 200
    assert document.find("meta", attrs={"name": "robots"})["content"].startswith("noindex")


def test_an_empty_result_says_so_and_leads_out(client: Client, listed: None) -> None:
    document = get(client, "/thu-tuc/?q=zzz+khong+co")
    assert not document.select(".mc-row__title")
    assert "Chưa tìm thấy thủ tục nào cho “zzz khong co”" in main_text(document)
    assert document.main.find("a", href="/thu-tuc/")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dat", ["Cấp sổ", "Đo đất"]),
        ("do dat", ["Đo đất"]),
        ("ĐẤT ĐO", ["Đo đất"]),
        ("ho tich", ["Khai sinh"]),
        ("%", []),
        ("_", []),
    ],
)
def test_words_are_found_folded_and_in_any_order(
    listed: None, words: str, expected: list[str]
) -> None:
    assert names(list_procedures(ListQuery(text=words))) == expected


def test_a_code_is_found(portal: Portal) -> None:
    ProcedureFactory(key="1.012289.000.00.00", official_name="Một")
    assert names(list_procedures(ListQuery(text="1.012289"))) == ["Một"]


def test_repealed_procedures_come_last_in_a_search(portal: Portal) -> None:
    agency = AgencyFactory()
    ProcedureFactory(parent=agency, official_name="Cấp thẻ A", repealed=True)
    ProcedureFactory(parent=agency, official_name="Cấp thẻ B")
    assert names(list_procedures(ListQuery(text="cap the"))) == ["Cấp thẻ B", "Cấp thẻ A"]


def test_newest_first(listed: None) -> None:
    older = ProcedureListing.objects.get(name="Đo đất")
    older.changed_at = timezone.now() + timedelta(hours=1)
    older.save()
    assert names(list_procedures(ListQuery(sort="newest")))[0] == "Đo đất"


def test_pages_hold_every_procedure_once(client: Client, portal: Portal) -> None:
    create_many(45)
    seen: list[str] = []
    for number in (1, 2, 3):
        document = get(client, f"/thu-tuc/?trang={number}")
        seen += [link["href"] for link in document.select(".mc-row__title a")]
        assert len(document.select(".mc-row__title")) == (20 if number < 3 else 5)
    assert len(set(seen)) == 45
    last = get(client, "/thu-tuc/?trang=99")
    assert [link["href"] for link in last.select(".mc-row__title a")] == seen[40:]
    pager = get(client, "/thu-tuc/?trang=2&q=minh+hoa").find("nav", class_="govuk-pagination")
    addresses = [link["href"] for link in pager.find_all("a")]
    assert addresses
    assert all("q=minh" in address for address in addresses)


def test_news_are_paged_newest_first(client: Client, portal: Portal) -> None:
    for day in range(1, 26):
        NewsFactory(
            title=f"Tin ngày {day:02d}", quiet=True, date=timezone.localdate() - timedelta(day)
        )
    first, second = get(client, "/tin-tuc/"), get(client, "/tin-tuc/?trang=2")
    assert main_text(first).index("Tin ngày 01") < main_text(first).index("Tin ngày 20")
    assert "Tin ngày 21" not in main_text(first)
    assert "Tin ngày 25" in main_text(second)
    for odd in ("0", "-1", "x", "99", "²"):
        assert client.get(f"/tin-tuc/?trang={odd}").status_code == 200


def test_expired_news_leave_the_lists(client: Client, portal: Portal) -> None:
    NewsFactory(title="Tin đã cũ").unpublish(set_expired=True)
    for path in ("/", "/tin-tuc/", "/tin-tuc/rss.xml"):
        assert "Tin đã cũ" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/linh-vuc/khong-co/", "/su-kien/khong-co/", "/doi-tuong/khong-co/", "/van-ban/khong-co/",
        "/doi-tuong/foreign_invested/",
    ],
)  # fmt: skip
def test_unknown_terms_are_not_found(client: Client, listed: None, path: str) -> None:
    for prefix in ("", "/en"):
        assert client.get(prefix + path).status_code == 404


def test_terms_without_procedures_still_answer(client: Client, listed: None) -> None:
    LifeEventFactory(name="Kết hôn")
    for path in ("/linh-vuc/trong/", "/su-kien/ket-hon/", "/doi-tuong/cooperative/"):
        assert client.get(path).status_code == 200
    assert "Trống" not in main_text(get(client, "/linh-vuc/"))
