"""The order of answers, slips of spelling, and the figures of an evaluation."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.analysis import NEXT_PHRASE, index_terms
from search.evaluation import Judged, JudgedSetError, Result, read, summarise
from search.ranking import Fields, rarity, score
from search.spelling import corrections, split_joined
from search.synonyms import Thesaurus
from search.understanding import understand

NUMBERS = {"khai": 50, "sinh": 60, "khai_sinh": 40, "dang": 900, "ky": 900, "hon": 10, "ket": 12}


def fields(title: str, body: str = "", prior: float = 0.0) -> Fields:
    return Fields(" ".join(index_terms(title)), body=" ".join(index_terms(body)), prior=prior)


def order(text: str, *entries: Fields) -> list[int]:
    query, weigh = understand(text, Thesaurus()), rarity(NUMBERS, 1000)
    scores = [score(query, entry, weigh) for entry in entries]
    return sorted(range(len(entries)), key=lambda place: -scores[place])


def test_the_title_counts_more_than_the_text() -> None:
    assert order("khai sinh", fields("Đất đai", "khai sinh"), fields("Khai sinh"))[0] == 1


def test_a_title_that_says_little_else_comes_first() -> None:
    long = fields("Đăng ký khai sinh kết hợp nhận cha mẹ con có yếu tố nước ngoài")
    assert order("khai sinh", long, fields("Đăng ký khai sinh"))[0] == 1


def test_words_side_by_side_come_first() -> None:
    assert order("khai sinh", fields("Sinh viên khai thuế"), fields("Khai sinh lại"))[0] == 1


def test_typed_accents_decide_between_words() -> None:
    assert order("khai sính", fields("Khai sinh"), fields("Khai sính"))[0] == 1


def asked(title: str, *phrases: str) -> Fields:
    terms = NEXT_PHRASE.join(" ".join(index_terms(phrase)) for phrase in phrases)
    return Fields(" ".join(index_terms(title)), asked=terms)


def test_what_people_say_counts_like_a_title() -> None:
    said = asked("Đăng ký hộ tịch", "con mới đẻ", "làm giấy cho em bé")
    assert order("con mới đẻ làm giấy", fields("Giấy phép con"), said)[0] == 1


def test_words_of_two_phrases_are_no_phrase() -> None:
    apart = asked("Đăng ký hộ tịch", "con mới đẻ", "mất ba")
    together = asked("Đăng ký hộ tịch", "ba mới mất", "con")
    assert order("ba mới mất", apart, together)[0] == 1


def test_a_whole_code_outweighs_all() -> None:
    named = fields("Khai sinh 4222 khai sinh")
    coded = Fields("dat_dai", names=" ".join(index_terms("1.004222")))
    assert order("1.004222", named, coded)[0] == 1


def test_a_repealed_procedure_comes_last() -> None:
    assert order("khai sinh", fields("Khai sinh", prior=-8.0), fields("Khai sinh"))[0] == 1


def count(terms: set[str]) -> dict[str, int]:
    return {term: NUMBERS[term] for term in terms & NUMBERS.keys()}


@pytest.mark.parametrize("typed", ["khia sinh", "khai xinh", "khi sinh", "khaii sinh"])
def test_a_slip_is_corrected_where_a_neighbour_supports_it(typed: str) -> None:
    found = corrections(understand(typed, Thesaurus()), count, Thesaurus())
    words = typed.split()
    for place, best in found.items():
        words[place] = best[0]
    assert words == ["khai", "sinh"]


@pytest.mark.parametrize("typed", ["khai sinh", "hàng xóm", "gplx", "a2", "1.004222", "nd-cp"])
def test_known_words_codes_and_good_syllables_are_left_alone(typed: str) -> None:
    thesaurus = Thesaurus()
    thesaurus.add("gplx", ["giấy phép lái xe"])
    assert corrections(understand(typed, thesaurus), count, thesaurus) == {}


def test_a_sound_is_likelier_than_a_chance_key_and_good_syllables_need_proof() -> None:
    numbers = {"san": 9, "lan": 9, "thai": 50, "thai_san": 2, "thai_lan": 5, "tau": 9, "xe_tau": 2}

    def known(terms: set[str]) -> dict[str, int]:
        return {term: numbers[term] for term in terms & numbers.keys()}

    found = corrections(understand("thai xản", Thesaurus()), known, Thesaurus())
    assert found[1][0] == "san"
    assert corrections(understand("vé tàu", Thesaurus()), known, Thesaurus()) == {}


def test_two_syllables_written_as_one_are_parted() -> None:
    assert split_joined(understand("khaisinh", Thesaurus()), count) == [(0, ("khai", "sinh"))]


def test_a_whole_phrase_written_as_one_word_is_parted() -> None:
    numbers = {"ly_lich": 9, "lich_tu": 9, "tu_phap": 20, "ly_li": 1}
    query = understand("lylichtuphap", Thesaurus())
    found = split_joined(query, lambda terms: {t: numbers[t] for t in terms & numbers.keys()})
    assert found == [(0, ("ly", "lich", "tu", "phap"))]
    assert split_joined(query, lambda terms: {"ly_lich": 9}) == []


def result(keys: list[str]) -> Result:
    return Result(Judged("q", {"a": 2, "b": 1}, "s"), keys, 0.01)


def test_figures() -> None:
    assert result(["x", "a"]).hit(5)
    assert not result(["x", "a"]).hit(1)
    assert result(["x", "a"]).reciprocal_rank == 0.5
    assert result(["a", "b"]).gain == pytest.approx(1.0)
    assert result(["b", "a"]).gain < 1.0
    assert result([]).gain == 0.0
    summary = summarise([result(["a"]), result(["x"])])
    assert summary["all"]["hit@1"] == 0.5
    assert summary["styles"]["s"]["queries"] == 2


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"query": "a", "targets": {"1": 2}, "style": "x"}\n{"query": 1}\n')
    with pytest.raises(JudgedSetError, match="line 2"):
        read(path)
