"""Which queries may be written down: numbers and addresses never, unknown words not at once."""

from __future__ import annotations

import pytest

from search.log.keeping import Verdict, judge, spelling_of
from search.log.pace import Pace
from search.synonyms import Thesaurus, get_thesaurus

KNOWN = {
    "khai": 40, "sinh": 40, "khai_sinh": 30, "dang_ky": 90, "ky_khai": 9, "giay": 80, "phep": 70,
    "giay_phep": 60, "xay": 20, "dung": 20, "xay_dung": 20, "phep_xay": 12, "van": 60, "an": 50,
    "van_an": 1, "nguyen": 30, "1.004222": 2, "1004222": 2, "004222": 2, "4222": 2, "912345678": 9,
}  # fmt: skip


def count(terms: set[str]) -> dict[str, int]:
    return {term: KNOWN[term] for term in terms if term in KNOWN}


def verdict(text: str, total: int = 500) -> Verdict:
    return judge(text, get_thesaurus(), count, total)


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh 092123456789", "khai sinh 0912345678", "khai sinh 0912 345 678",
        "0912.345.678", "0912-345-678", "+84 912 345 678", "(0292) 3 821 000", "912345678",
        "khai sinh 12/03/1990", "khai sinh 1-2-1990", "giấy phép 092 123 456 789",
        "giấy phép ０９１２３４５６７８", "giấy phép 1.999999", "65A1 234567", "123456",
        "an@example.vn", "khai sinh nguyen@vi-du", "https://vi-du.vn/khai-sinh", "www.vi-du.vn",
        "khai sinh " * 11, "a" * 101, "khai " * 21, "", "…", "1.004222 0912345678",
    ],
)  # fmt: skip
def test_what_may_be_about_a_person_is_never_kept(text: str) -> None:
    assert verdict(text) is Verdict.NEVER


@pytest.mark.parametrize(
    "text",
    [
        "nguyễn văn an", "Nguyen Van An", "khai sinh nguyễn văn an", "khai sinh zzzz",
        "zzzz", "nhà ông ba đối diện chợ", "12345",
    ],
)  # fmt: skip
def test_unknown_words_must_come_again(text: str) -> None:
    assert verdict(text) is Verdict.WHEN_REPEATED


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh", "Đăng ký KHAI SINH", "ddawng kys khai sinh", "giay phep xay dung", "gplx",
        "khai sinh ở đâu", "1.004222", "1004222", "mất cccd làm sao", "khai",
    ],
)  # fmt: skip
def test_known_words_are_kept_at_once(text: str) -> None:
    assert verdict(text) is Verdict.NOW


def test_neighbours_prove_little_in_a_large_catalogue() -> None:
    assert verdict("khai sinh", total=50_000) is Verdict.WHEN_REPEATED
    assert verdict("van an") is Verdict.WHEN_REPEATED


def test_words_that_are_family_names_need_more_proof() -> None:
    for number, expected in ((5, Verdict.WHEN_REPEATED), (6, Verdict.NOW)):
        known = {"lam_thi": number, "thi_sinh": 2}
        found = judge("lam thi sinh", Thesaurus(), lambda terms, known=known: known, total=500)
        assert found is expected


def test_a_spelling_keeps_accents_and_nothing_else() -> None:
    assert spelling_of("  Sổ HỒNG, ở đâu?! ") == "sổ hồng ở đâu"


def test_a_pace_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("search.log.pace.time.monotonic", lambda: now[0])
    pace = Pace(rate=2, burst=3)
    assert [pace.allows() for _ in range(5)] == [True, True, True, False, False]
    now[0] = 1.0
    assert [pace.allows() for _ in range(3)] == [True, True, False]
