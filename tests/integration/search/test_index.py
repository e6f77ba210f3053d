"""What is published is found in the next request, and nothing else is."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.models import PageViewRestriction

from catalogue.models import ProcedurePage
from search import indexing
from search.engines import full_text
from search.models import EntryKind, SearchEntry, SearchWord
from search.searches import search
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    NewsFactory,
    Portal,
    ProcedureFactory,
    translate,
)

pytestmark = pytest.mark.django_db


def titles(text: str, language: str = "vi") -> list[str]:
    hits = search(text, language).hits
    rows = SearchEntry.objects.in_bulk([hit.entry_id for hit in hits])
    return [rows[hit.entry_id].title for hit in hits]


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    page: ProcedurePage = ProcedureFactory(
        parent=agency, official_name="Đăng ký khai sinh", title="Khai sinh", key="9.001193"
    )
    return page


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký khai sinh", "dang ky khai sinh", "DANG KY KHAI SINH", "khai sinh",
        "ddawng kys khai sinh", "d9a8ng ky1 khai sinh", "dang ky khia sinh", "khaisinh",
        "9.001193", "9001193", "001193", "1193", "giấy khai sinh ở đâu",
    ],
)  # fmt: skip
def test_a_procedure_is_found_however_it_is_typed(procedure: ProcedurePage, text: str) -> None:
    assert titles(text)[:1] == ["Đăng ký khai sinh"]


def test_a_change_is_found_at_once(procedure: ProcedurePage) -> None:
    procedure.official_name = "Ghi sổ hộ tịch"
    procedure.title = "Ghi sổ"
    procedure.save_revision().publish()
    assert titles("ghi sổ hộ tịch") == ["Ghi sổ hộ tịch"]
    assert titles("khai sinh") == []


def test_a_draft_is_not_found(procedure: ProcedurePage) -> None:
    procedure.official_name = "Bản nháp bí mật"
    procedure.save_revision()
    assert titles("bí mật") == []


def test_what_is_taken_away_is_not_found(procedure: ProcedurePage) -> None:
    procedure.unpublish()
    assert titles("khai sinh") == []
    procedure.save_revision().publish()
    assert titles("khai sinh") == ["Đăng ký khai sinh"]
    ProcedurePage.objects.get(pk=procedure.pk).delete()
    assert SearchEntry.objects.filter(kind=EntryKind.PROCEDURE).count() == 0


def test_a_restricted_page_is_not_found(procedure: ProcedurePage) -> None:
    restriction = PageViewRestriction.objects.create(
        page=procedure.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert titles("khai sinh") == []
    assert titles("sở minh hoạ") == []
    restriction.delete()
    assert titles("khai sinh") == ["Đăng ký khai sinh"]


def test_a_renamed_agency_takes_its_procedures_along(procedure: ProcedurePage) -> None:
    agency = procedure.get_parent().specific
    agency.title = "Sở Trăng sao"
    agency.save_revision().publish()
    assert titles("trăng sao") == ["Sở Trăng sao"]
    assert titles("khai sinh trăng sao")[0] == "Đăng ký khai sinh"
    assert not indexing.compare()


def test_a_moved_page_has_its_new_address(procedure: ProcedurePage) -> None:
    other = AgencyFactory(title="Sở Khác", slug="so-khac")
    procedure.move(other, pos="last-child")
    entry = SearchEntry.objects.get(kind=EntryKind.PROCEDURE)
    assert entry.url.startswith("/co-quan/so-khac/")
    assert not indexing.compare()


@pytest.mark.parametrize("factory", [GuideFactory, NewsFactory])
def test_guides_and_news_are_found_while_they_are_live(portal: Portal, factory: type) -> None:
    page = factory(title="Cách chuyển khoản")
    page.save_revision().publish()
    assert titles("chuyen khoan") == ["Cách chuyển khoản"]
    page.unpublish()
    assert titles("chuyen khoan") == []


def test_an_expired_item_is_not_found(portal: Portal) -> None:
    page = NewsFactory(title="Tin sắp hết hạn")
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert titles("tin sắp hết hạn") == []


def test_both_languages_are_found_by_english_readers(procedure: ProcedurePage) -> None:
    assert titles("khai sinh", "en") == ["Đăng ký khai sinh"]
    translate(procedure, official_name="Registration of a birth").save_revision().publish()
    assert titles("birth registration", "en") == ["Registration of a birth"]
    assert titles("khai sinh", "en") == ["Registration of a birth"]
    assert titles("birth", "vi") == []


def test_the_index_is_compared_and_repaired(procedure: ProcedurePage) -> None:
    assert not indexing.compare()
    SearchEntry.objects.filter(kind=EntryKind.PROCEDURE).delete()
    SearchEntry.objects.filter(kind=EntryKind.AGENCY).update(title="Sai")
    SearchEntry.objects.create(
        kind=EntryKind.NEWS, page_id=999, language="vi", url="/", title="Thừa", title_language="vi"
    )
    with pytest.raises(CommandError):
        call_command("check_index", stdout=StringIO())
    call_command("check_index", "--repair", stdout=StringIO())
    assert not indexing.compare()
    assert titles("khai sinh") == ["Đăng ký khai sinh"]


def test_the_index_is_mended_at_night(procedure: ProcedurePage) -> None:
    SearchEntry.objects.filter(kind=EntryKind.PROCEDURE).delete()
    indexing.mend()
    assert not indexing.compare()


def counts() -> dict[str, int]:
    return dict(SearchWord.objects.exclude(number=0).values_list("term", "number"))


def test_words_are_counted_as_pages_come_and_go(procedure: ProcedurePage) -> None:
    other = ProcedureFactory(parent=procedure.get_parent(), official_name="Đăng ký kết hôn")
    assert (counts()["dang_ky"], counts()["khai_sinh"]) == (2, 1)
    procedure.official_name = "Đăng ký lại"
    procedure.title = "Đăng ký lại"
    procedure.save_revision().publish()
    other.unpublish()
    GuideFactory(title="Khai sinh").save_revision().publish()
    now = counts()
    assert (now["dang_ky"], now["khai_sinh"], now.get("ket_hon")) == (1, 1, None)
    indexing.count_words()
    assert counts() == now


def test_a_rebuilt_index_is_the_same(procedure: ProcedurePage) -> None:
    GuideFactory(title="Hướng dẫn").save_revision().publish()
    call_command("rebuild_index", stdout=StringIO())
    assert not indexing.compare()


def test_the_index_stays_through_all_migrations() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite makes tables anew and would lose their triggers")
    with connection.cursor() as cursor:
        triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        cursor.execute(triggers, [full_text.TABLE])
        assert cursor.fetchone()[0] == 3


def test_entries_do_not_depend_on_the_language_of_who_publishes(procedure: ProcedurePage) -> None:
    guide = GuideFactory()
    with override("en"):
        procedure.save_revision().publish()
        guide.save_revision().publish()
        assert get_language() == "en"
    assert not indexing.compare()
    with override("en"):
        indexing.rebuild()
        assert not indexing.compare()
    assert not indexing.compare()
