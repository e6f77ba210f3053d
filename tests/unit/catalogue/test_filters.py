"""The filters: an address says all, and what it does not know it leaves out."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.utils import translation

from catalogue.filters import MAX_TEXT, MAX_VALUES, Filters
from catalogue.selectors.summary import Summary


def summary() -> Summary:
    """The totals of one request: names are read once, in the reader's language."""
    return Summary(
        total=9,
        counts={
            "agency": {"11": 5, "12": 2, "13": 0},
            "sector": {"dat-dai": 3, "y-te": 2},
            "life_event": {"sinh-con": 1},
            "audience": {"citizen": 4, "foreign_invested": 1},
        },
        terms={
            "agency": [
                ["11", "Sở Y tế", "Health", "/co-quan/so-y-te/", "department", ""],
                ["12", "Chi cục", "", "/co-quan/so-y-te/chi-cuc/", "unit", "11"],
                ["13", "Sở Khác", "", "/co-quan/so-khac/", "department", ""],
            ],
            "sector": [
                ["dat-dai", "Đất đai", "Land", ""],
                ["y-te", "Y tế", "", ""],
            ],
            "life_event": [["sinh-con", "Sinh con", "Having a child", "file"]],
        },
    )


def make(query: str = "", fixed: dict[str, str] | None = None, path: str = "/thu-tuc/") -> Filters:
    return Filters(QueryDict(query), summary(), path=path, fixed=fixed)


def test_an_empty_address_asks_for_everything() -> None:
    filters = make()
    assert filters.query.facets == {}
    assert filters.query.text == ""
    assert filters.query.page == 1
    assert filters.chips() == []
    assert filters.url() == "/thu-tuc/"


@pytest.mark.parametrize(
    "query",
    [
        "linh-vuc=khong-co",
        "co-quan=99",
        "co-quan=so-y-te/khong-co",
        "muc-do=FULL",
        "doi-tuong=%00",
        "sap-xep=gia",
        "trang=-1",
        "trang=abc",
        "trang=²",
        "trang=99999999999999999999",
        "khong-biet=1",
    ],
)
def test_unknown_values_are_left_out(query: str) -> None:
    filters = make(query)
    assert filters.query.facets == {}
    assert filters.query.sort == "name"
    assert filters.query.page == 1
    assert filters.url() == "/thu-tuc/"


def test_known_values_become_stored_values() -> None:
    query = make(
        "q=khai+sinh&co-quan=so-y-te/chi-cuc&linh-vuc=y-te&linh-vuc=dat-dai&linh-vuc=x"
        "&doi-tuong=foreign-invested&muc-do=full&sap-xep=moi&trang=3"
    ).query
    assert query.text == "khai sinh"
    assert query.facets == {
        "agency": ("12",),
        "sector": ("y-te", "dat-dai"),
        "audience": ("foreign_invested",),
        "level": ("full",),
    }
    assert query.sort == "newest"
    assert query.page == 3


@pytest.mark.parametrize(
    "query",
    [
        "q=khai+sinh&linh-vuc=y-te&linh-vuc=dat-dai&sap-xep=moi&trang=3",
        "co-quan=so-y-te/chi-cuc&doi-tuong=foreign-invested",
        "q=%C4%90%E1%BA%A5t&trang=2",
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_addresses_come_back_as_the_same_query(query: str, language: str) -> None:
    with translation.override(language):
        filters = make(query)
        again = make(urlsplit(filters.url(page=filters.page)).query)
    assert again.query == filters.query


def test_a_repeated_value_counts_once_and_too_many_are_cut() -> None:
    assert make("linh-vuc=y-te&linh-vuc=y-te").query.facets == {"sector": ("y-te",)}
    flood = "&".join(f"linh-vuc=x{n}" for n in range(MAX_VALUES)) + "&linh-vuc=y-te"
    assert make(flood).query.facets == {}
    assert len(make("q=" + "a" * 9999).text) == MAX_TEXT


def test_text_is_composed() -> None:
    assert make("q=a%CC%81").text == "á"


def test_a_fixed_facet_is_neither_offered_nor_changed_by_the_address() -> None:
    filters = make("linh-vuc=dat-dai&muc-do=full", {"sector": "y-te"}, "/linh-vuc/y-te/")
    assert filters.query.facets == {"level": ("full",), "sector": ("y-te",)}
    assert filters.url() == "/linh-vuc/y-te/?muc-do=full"
    counts = {"sector": {"dat-dai": 3}, "level": {"full": 1}}
    assert [group.param for group in filters.groups(counts)] == ["muc-do"]
    assert len(filters.chips()) == 1


def test_options_say_what_is_chosen() -> None:
    counts = {"sector": {"y-te": 2, "dat-dai": 3}}
    (group,) = make("linh-vuc=y-te&trang=4").groups(counts)
    assert group.is_active
    assert group.is_select
    assert {option.value: option.is_selected for option in group.options} == {
        "y-te": True,
        "dat-dai": False,
    }


def test_values_without_procedures_are_left_out_unless_chosen() -> None:
    filters = make("co-quan=so-khac")
    (group,) = filters.groups({"agency": {"11": 5}})
    assert [(option.value, option.count) for option in group.options] == [
        ("so-y-te", 5),
        ("so-khac", 0),
    ]


def test_chips_take_one_choice_away() -> None:
    chips = make("q=con&linh-vuc=y-te&linh-vuc=dat-dai").chips()
    assert [chip.remove_url for chip in chips] == [
        "/thu-tuc/?linh-vuc=y-te&linh-vuc=dat-dai",
        "/thu-tuc/?q=con&linh-vuc=dat-dai",
        "/thu-tuc/?q=con&linh-vuc=y-te",
    ]


def test_english_labels_are_english_where_there_are_any() -> None:
    with translation.override("en"):
        (group,) = make().groups({"sector": {"dat-dai": 3, "y-te": 2}})
        labels = [(option.label.text, option.label.lang) for option in group.options]
    assert labels == [("Land", ""), ("Y tế", "vi")]


def test_english_and_vietnamese_addresses_carry_the_same_values() -> None:
    with translation.override("en"):
        assert make("co-quan=so-y-te").query.facets == {"agency": ("11",)}


def test_sorting_keeps_the_filters_and_goes_to_the_first_page() -> None:
    sorts = make("linh-vuc=y-te&trang=5").sorts()
    assert [(url, current) for _label, url, current in sorts] == [
        ("/thu-tuc/?linh-vuc=y-te", True),
        ("/thu-tuc/?linh-vuc=y-te&sap-xep=moi", False),
    ]
