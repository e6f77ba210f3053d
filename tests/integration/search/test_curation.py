"""What editors add counts with the next query, in every process, and only while it is public."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from search import curation
from search.models import SearchPin, SearchSynonym
from search.searches import search
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    NewsFactory,
    Portal,
    ProcedureFactory,
    translate,
)
from tests.integration.html import get
from tests.integration.search.test_lists import rows
from tests.integration.search.test_suggestions import suggested

pytestmark = pytest.mark.django_db
City = dict[str, Any]


@pytest.fixture
def city(portal: Portal) -> City:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    names = {
        "birth": "Đăng ký khai sinh",
        "again": "Đăng ký lại khai sinh",
        "land": "Cấp giấy chứng nhận quyền sử dụng đất",
    }
    made = {
        word: ProcedureFactory(parent=agency, official_name=name, key=f"1.00{number}001")
        for number, (word, name) in enumerate(names.items())
    }
    guide = GuideFactory(title="Cách đăng ký khai sinh")
    guide.save_revision().publish()
    return {**made, "agency": agency, "guide": guide}


def synonym(said: str, *means: str, both_ways: bool = False) -> SearchSynonym:
    row = SearchSynonym(said=said, means="\n".join(means), both_ways=both_ways)
    row.full_clean()
    row.save()
    return row


def pin(query: str, page: Any, **fields: Any) -> SearchPin:
    row = SearchPin(query=query, page=page, **fields)
    row.full_clean()
    row.save()
    return row


def complaints(row: Any) -> dict[str, list[str]]:
    with translation.override("vi"):
        with pytest.raises(ValidationError) as refusal:
            row.full_clean()
        return refusal.value.message_dict


class TestSynonyms:
    def test_one_counts_at_once_and_until_it_is_deleted(self, client: Client, city: City) -> None:
        assert rows(client, "/thu-tuc/?q=bìa+hồng") == []
        row = synonym("bìa hồng", "quyền sử dụng đất")
        for typed in ("bìa+hồng", "bia+hong", "BÌA+HỒNG"):
            assert rows(client, f"/thu-tuc/?q={typed}") == ["Cấp giấy chứng nhận quyền sử dụng đất"]
        assert "Cấp giấy chứng nhận quyền sử dụng đất" in suggested(client, "bia hong")
        row.means = "khai sinh"
        row.save()
        assert rows(client, "/thu-tuc/?q=bia+hong")[0] == "Đăng ký khai sinh"
        row.delete()
        assert rows(client, "/thu-tuc/?q=bia+hong") == []

    def test_one_way_or_both(self, city: City) -> None:
        ProcedureFactory(parent=city["agency"], official_name="Thu hồi bìa hồng", key="1.009001")
        row = synonym("bìa hồng", "quyền sử dụng đất")
        assert len(search("quyền sử dụng đất", "vi").hits) == 1
        row.both_ways = True
        row.save()
        assert len(search("quyền sử dụng đất", "vi").hits) == 2

    def test_words_with_accents_are_taken_at_their_word(self, city: City) -> None:
        synonym("bìa hồng", "quyền sử dụng đất")
        assert not search("bịa hòng", "vi").hits

    @pytest.mark.parametrize(
        ("said", "means", "field", "words"),
        [
            ("", "đất", "said", "Trường này không được để trắng"),
            ("!!!", "đất", "said", "Hãy viết ít nhất một từ."),
            ("x" * 101, "đất", "said", "100"),
            ("từ " * 11, "đất", "said", "Tối đa 100 ký tự và 10 từ."),
            ("ở đâu", "đất", "said", "Chỉ toàn từ đệm"),
            ("bìa hồng", "", "means", "Trường này không được để trắng"),
            ("bìa hồng", "đất\n…", "means", "“…”: Hãy viết ít nhất một từ."),
            ("bìa hồng", "đất\nĐẤT", "means", "“ĐẤT” bị lặp lại."),
            ("bìa hồng", "Bìa  Hồng", "means", "trùng với cụm từ người dân nói"),
            ("bìa hồng", "làm sao", "means", "Chỉ toàn từ đệm"),
            ("bìa hồng", "\n".join(f"nghĩa {n}" for n in range(21)), "means", "Tối đa 20 nghĩa."),
            ("GPLX", "giấy phép lái xe", "means", "đã biết nghĩa “giấy phép lái xe”"),
        ],
    )
    def test_useless_words_are_refused_beside_the_field(
        self, db: None, said: str, means: str, field: str, words: str
    ) -> None:
        found = complaints(SearchSynonym(said=said, means=means))
        assert list(found) == [field]
        assert words in " ".join(found[field])

    def test_a_second_entry_for_the_same_words_is_refused(self, db: None) -> None:
        row = synonym("bìa hồng", "đất")
        row.full_clean()
        found = complaints(SearchSynonym(said="BÌA, hồng", means="nhà"))
        assert found["said"] == ["Cụm từ này đã có rồi. Hãy thêm nghĩa vào mục đó."]
        SearchSynonym(said="bía hổng", means="nhà").full_clean()


class TestPins:
    @pytest.mark.parametrize("typed", ["đăng+ký", "dang+ky", "  ĐĂNG+++KÝ ", "ddawng+kys"])
    def test_a_pinned_page_stands_first(self, client: Client, city: City, typed: str) -> None:
        pin("Đăng  ký", city["land"])
        assert rows(client, f"/thu-tuc/?q={typed}") == [
            "Cấp giấy chứng nhận quyền sử dụng đất", "Đăng ký khai sinh", "Đăng ký lại khai sinh",
        ]  # fmt: skip
        assert suggested(client, "dang ky")[0] == "Cấp giấy chứng nhận quyền sử dụng đất"

    def test_positions_order_several(self, client: Client, city: City) -> None:
        pin("dang ky", city["land"], position=2)
        pin("dang ky", city["again"], position=1)
        assert rows(client, "/thu-tuc/?q=dang+ky")[:2] == [
            "Đăng ký lại khai sinh", "Cấp giấy chứng nhận quyền sử dụng đất",
        ]  # fmt: skip

    def test_other_pages_stand_first_beside_the_list(self, client: Client, city: City) -> None:
        pin("đất", city["guide"])
        pin("đất", city["agency"], position=2)
        links = get(client, "/thu-tuc/?q=dat").select(".mc-beside a")
        assert [link.get_text() for link in links] == ["Cách đăng ký khai sinh", "Sở Minh hoạ"]
        assert suggested(client, "đất")[:2] == ["Cách đăng ký khai sinh", "Sở Minh hoạ"]

    def test_a_query_that_nothing_answers_may_have_one(self, client: Client, city: City) -> None:
        pin("xyzzy", city["birth"])
        assert rows(client, "/thu-tuc/?q=xyzzy") == ["Đăng ký khai sinh"]

    def test_a_slip_in_a_pinned_query_is_forgiven(self, client: Client, city: City) -> None:
        pin("khai sinh", city["land"])
        found = rows(client, "/thu-tuc/?q=khai+xinh")
        assert found[0] == "Cấp giấy chứng nhận quyền sử dụng đất"

    def test_one_of_an_unpublished_page_does_nothing(self, client: Client, city: City) -> None:
        pin("dang ky", city["land"])
        city["land"].unpublish()
        assert rows(client, "/thu-tuc/?q=dang+ky")[0] == "Đăng ký khai sinh"
        city["land"].save_revision().publish()
        assert rows(client, "/thu-tuc/?q=dang+ky")[0] != "Đăng ký khai sinh"
        city["land"].delete()
        assert rows(client, "/thu-tuc/?q=dang+ky")[0] == "Đăng ký khai sinh"
        assert not SearchPin.objects.exists()

    def test_one_counts_in_its_language(self, client: Client, city: City) -> None:
        pin("dang ky", city["land"], language="en")
        assert rows(client, "/thu-tuc/?q=dang+ky")[0] == "Đăng ký khai sinh"
        assert "đất" in rows(client, "/en/thu-tuc/?q=dang+ky")[0]

    def test_an_english_page_is_kept_as_its_vietnamese_one(self, city: City) -> None:
        english = translate(city["birth"], official_name="Register a birth")
        assert pin("birth", english).page_id == city["birth"].pk

    def test_what_cannot_be_pinned_is_refused(self, city: City) -> None:
        pin("khai sinh", city["birth"])
        found = complaints(SearchPin(query="ở đâu", page=NewsFactory()))
        assert found == {
            "query": ["Chỉ toàn từ đệm, chưa nói lên điều cần tìm."],
            "page": ["Hãy chọn một thủ tục, cơ quan hoặc hướng dẫn."],
        }
        same = SearchPin(query="Khai   Sinh", page=city["birth"], language="en")
        assert "page" in complaints(same)

    def test_filters_of_the_list_still_count(self, client: Client, city: City) -> None:
        pin("dang ky", city["land"])
        assert rows(client, "/thu-tuc/?q=dang+ky&sap-xep=ten")[0] != "Đăng ký khai sinh"
        assert rows(client, "/thu-tuc/?q=dang+ky&linh-vuc=khong-co")


class TestEveryProcess:
    """A worker keeps what it read until the mark changes."""

    def test_another_worker_sees_a_change(self, city: City) -> None:
        other = list(curation._kept)  # what a second process read before the change
        first = curation.get_curation()
        synonym("bìa hồng", "quyền sử dụng đất")
        curation._kept[:] = [*other, first]
        assert curation.get_curation().thesaurus is not first.thesaurus
        assert search("bia hong", "vi").hits

    def test_what_was_taken_back_is_not_kept(self, city: City) -> None:
        with transaction.atomic():
            synonym("bìa hồng", "quyền sử dụng đất")
            assert search("bia hong", "vi").hits
            transaction.set_rollback(True)
        assert not search("bia hong", "vi").hits
        synonym("bìa đỏ son", "khai sinh")
        assert not search("bia hong", "vi").hits

    def test_one_question_a_query_however_many_there_are(self, city: City) -> None:
        def count() -> int:
            search("dang ky", "vi")
            with CaptureQueriesContext(connection) as queries:
                search("dang ky", "vi")
            return len(queries)

        before = count()
        for number in range(20):
            synonym(f"bìa số {number}", "quyền sử dụng đất")
            pin(f"bìa {number}", city["land"])
        assert count() == before
