"""The home page names the newest news, the first guide and the frequent procedures at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from catalogue.models import NewsPage
from home.models import FeaturedProcedure
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    NewsFactory,
    Portal,
    ProcedureFactory,
    translate,
)
from tests.integration.html import get, main_text

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str = "/") -> list[str]:
    document = get(client, address)
    return [link.get_text() for link in document.select(".mc-news a")]


def news(title: str, day: int) -> NewsPage:
    page: NewsPage = NewsFactory(title=title, date=date(2026, 11, day))
    page.save_revision().publish()
    return page


def test_the_newest_three_are_named_newest_first(client: Client, portal: Portal) -> None:
    for day in (3, 9, 1, 7):
        news(f"Tin {day}", day)
    assert titles(client) == ["Tin 9", "Tin 7", "Tin 3"]


def test_a_change_of_news_is_seen_at_once(client: Client, portal: Portal) -> None:
    page = news("Tin cũ", 3)
    page.title = "Tin đã sửa"
    page.save_revision().publish()
    assert titles(client) == ["Tin đã sửa"]
    page.unpublish()
    assert titles(client) == []
    page.save_revision().publish()
    assert titles(client) == ["Tin đã sửa"]
    NewsPage.objects.get(pk=page.pk).delete()
    assert titles(client) == []


def test_english_names_come_from_the_translation(client: Client, portal: Portal) -> None:
    page = news("Tin mới", 3)
    document = get(client, "/en/")
    assert document.select_one(".mc-news a")["lang"] == "vi"
    translate(page, title="Latest").save_revision().publish()
    link = get(client, "/en/").select_one(".mc-news a")
    assert (link.get_text(), link.get("lang")) == ("Latest", None)
    assert titles(client) == ["Tin mới"]


def test_a_restricted_page_is_not_named(client: Client, portal: Portal) -> None:
    page = news("Tin kín", 3)
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    for address in ("/", "/tin-tuc/", "/tin-tuc/rss.xml"):
        assert "Tin kín" not in client.get(address).content.decode(), address
    restriction.delete()
    assert titles(client) == ["Tin kín"]


def test_the_first_guide_is_offered_while_it_is_live(client: Client, portal: Portal) -> None:
    assert get(client, "/").select_one(".mc-guide-card") is None
    guide = GuideFactory(slug="nop-ho-so")
    guide.save_revision().publish()
    card = get(client, "/").select_one(".mc-guide-card a")
    assert card["href"] == "/huong-dan/nop-ho-so/"
    guide.unpublish()
    assert get(client, "/").select_one(".mc-guide-card") is None


def test_frequent_procedures_follow_the_published_home_page(client: Client, portal: Portal) -> None:
    first, second = ProcedureFactory(), ProcedureFactory()
    home = portal.home
    home.featured = [FeaturedProcedure(procedure=page) for page in (second, first)]
    home.save_revision().publish()
    shown = get(client, "/").select(".mc-pick a")
    assert [link.get_text() for link in shown] == [second.official_name, first.official_name]
    home.featured = [FeaturedProcedure(procedure=first)]
    home.save_revision()
    assert len(get(client, "/").select(".mc-pick a")) == 2
    home.get_latest_revision().publish()
    assert len(get(client, "/").select(".mc-pick a")) == 1


def test_a_restricted_agency_is_not_named(client: Client, portal: Portal) -> None:
    procedure = ProcedureFactory()
    agency = procedure.get_parent()
    assert agency.title in main_text(get(client, "/"))
    PageViewRestriction.objects.create(page=agency, restriction_type=PageViewRestriction.LOGIN)
    for address in ("/", "/co-quan/", "/thu-tuc/"):
        assert agency.title not in main_text(get(client, address)), address


def test_a_guide_of_an_agency_stands_on_its_page_and_not_at_the_door(
    client: Client, portal: Portal
) -> None:
    agency = AgencyFactory(title="Sở Minh hoạ", slug="so-minh-hoa")
    unit = AgencyFactory(parent=agency, title="Phòng Minh hoạ", slug="phong")
    guide = GuideFactory(parent=agency, title="Nộp hồ sơ tại Sở", slug="nop-tai-so")
    GuideFactory(parent=unit, title="Nộp hồ sơ tại phòng")
    guide.save_revision().publish()
    assert get(client, "/").select_one(".mc-guide-card") is None
    links = get(client, "/co-quan/so-minh-hoa/").select("#huong-dan a")
    assert [link.get_text() for link in links] == ["Nộp hồ sơ tại Sở"]
    assert get(client, links[0]["href"]).h1.get_text() == "Nộp hồ sơ tại Sở"
    assert "Nộp hồ sơ tại Sở" in main_text(get(client, "/huong-dan/"))
