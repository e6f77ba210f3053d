"""What happened to people, said in their words: phrases with gaps, deaths and losses, years."""

from __future__ import annotations

import pytest

from search.analysis import index_terms
from search.ranking import Fields, Measure, is_spoken_of, rarity
from search.synonyms import Thesaurus, get_thesaurus
from search.understanding import FOR_WHOM, LIGHT, Query, join_words, understand


def meanings(text: str) -> set[str]:
    """All that a query may mean beside what was typed."""
    return {
        " ".join(token.exact for token in reading.tokens)
        for concept in understand(text, get_thesaurus()).concepts
        for reading in concept.readings[1:]
    }


def pieces(text: str, thesaurus: Thesaurus) -> list[str]:
    concepts = understand(text, thesaurus).concepts
    return [" ".join(token.exact for token in concept.typed) for concept in concepts]


@pytest.mark.parametrize(
    "text",
    [
        "bố tôi vừa mất cần làm giấy gì", "bố mất", "bo toi mat", "mẹ chồng tôi mất rồi",
        "bà nội em qua đời", "ông cụ mới mất thì làm sao", "nhà có người mất",
    ],
)  # fmt: skip
def test_somebody_died(text: str) -> None:
    assert "đăng ký khai tử" in meanings(text)


@pytest.mark.parametrize(
    "text",
    [
        "bố tôi mất căn cước", "mẹ mất sổ đỏ", "mất căn cước", "người mất hộ chiếu phải làm gì",
        "con bị mất bằng lái", "bộ mặt phố", "mất bao lâu",
    ],
)  # fmt: skip
def test_something_was_lost_or_nothing_happened(text: str) -> None:
    assert "đăng ký khai tử" not in meanings(text)


def test_small_words_may_stand_within_a_phrase() -> None:
    thesaurus = Thesaurus()
    thesaurus.add("mở tiệm thuốc", ["cơ sở bán lẻ thuốc"])
    for word in ("một", "cái"):
        thesaurus.add_filler(word)
    assert pieces("mở một cái tiệm thuốc", thesaurus) == ["mở một cái tiệm thuốc"]
    assert pieces("mở to tiệm thuốc", thesaurus) == ["mở", "to", "tiệm", "thuốc"]


def test_a_query_is_cut_where_phrases_are_longest_together() -> None:
    thesaurus = Thesaurus()
    thesaurus.add("mất sổ bảo hiểm", ["cấp lại sổ"])
    thesaurus.add("mất sổ", ["cấp lại sổ"])
    thesaurus.add("bảo hiểm xã hội", ["BHXH"])
    assert pieces("mất sổ bảo hiểm xã hội", thesaurus) == ["mất sổ", "bảo hiểm xã hội"]
    assert pieces("mất sổ bảo hiểm", thesaurus) == ["mất sổ bảo hiểm"]


def test_what_stands_after_cho_decides_less() -> None:
    query = understand("hộ chiếu cho sinh viên", Thesaurus())
    assert [concept.weight for concept in query.concepts] == [1, 1, FOR_WHOM, FOR_WHOM, FOR_WHOM]
    first = understand("cho sinh viên", Thesaurus())
    assert FOR_WHOM not in [concept.weight for concept in first.concepts[:1]]


def test_one_wrong_mark_in_a_phrase_is_heard() -> None:
    thesaurus = Thesaurus()
    thesaurus.add("sổ đỏ", ["giấy chứng nhận"])
    thesaurus.add("đổi", ["cấp đổi"])
    assert len(understand("sổ đõ", thesaurus).concepts) == 1
    assert len(understand("số dỗ", thesaurus).concepts) == 2
    assert len(understand("dời", thesaurus).concepts[0].readings) == 1
    assert len(understand("dổi", thesaurus).concepts[0].readings) == 2


def test_a_year_is_no_code() -> None:
    assert understand("đất mua từ năm 2005", get_thesaurus()).codes == ()
    assert understand("2005", get_thesaurus()).codes == ("2005",)
    assert understand("mã 4222", get_thesaurus()).codes == ("4222",)


def test_verbs_relatives_and_numbers_decide_little() -> None:
    query = understand("làm căn cước con 8", get_thesaurus())
    weights = {concept.typed[0].exact: concept.weight for concept in query.concepts}
    assert weights["con"] == weights["8"] == LIGHT
    assert query.concepts[0].weight == 1.0


def test_small_words_make_no_word_with_their_neighbours() -> None:
    numbers = {"cua": 500, "chu": 40, "cua_chu": 38, "tu": 200, "phap": 90, "tu_phap": 80}
    thesaurus = Thesaurus()
    thesaurus.add_filler("của")
    thesaurus.add_filler("từ")
    sure = join_words(understand("của chủ đất", thesaurus), numbers)
    assert [len(concept.typed) for concept in sure.concepts] == [1, 1, 1]
    perhaps = join_words(understand("tu phap", thesaurus), numbers)
    assert [len(concept.typed) for concept in perhaps.concepts] == [2]


def fields(title: str, asked: str = "") -> Fields:
    return Fields(" ".join(index_terms(title)), asked=" ".join(index_terms(asked)))


def asked(text: str, thesaurus: Thesaurus | None = None) -> Query:
    return understand(text, thesaurus or Thesaurus())


def test_official_words_side_by_side_count_like_typed_ones() -> None:
    thesaurus = Thesaurus()
    thesaurus.add("bằng lái", ["giấy phép lái xe"])
    query = understand("đổi bằng lái", thesaurus)
    measure = Measure(query, rarity({}, 1000))
    whole = measure.score(fields("Đổi giấy phép lái xe"))
    apart = measure.score(fields("Đổi xe lái phép giấy"))
    assert whole > 1.5 * apart


def test_what_is_looked_for_elsewhere_must_be_in_the_name() -> None:
    thesaurus = Thesaurus()
    thesaurus.add_outside("vé tàu")
    query = understand("mua vé tàu", thesaurus)
    assert not is_spoken_of(query, fields("Mua tàu bay", "đưa về tàu"))
    assert is_spoken_of(query, fields("Bán vé tàu"))
    assert is_spoken_of(query, fields("Đường sắt", "mua vé tàu"))
    assert is_spoken_of(asked("mua tàu"), fields("Bán xe"))


def test_words_that_nobody_knows_are_unheard_of() -> None:
    numbers = {"khai": 50, "sinh": 60, "covid": 3}
    assert Measure(asked("asdkjh qwrt"), rarity(numbers, 1000)).unheard_of == 1.0
    assert Measure(asked("khai sinh"), rarity(numbers, 1000)).unheard_of == 0.0
    assert Measure(asked("covid 1.004222 xyo"), rarity(numbers, 1000)).unheard_of < 0.5
