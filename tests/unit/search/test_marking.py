"""Words of a query in a text: accents, phrases, what abbreviations stand for, places in a text."""

from __future__ import annotations

import unicodedata

import pytest

from search.marking import APART, PART, WHOLE, Text, find, merge
from search.synonyms import Thesaurus
from search.understanding import understand


def marks(query: str, text: str, *, same_accents: bool = True) -> list[str]:
    """The pieces of `text` that stand for `query`."""
    thesaurus = Thesaurus()
    thesaurus.add("CCCD", ["căn cước công dân", "thẻ căn cước"])
    thesaurus.add("bằng lái", ["giấy phép lái xe"])
    thesaurus.add_filler("cho")
    whole = Text(text)
    spans = [
        span
        for concept in understand(query, thesaurus).needed
        for span in find(concept, whole, same_accents=same_accents).spans
    ]
    return [whole.text[start:end] for start, end in merge(whole.text, spans)]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("khai sinh", "Đăng ký khai sinh", ["khai sinh"]),
        ("dang ky", "Đăng ký khai sinh", ["Đăng ký"]),
        ("đăng ký", "Dang ky khai sinh", []),
        ("đổi", "Dời công trình, đổi giấy", ["đổi"]),
        ("hoà giải", "Hòa giải tranh chấp", ["Hòa giải"]),
        ("cccd", "Cấp lại thẻ căn cước", ["thẻ căn cước"]),
        ("bang lai", "Đổi giấy phép lái xe", ["giấy phép lái xe"]),
        ("dd9ang", "Đăng ký", []),
        ("ddawng kys", "Đăng ký", ["Đăng ký"]),
        ("1.004222", "Thủ tục 1.004222 về cư trú", ["1.004222"]),
        ("con cho", "Nhận con nuôi", ["con"]),
        ("an", "Căn, lan, ẩn án", ["ẩn án"]),
        ("khám bệnh chữa bệnh", "Khám bệnh, chữa bệnh", ["Khám bệnh", "chữa bệnh"]),
    ],
)
def test_words_are_marked_where_they_stand(query: str, text: str, marked: list[str]) -> None:
    assert marks(query, text) == marked


def test_a_text_may_be_decomposed_or_hold_strange_letters() -> None:
    assert marks("khai sinh", unicodedata.normalize("NFD", "Đăng ký khai sinh")) == ["khai sinh"]
    for text in ("ß ﬁ İ khai sinh", "\u202e🙂 khai sinh", "a\u0301\u0302\u0303 khai sinh"):
        assert marks("khai sinh", text) == ["khai sinh"]
        assert len(Text(text).folded) == len(Text(text).text)


def test_other_accents_count_only_when_asked_for() -> None:
    assert marks("hành nghê", "Giấy phép hành nghề") == ["hành"]
    assert marks("hành nghê", "Giấy phép hành nghề", same_accents=False) == ["hành nghề"]


def test_words_apart_and_a_part_are_worth_less() -> None:
    thesaurus = Thesaurus()
    thesaurus.add("CCCD", ["căn cước công dân"])
    (concept,) = understand("cccd", thesaurus).concepts
    worth = [
        find(concept, Text(text)).worth
        for text in (
            "căn cước công dân", "công dân có căn cước", "thẻ căn cước", "căn nhà", "",
        )
    ]  # fmt: skip
    assert worth == [WHOLE, APART, PART * 2 / 4, 0, 0]
