"""Tokens, keystrokes and what a query is understood to ask for."""

from __future__ import annotations

import pytest

from search.analysis import (
    Token,
    code_parts,
    index_terms,
    long_text,
    single_words,
    sort_terms,
    tokenize,
)
from search.keystrokes import unconverted
from search.synonyms import Thesaurus, get_thesaurus
from search.understanding import FILLER, join_words, understand


def test_tokens_are_exact_and_folded() -> None:
    assert tokenize("Đăng ký, KHAI sinh!") == [
        Token("đăng", "dang"), Token("ký", "ky"), Token("khai", "khai"), Token("sinh", "sinh"),
    ]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ")])
def test_old_and_new_tone_placement_are_one_word(one: str, other: str) -> None:
    assert tokenize(one) == tokenize(other)


def test_decomposed_input_is_the_same_word() -> None:
    assert tokenize("ky\u0301") == tokenize("ký")


def test_codes_stay_whole() -> None:
    found = [token.folded for token in tokenize("theo 96/2023/NĐ-CP và 1.004222")]
    assert found == ["theo", "96/2023/nd-cp", "va", "1.004222"]


def test_a_code_is_known_by_its_digits_too() -> None:
    assert code_parts("1.004222") == ["1004222", "004222", "4222"]
    assert code_parts("12") == []


def test_pairs_are_not_made_across_lines() -> None:
    assert "sinh_nha" not in index_terms("khai sinh\nnhà đất")
    assert "khai_sinh" in index_terms("khai sinh\nnhà đất")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng", "dang"), ("kys", "ky"), ("giaays", "giay"), ("giaasy", "giay"),
        ("nguowif", "nguoi"), ("dduwowngf", "duong"), ("d9a8ng", "dang"), ("gia61y", "giay"),
        ("xusc", "xuc"),
    ],
)  # fmt: skip
def test_keystrokes_are_converted(typed: str, meant: str) -> None:
    assert unconverted(typed) == meant


@pytest.mark.parametrize("typed", ["khai", "sinh", "a2", "covid19", "1.004222", "tnhh", "gplx"])
def test_other_words_are_left_alone(typed: str) -> None:
    assert unconverted(typed) is None


def readings(text: str) -> list[set[str]]:
    query = understand(text, get_thesaurus())
    return [
        {" ".join(token.exact for token in reading.tokens) for reading in concept.readings}
        for concept in query.needed
    ]


def test_everyday_words_are_read_as_official_ones() -> None:
    assert "giấy phép lái xe" in readings("bằng lái")[0]
    assert "giấy phép lái xe" in readings("GPLX")[0]


def test_question_words_do_not_decide() -> None:
    query = understand("làm khai sinh cho con ở đâu", get_thesaurus())
    light = {" ".join(t.exact for t in c.typed) for c in query.concepts if c.weight == FILLER}
    assert {"cho", "ở đâu"} <= light


def test_only_fillers_still_ask_something() -> None:
    query = understand("ở đâu", get_thesaurus())
    assert len(query.needed) == 1


def test_typed_accents_choose_the_meaning() -> None:
    thesaurus = Thesaurus()
    thesaurus.add("đổi", ["cấp đổi"])
    assert len(understand("đổi", thesaurus).concepts[0].readings) == 2
    assert len(understand("doi", thesaurus).concepts[0].readings) == 2
    assert len(understand("dời", thesaurus).concepts[0].readings) == 1


def test_codes_of_four_digits_are_looked_for_as_such() -> None:
    assert understand("thủ tục 1.004222", get_thesaurus()).codes == ("1.004222",)
    assert understand("dưới 14 tuổi", get_thesaurus()).codes == ()


def test_syllables_that_stand_together_become_a_word() -> None:
    numbers = {"cong": 100, "ty": 20, "cong_ty": 18, "nha": 50, "ty_nha": 0}
    query = join_words(understand("cong ty nha", Thesaurus()), numbers)
    assert [len(concept.typed) for concept in query.concepts] == [2, 1]
    assert query.concepts[0].readings[0].needed == ["cong_ty"]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\0", "“”", "🙂"])
def test_nothing_is_asked_without_words(text: str) -> None:
    assert understand(text, get_thesaurus()).concepts == ()


def test_a_very_long_text_is_cut() -> None:
    assert len(understand("a " * 50_000, get_thesaurus()).tokens) <= 40


def test_the_terms_of_a_long_text_are_sorted_by_what_they_are() -> None:
    terms = index_terms("Khai sinh\nnhà đất 1.004222")
    words, pairs, accented = long_text(sort_terms(terms))
    assert words.split() == ["khai", "sinh", "nha", "dat", *terms[terms.index("1.004222") :][:4]]
    assert "khai_sinh" in pairs.split()
    assert accented == " =nhà =đất "
    assert sorted(f"{words}{pairs}{accented}".split()) == sorted(terms)


def test_terms_that_were_not_sorted_may_stand_anywhere() -> None:
    assert long_text("khai khai_sinh") == (" khai khai_sinh ",) * 3
    assert long_text(sort_terms([])) == ("  ", "  ", "  ")


def test_single_words_stand_before_pairs() -> None:
    for text in ("khai", "Khai sinh", "giấy khai sinh"):
        folded = [token.folded for token in tokenize(text)]
        assert single_words(" ".join(index_terms(text))) == folded
    assert single_words("") == []
