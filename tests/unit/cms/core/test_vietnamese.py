"""Vietnamese text: normal form, folding, dictionary order, short forms and slugs."""

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.vietnamese import cut_at_word, fold, nfc, slugify_vi, sort_key

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VOWELS = "aăâeêioôơuưy"
TONED = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in VOWELS
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
vietnamese = st.text(alphabet=LETTERS + TONED + LETTERS.upper() + TONED.upper() + " 0123456789,-/")


def in_order(words: list[str]) -> list[str]:
    shuffled = list(words)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=sort_key)


class TestNormalForm:
    def test_whitespace_of_every_kind_is_collapsed(self):
        assert nfc("  Thủ\u00a0tục \n hành\u202fchính\t") == "Thủ tục hành chính"

    def test_decomposed_text_is_composed(self):
        assert nfc(unicodedata.normalize("NFD", "Đường Lý Tự Trọng")) == "Đường Lý Tự Trọng"

    @given(st.text())
    def test_it_is_idempotent(self, text):
        assert nfc(nfc(text)) == nfc(text)


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Đăng ký khám bệnh, chữa bệnh", "dang ky kham benh, chua benh"),
            ("Giấy CHỨNG NHẬN", "giay chung nhan"),
            ("Ðường Trường Sa", "duong truong sa"),
            ("hoà", "hoa"),
            ("hòa", "hoa"),
            ("THUÝ", "thuy"),
            ("thúy", "thuy"),
            ("Quyển số 5\u00a0A", "quyen so 5 a"),
            ("", ""),
        ],
    )
    def test_examples(self, text, folded):
        assert fold(text) == folded

    @given(st.text())
    def test_it_is_idempotent(self, text):
        assert fold(fold(text)) == fold(text)

    @given(vietnamese)
    def test_vietnamese_folds_to_ascii(self, text):
        assert fold(text).isascii()

    @given(vietnamese)
    def test_composed_and_decomposed_input_fold_alike(self, text):
        assert fold(unicodedata.normalize("NFD", text)) == fold(text)


class TestSortKey:
    def test_the_alphabet(self):
        assert in_order(list(LETTERS)) == list(LETTERS)

    def test_the_tones(self):
        tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
        assert in_order(tones) == tones

    def test_letters_weigh_more_than_tones(self):
        words = ["an", "ạn", "anh", "ăn", "ằn", "ân", "ba", "dương", "đào", "đạo"]
        assert in_order(words) == words

    def test_a_word_comes_before_what_it_begins(self):
        words = ["Cần", "Cần Thơ", "Cần Thơ 2", "Cần Thơ A", "Cầnh"]
        assert in_order(words) == words

    def test_numbers_compare_by_value(self):
        words = ["Điều 2", "Điều 3a", "Điều 10", "Điều 010a", "Điều 1000000000", "Điều kiện"]
        assert in_order(words) == words

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("hoà bình", "hòa bình"),
            ("Thuý Khuê", "Thúy Khuê"),
            ("Khám bệnh, chữa bệnh", "khám bệnh – chữa bệnh"),
            ("Cư M'gar", "Cư M’gar"),
            ("  Sở  Y tế ", "Sở\u00a0Y tế"),
        ],
    )
    def test_spellings_of_one_word_are_equal(self, one, other):
        assert sort_key(one) == sort_key(other)

    def test_foreign_letters_follow_their_plain_letter_or_z(self):
        words = ["façade", "fado", "straße", "strasse b", "z", "Ω"]
        assert in_order(words) == words

    def test_nothing_to_sort_gives_an_empty_key(self):
        assert sort_key(" –, ") == ""

    @given(vietnamese)
    def test_every_weight_is_safe_for_any_collation(self, text):
        key = sort_key(text, length=100_000)
        assert re.fullmatch(r"[0-9a-z]*", key)
        assert not re.search(r"[a-z][a-z]", key)

    @given(vietnamese)
    def test_composed_and_decomposed_input_sort_alike(self, text):
        assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)

    @given(st.text(), st.integers(min_value=0, max_value=60))
    def test_a_cut_key_is_the_beginning_of_the_whole(self, text, length):
        whole = sort_key(text, length=100_000)
        assert sort_key(text, length=length) == whole[:length]


class TestCutAtWord:
    def test_a_short_text_stays(self):
        assert cut_at_word("Cấp giấy phép", 13) == "Cấp giấy phép"

    def test_a_long_text_is_cut_between_words(self):
        assert cut_at_word("Cấp giấy phép hoạt động", 14) == "Cấp giấy phép…"
        assert cut_at_word("Cấp giấy phép hoạt động", 13) == "Cấp giấy…"

    def test_no_punctuation_is_left_before_the_ellipsis(self):
        assert cut_at_word("Khám bệnh, chữa bệnh", 13) == "Khám bệnh…"

    def test_a_word_too_long_by_itself_is_cut_inside(self):
        assert cut_at_word("abcdefghij", 5) == "abcd…"

    @given(st.text(), st.integers(min_value=0, max_value=40))
    def test_the_limit_is_kept(self, text, limit):
        assert len(cut_at_word(text, limit)) <= limit


class TestSlug:
    @pytest.mark.parametrize(
        ("text", "words", "slug"),
        [
            ("Đăng ký khám bệnh, chữa bệnh", None, "dang-ky-kham-benh-chua-benh"),
            ("Sở Y tế", None, "so-y-te"),
            ("Cư M'gar", None, "cu-mgar"),
            ("Nghị định 61/2018/NĐ-CP", 4, "nghi-dinh-61-2018"),
            ("…", None, ""),
        ],
    )
    def test_examples(self, text, words, slug):
        assert slugify_vi(text, words=words) == slug

    @given(st.text())
    def test_only_slug_characters_survive(self, text):
        assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slugify_vi(text))
