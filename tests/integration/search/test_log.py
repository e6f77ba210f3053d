"""Counts of queries and opened results: with the privacy page, without people, never in the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms.core.models import PortalSettings
from search.log import recording
from search.log.figures import Listing, list_asked, list_opened, read_asked, read_opened
from search.log.pace import Pace
from search.models import SearchClick, SearchedQuery, SearchTally
from tests.factories import AgencyFactory, GuideFactory, Portal, ProcedureFactory
from tests.factories.articles import StandardFactory
from tests.integration.html import get

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
City = dict[str, Any]


@pytest.fixture(autouse=True)
def _no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "PACE", Pace(rate=1e6, burst=10**6))


@pytest.fixture
def reader() -> Client:
    return Client(HTTP_USER_AGENT=BROWSER)


@pytest.fixture
def city(portal: Portal) -> City:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    names = ("Đăng ký khai sinh", "Đăng ký lại khai sinh", "Đăng ký kết hôn")
    pages = [
        ProcedureFactory(parent=agency, official_name=name, key=f"1.00{number}001")
        for number, name in enumerate(names)
    ]
    privacy = StandardFactory(title="Quyền riêng tư")
    settings = PortalSettings.objects.create(
        site=Site.objects.get(is_default_site=True), privacy_page=privacy, records_searches=True
    )
    return {"agency": agency, "pages": pages, "privacy": privacy, "settings": settings}


def kept() -> list[tuple[str, str, int, int]]:
    rows = SearchedQuery.objects.order_by("text", "language")
    return list(rows.values_list("language", "spelling", "times", "results"))


def ask(reader: Client, text: str, address: str = "/thu-tuc/", **headers: str) -> None:
    assert reader.get(address, {"q": text}, headers=headers).status_code == 200


class TestQueries:
    def test_one_is_counted_by_day(self, reader: Client, city: City) -> None:
        for text in ("khai sinh", "KHAI  sinh", "khai sính"):
            ask(reader, text)
        ask(reader, "khai sinh", "/en/thu-tuc/")
        assert kept() == [("en", "khai sinh", 1, 2), ("vi", "khai sính", 3, 2)]

    def test_one_without_an_answer_is_counted_too(self, reader: Client, city: City) -> None:
        ask(reader, "gplx")
        assert kept() == [("vi", "gplx", 1, 0)]

    @pytest.mark.parametrize(
        "address",
        [
            "/thu-tuc/?q=khai+sinh&trang=2", "/thu-tuc/?q=khai+sinh&sap-xep=ten",
            "/thu-tuc/?q=khai+sinh&doi-tuong=citizen", "/goi-y/?q=khai+sinh", "/thu-tuc/",
            "/thu-tuc/?q=", "/co-quan/",
        ],
    )  # fmt: skip
    def test_only_a_new_question_counts(self, reader: Client, city: City, address: str) -> None:
        reader.get(address)
        assert kept() == []

    @pytest.mark.parametrize(
        "headers",
        [
            {"User-Agent": ""}, {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
            {"User-Agent": "curl/8.0"}, {"User-Agent": "python-requests/2.32"},
            {"Sec-GPC": "1"}, {"DNT": "1"}, {"Sec-Purpose": "prefetch;prerender"},
            {"Purpose": "prefetch"},
        ],
    )  # fmt: skip
    def test_robots_and_who_does_not_want_it_are_left_out(
        self, reader: Client, city: City, headers: dict[str, str]
    ) -> None:
        ask(reader, "khai sinh", **headers)
        assert kept() == []

    def test_only_reading_counts(self, reader: Client, city: City) -> None:
        reader.head("/thu-tuc/", {"q": "khai sinh"})
        assert kept() == []

    @pytest.mark.parametrize(
        "text",
        [
            "khai sinh 092123456789", "khai sinh 0912.345.678", "an@example.vn", "12/03/1990",
            "khai sinh " * 12,
        ],
    )  # fmt: skip
    def test_nothing_of_a_person_reaches_the_database(
        self, reader: Client, city: City, text: str
    ) -> None:
        for _day in range(5):
            with CaptureQueriesContext(connection) as queries:
                ask(reader, text)
            assert not [q for q in queries if q["sql"].lstrip().startswith(("INSERT", "UPDATE"))]
        assert kept() == []
        assert not SearchTally.objects.exists()

    def test_unknown_words_are_kept_from_the_third_day(
        self, reader: Client, city: City, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start = timezone.localdate()
        for day in range(3):
            assert kept() == []
            today = start + timedelta(days=day)
            monkeypatch.setattr(recording.timezone, "localdate", lambda today=today: today)
            for _ in range(4):
                ask(reader, "Nguyễn Văn An")
            table = str(list(SearchTally.objects.values_list("digest", "days")))
            assert "nguy" not in table.lower()
        assert kept() == [("vi", "nguyễn văn an", 4, 0)]
        assert SearchTally.objects.get().days == 3

    def test_tallies_depend_on_the_secret_of_the_portal(
        self, reader: Client, city: City, settings: Any
    ) -> None:
        ask(reader, "nguyễn văn an")
        settings.SECRET_KEY = "another"
        ask(reader, "nguyễn văn an")
        assert SearchTally.objects.count() == 2

    def test_a_day_takes_no_flood(
        self, reader: Client, city: City, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recording, "MOST_A_DAY", 2)
        for text in ("khai sinh", "cmnd", "gplx", "khai sinh", "aaaa", "bbbb", "cccc"):
            ask(reader, text)
        assert [row[1:3] for row in kept()] == [("cmnd", 1), ("khai sinh", 2)]
        assert SearchTally.objects.count() == 2
        monkeypatch.setattr(recording, "PACE", Pace(rate=0, burst=1))
        ask(reader, "khai sinh")
        ask(reader, "khai sinh")
        assert ("vi", "khai sinh", 3, 2) in kept()


class TestConsent:
    """Nothing is counted unless the privacy page says so, and everybody can read it."""

    def test_the_switch_is_off_by_default(self, reader: Client, city: City) -> None:
        city["settings"].delete()
        ask(reader, "khai sinh")
        city["settings"] = PortalSettings.objects.create(
            site=Site.objects.get(is_default_site=True), privacy_page=city["privacy"]
        )
        ask(reader, "khai sinh")
        assert kept() == []

    def test_it_needs_the_page(self, city: City) -> None:
        city["settings"].privacy_page = None
        with pytest.raises(ValidationError) as refusal:
            city["settings"].full_clean()
        assert list(refusal.value.message_dict) == ["records_searches"]

    @pytest.mark.parametrize("how", ["unpublished", "deleted", "private"])
    def test_it_stops_when_the_page_cannot_be_read(
        self, reader: Client, city: City, how: str
    ) -> None:
        ask(reader, "khai sinh")
        if how == "unpublished":
            city["privacy"].unpublish()
        elif how == "deleted":
            city["privacy"].delete()
        else:
            PageViewRestriction.objects.create(page=city["privacy"], restriction_type="login")
        ask(reader, "khai sinh")
        assert [row[2] for row in kept()] == [1]
        assert get(reader, "/thu-tuc/?q=khai+sinh").select("[data-opened]") == []
        reader.post("/ket-qua-da-mo/", {"q": "khai sinh", "url": city["pages"][0].url})
        assert not SearchClick.objects.exists()


class TestNeverInTheWay:
    @pytest.mark.parametrize(
        "error", [DatabaseError("attempt to write a readonly database"), ValueError("NUL")]
    )
    @pytest.mark.parametrize("name", ["_add", "judge", "_impatient"])
    def test_a_failure_is_logged_and_the_list_shown(
        self,
        reader: Client,
        city: City,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
        name: str,
        error: Exception,
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise error

        monkeypatch.setattr(recording, name, fail)
        ask(reader, "khai sinh")
        assert kept() == []
        assert "a query could not be counted" in caplog.text
        assert "khai sinh" not in caplog.text

    def test_it_costs_few_questions_however_much_is_kept(self, reader: Client, city: City) -> None:
        def count() -> int:
            ask(reader, "khai sinh")
            with CaptureQueriesContext(connection) as queries:
                ask(reader, "khai sinh")
            return len(queries)

        before = count()
        today = timezone.localdate()
        SearchedQuery.objects.bulk_create(
            SearchedQuery(
                day=today, language="vi", text=f"t {n}", spelling=f"t {n}", times=1, results=1
            )
            for n in range(200)
        )
        assert count() == before
        city["settings"].records_searches = False
        city["settings"].save()
        assert before - count() <= 9


class TestClicks:
    def open(self, reader: Client, text: str, url: str, prefix: str = "", **headers: str) -> int:
        data = {"q": text, "url": url}
        answer = reader.post(f"{prefix}/ket-qua-da-mo/", data, headers=headers)
        assert answer.content == b""
        return answer.status_code

    def test_one_is_counted_for_query_and_page(self, reader: Client, city: City) -> None:
        guide = GuideFactory(title="Cách đăng ký khai sinh")
        guide.save_revision().publish()
        ask(reader, "khai sinh")
        ask(reader, "khai sinh", "/en/thu-tuc/")
        url = city["pages"][0].url
        for address in (url, url, city["agency"].url, guide.url):
            assert self.open(reader, "Khai Sinh", address) == 204
        assert self.open(reader, "khai sinh", f"/en{url}", "/en") == 204
        rows = SearchClick.objects.values_list("language", "text", "page_id", "times")
        assert set(rows) == {
            ("vi", "khai sinh", city["pages"][0].pk, 2),
            ("vi", "khai sinh", city["agency"].pk, 1),
            ("vi", "khai sinh", guide.pk, 1),
            ("en", "khai sinh", city["pages"][0].pk, 1),
        }

    def test_nobody_can_write_what_was_not_asked(self, reader: Client, city: City) -> None:
        url = city["pages"][0].url
        ask(reader, "khai sinh")
        for text in ("nguyễn văn an", "đăng ký", "", "x" * 500, "\x00"):
            assert self.open(reader, text, url) == 204
        for address in ("", "/khong-co/", "https://example.vn/", "x" * 5000, "\x00"):
            assert self.open(reader, "khai sinh", address) == 204
        assert self.open(reader, "khai sinh", url, **{"Sec-Fetch-Site": "cross-site"}) == 204
        assert self.open(reader, "khai sinh", url, **{"Sec-GPC": "1"}) == 204
        assert not SearchClick.objects.exists()

    def test_openings_are_believed_up_to_a_limit(self, reader: Client, city: City) -> None:
        ask(reader, "khai sinh")
        for _ in range(20):
            self.open(reader, "khai sinh", city["pages"][0].url)
        assert SearchClick.objects.get().times == recording.CLICKS_A_QUERY

    def test_only_posts_are_taken_and_no_cookie_is_set(self, reader: Client, city: City) -> None:
        assert reader.get("/ket-qua-da-mo/").status_code == 405
        strict = Client(HTTP_USER_AGENT=BROWSER, enforce_csrf_checks=True)
        answer = strict.post("/ket-qua-da-mo/", {"q": "khai sinh", "url": "/"})
        assert answer.status_code == 204
        assert not answer.cookies
        assert not strict.get("/thu-tuc/?q=khai+sinh").cookies

    def test_answers_say_where_to_tell(self, reader: Client, city: City) -> None:
        box = get(reader, '/thu-tuc/?q=khai+"sinh').select_one("[data-opened]")
        assert (box["data-opened"], box["data-opened-query"]) == ("/ket-qua-da-mo/", 'khai "sinh')
        assert get(reader, "/thu-tuc/").select("[data-opened]") == []


def seen(day: date, text: str, times: int, results: int, language: str = "vi") -> None:
    SearchedQuery.objects.create(
        day=day, language=language, text=text, spelling=text, times=times, results=results
    )


class TestFigures:
    @pytest.fixture
    def week(self, city: City) -> City:
        today = timezone.localdate()
        seen(today, "khai sinh", 3, 5)
        seen(today - timedelta(days=1), "khai sinh", 4, 0)
        seen(today, "so hong", 9, 0)
        seen(today - timedelta(days=8), "gplx", 50, 0)
        seen(today, "birth", 1, 2, "en")
        SearchClick.objects.create(
            day=today, language="vi", text="khai sinh", page_id=city["pages"][0].pk, times=2
        )
        return city

    def texts(self, listing: Listing, days: int = 7, language: str = "") -> list[str]:
        return [row["text"] for row in list_asked(listing, days, language)]

    def test_lists(self, week: City) -> None:
        assert self.texts(Listing.POPULAR) == ["so hong", "khai sinh", "birth"]
        assert self.texts(Listing.POPULAR, 30) == ["gplx", "so hong", "khai sinh", "birth"]
        assert self.texts(Listing.POPULAR, language="en") == ["birth"]
        assert self.texts(Listing.EMPTY) == ["so hong"]
        assert self.texts(Listing.UNOPENED) == ["birth"]
        rows = read_asked(list(list_asked(Listing.POPULAR, 7)), 7)
        assert [(row.times, row.results, row.opened) for row in rows] == [
            (9, 0, 0), (7, 5, 2), (1, 2, 0),
        ]  # fmt: skip

    def test_opened(self, week: City) -> None:
        (row,) = read_opened(list(list_opened(7)))
        assert (row.title, row.times, row.url) == (
            "Đăng ký khai sinh", 2, week["pages"][0].url,
        )  # fmt: skip
        week["pages"][0].delete()
        (row,) = read_opened(list(list_opened(7)))
        assert (row.title, row.url) == ("", "")


def test_what_is_old_is_deleted(city: City, settings: Any) -> None:
    settings.SEARCH_LOG_DAYS = 10
    today = timezone.localdate()
    for age in (0, 10, 11, 40):
        day = today - timedelta(days=age)
        seen(day, "khai sinh", 1, 1)
        SearchClick.objects.create(day=day, language="vi", text="x", page_id=1, times=1)
        SearchTally.objects.create(digest=str(age), days=1, last_day=day)
    recording.forget_old()
    assert SearchedQuery.objects.count() == SearchClick.objects.count() == 2
    assert set(SearchTally.objects.values_list("digest", flat=True)) == {"0", "10", "11"}
