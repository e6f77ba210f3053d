"""Reading place names as people write them."""

import pytest

from cms.core.place_names import read_place, simplify, simplify_name, split_kind


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Phường Cái Khế", "phường", "cái khế"),
        ("P. Cái Khế", "p", "cái khế"),
        ("p.5", "p", "5"),
        ("P5", "p", "5"),
        ("TP Cần Thơ", "tp", "cần thơ"),
        ("TP. Cần Thơ", "tp", "cần thơ"),
        ("Thị xã Ngã Bảy", "thị xã", "ngã bảy"),
        ("Thị trấn Phong Điền", "thị trấn", "phong điền"),
        ("Xã Xà Phiên", "xã", "xà phiên"),
        ("Phương Bình", "", "phương bình"),
        ("Phú Quốc", "", "phú quốc"),
    ],
)
def test_the_kind_is_parted_from_the_name(text, kind, name):
    assert split_kind(text) == (kind, name)


@pytest.mark.parametrize(
    ("text", "simple"),
    [("M'Drắk", "mdrak"), ("Bà Rịa - Vũng Tàu", "ba ria vung tau"), ("05", "5"), ("0", "0")],
)
def test_names_are_simplified(text, simple):
    assert simplify(text) == simple


def test_an_official_name_is_simplified_without_its_kind():
    assert simplify_name("Thành phố Cần Thơ") == "can tho"


def test_commas_part_the_levels():
    query = next(read_place("P. Tân An, Q. Ninh Kiều, TP Cần Thơ"))
    assert (query.kind, query.names, query.hints) == (
        "ward",
        ("tan an", "p tan an"),
        ("ninh kieu", "can tho"),
    )


def test_a_street_before_the_commune_is_left_out():
    query = next(read_place("71 Lý Tự Trọng\nphường Ninh Kiều\nCần Thơ"))
    assert (query.names, query.hints) == (("ninh kieu",), ("can tho",))


def test_a_kind_without_marks_may_be_part_of_the_name():
    assert next(read_place("phuong binh")).names == ("binh", "phuong binh")


def test_words_for_higher_levels_part_a_text_without_commas():
    loose = list(read_place("phường Tân An quận Ninh Kiều tp Cần Thơ"))[1]
    assert (loose.names, loose.hints) == (("tan an",), ("ninh kieu", "can tho"))


@pytest.mark.parametrize("text", ["", "  ", ",", " - "])
def test_nothing_is_read_from_nothing(text):
    assert not any(query.names for query in read_place(text))
