"""The official list of places, and finding a commune in it by what people write."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from cms.core.models import Commune, FormerWard, FormerWardSuccessor, Province
from cms.core.place_data import load_places
from cms.core.places import MatchReason, find_communes


@pytest.fixture(scope="module", autouse=True)
def _places(django_db_setup, django_db_blocker):
    """The whole list, once for this module: two seconds are too long for each test."""
    with django_db_blocker.unblock():
        load_places()
    yield
    with django_db_blocker.unblock(), transaction.atomic():
        FormerWardSuccessor.objects.order_by().delete()
        FormerWard.objects.order_by().delete()
        Commune.objects.order_by().delete()
        Province.objects.order_by().delete()


pytestmark = pytest.mark.django_db


def names(text, **options):
    return [match.commune.name for match in find_communes(text, **options)]


def test_the_list_is_complete():
    assert Province.objects.count() == 34
    assert Commune.objects.count() == 3321
    assert Commune.objects.filter(province_id="92").count() == 103
    assert FormerWard.objects.count() == 10035


def test_provinces_are_in_dictionary_order_of_their_own_names():
    listed = [province.name for province in Province.objects.all()[:4]]
    assert listed == ["Tỉnh An Giang", "Tỉnh Bắc Ninh", "Tỉnh Cà Mau", "Tỉnh Cao Bằng"]


def test_loading_again_changes_nothing_and_repairs():
    keys = set(FormerWard.objects.order_by("pk").values_list("pk", flat=True))
    Commune.objects.filter(code="31120").update(name="Sai", folded="sai")
    FormerWard.objects.create(
        name="Xã Không Có", district="Huyện A", province_name="Tỉnh B", folded="khong co"
    )
    Commune.objects.create(
        code="99999", name="Xã Cũ", kind="commune", province_id="92", folded="cu", sort_key="c0u0"
    )
    out = StringIO()
    call_command("load_places", stdout=out)
    assert "34 provinces, 3321 communes, 10035 former wards" in out.getvalue()
    assert "1 kept communes" in out.getvalue()
    assert Commune.objects.get(code="31120").name == "Phường Cái Khế"
    assert set(FormerWard.objects.order_by("pk").values_list("pk", flat=True)) == keys


@pytest.mark.parametrize(
    "text",
    [
        "Phường Cái Khế",
        "P. Cái Khế",
        "phường cai khe",
        "  CÁI   KHẾ ",
        "p.cai khe, tp cần thơ",
        "31120",
        "Phường Cái Khế - Quận Ninh Kiều - TP Cần Thơ",
        "12 đường 30/4, phường Cái Khế, Cần Thơ",
        "phuong an hoa quan ninh kieu",
    ],
)
def test_one_commune_by_many_spellings(text):
    assert names(text) == ["Phường Cái Khế"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("xa phuong binh", "Xã Phương Bình"),
        ("Phương Bình", "Xã Phương Bình"),
        ("xa phien", "Xã Xà Phiên"),
        ("m'drak", "Xã M'Drắk"),
        ("P5, Q3, TPHCM", "Phường Bàn Cờ"),
        ("phường 05 quận 3 tp hcm", "Phường Bàn Cờ"),
        ("Vị Thanh, Hậu Giang", "Xã Vị Thanh 1"),
        ("Phú Quốc", "Đặc khu Phú Quốc"),
        ("71 Lý Tự Trọng, Ninh Kiều", "Phường Ninh Kiều"),
    ],
)
def test_the_best_comes_first(text, first):
    assert names(text)[0] == first


def test_the_beginning_of_a_name_is_enough():
    assert "Phường Cái Khế" in names("cái k")


def test_a_former_ward_leads_to_its_commune():
    [match] = find_communes("phường Thới Bình, quận Ninh Kiều")
    assert match.label == "Phường Ninh Kiều, Thành phố Cần Thơ"
    assert match.reason is MatchReason.FORMER_WARD
    with translation.override("vi"):
        assert match.explanation == (
            "trước đây là Phường Thới Bình, Quận Ninh Kiều, Thành phố Cần Thơ"
        )


def test_a_divided_ward_leads_to_all_its_communes_the_likeliest_first():
    matches = find_communes("Bùi Hữu Nghĩa, Bình Thủy")
    assert [match.commune.code for match in matches] == ["31168", "31120"]
    assert [match.is_likeliest for match in matches] == [True, False]


def test_a_name_of_today_and_a_former_ward_are_both_offered():
    matches = find_communes("phường Tân An, Cần Thơ")
    assert [(match.commune.name, match.reason) for match in matches] == [
        ("Phường Tân An", MatchReason.NAME),
        ("Phường Ninh Kiều", MatchReason.FORMER_WARD),
    ]


def test_a_ward_that_nobody_knows_falls_back_on_its_former_district():
    matches = find_communes("phường An Cư, quận Ninh Kiều")
    assert matches[0].commune.name == "Phường Ninh Kiều"
    assert {match.reason for match in matches} == {MatchReason.FORMER_DISTRICT}
    assert {match.commune.province_id for match in matches} == {"92"}


def test_another_province_is_kept_out():
    assert len(names("Tân An")) > 1
    assert names("Tân An", province_code="92") == ["Phường Tân An", "Phường Ninh Kiều"]
    assert find_communes("31120", province_code="01") == []


def test_the_limit_is_kept():
    assert len(find_communes("an", limit=3)) == 3


@pytest.mark.parametrize("text", ["", "zzzz", "99999", "không có xã này"])
def test_nothing_is_found_for_nonsense(text):
    assert find_communes(text) == []


@pytest.mark.parametrize("text", ["Tân An", "phường Cái Khế"])
def test_a_look_up_takes_two_queries(text, django_assert_num_queries):
    with django_assert_num_queries(2):
        for match in find_communes(text):
            assert match.label
            assert match.explanation is not None
