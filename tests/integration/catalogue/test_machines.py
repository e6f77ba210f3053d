"""What machines read: sitemap, robots, feeds and descriptions of services."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from catalogue.actions import refresh_all_listings
from catalogue.models import ProcedurePage
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    LifeEventFactory,
    NewsFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    StandardFactory,
    make_alias,
    translate,
)
from tests.integration.html import get, link

pytestmark = pytest.mark.django_db

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    agency = AgencyFactory(slug="so", title="Sở Minh hoạ")
    return ProcedureFactory(
        parent=agency, slug="mau", key="1.000001", official_name="Đăng ký <mẫu> & “thử”",
        sectors=[SectorFactory(name="Hộ tịch")], life_events=[LifeEventFactory(name="Kết hôn")],
    )  # fmt: skip


def locations(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    root = ET.fromstring(response.content)
    return [node.text or "" for node in root.findall(".//s:loc", MAP)]


def below(settings: Any, address: str) -> str:
    assert address.startswith(settings.PORTAL_URL + "/") or address == settings.PORTAL_URL
    return address.removeprefix(settings.PORTAL_URL)


def test_robots_lead_to_a_sitemap_index_of_sitemaps(client: Client, settings: Any) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert not any(line.strip() == "Disallow: /" for line in lines)
    (line,) = [line for line in lines if line.startswith("Sitemap: ")]
    index = below(settings, line.removeprefix("Sitemap: "))
    sections = locations(client, index)
    assert sections
    for section in sections:
        assert locations(client, urlsplit(section).path)


def test_the_sitemap_has_real_addresses_only(
    client: Client, procedure: ProcedurePage, settings: Any
) -> None:
    translate(ProcedureFactory(parent=procedure.get_parent(), slug="dich"), title="English")
    make_alias(StandardFactory(slug="chua-dich"))
    GuideFactory(slug="cach-nop")
    NewsFactory(slug="tin")
    NewsFactory(slug="het-han").unpublish()
    paths = [below(settings, address) for address in locations(client, "/sitemap-pages.xml")]
    assert len(paths) == len(set(paths))
    for path in paths:
        document = get(client, path)
        assert link(document, rel="canonical") == f"http://testserver{path}"
        assert document.find("meta", attrs={"name": "robots"}) is None, path
    expected = {
        "/", "/en/", "/co-quan/", "/en/co-quan/", "/co-quan/so/", "/co-quan/so/mau/",
        "/en/co-quan/so/dich/", "/huong-dan/cach-nop/", "/tin-tuc/tin/", "/chua-dich/",
    }  # fmt: skip
    assert expected <= set(paths)
    for absent in ("/en/chua-dich/", "/en/co-quan/so/mau/", "/tin-tuc/het-han/"):
        assert absent not in paths


def test_sitemap_says_when_a_page_changed(client: Client, procedure: ProcedurePage) -> None:
    root = ET.fromstring(client.get("/sitemap-pages.xml").content)
    for entry in root.findall("s:url", MAP):
        if (entry.findtext("s:loc", "", MAP)).endswith("/mau/"):
            changed = entry.findtext("s:lastmod", "", MAP)
            assert changed.startswith(f"{procedure.last_published_at:%Y-%m}")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("feed", ["/thu-tuc/rss.xml", "/tin-tuc/rss.xml"])
def test_feeds_are_valid_and_their_addresses_real(
    client: Client, procedure: ProcedurePage, prefix: str, feed: str
) -> None:
    NewsFactory(slug="moi", title="Tin <mới> & “lạ”", date=date(2026, 11, 24))
    NewsFactory(slug="cu", title="Tin cũ", date=date(2026, 1, 2))
    response = client.get(prefix + feed)
    assert response["Content-Type"].startswith("application/rss+xml")
    channel = ET.fromstring(response.content).find("channel")
    assert channel is not None
    assert channel.findtext("language") == ("en" if prefix else "vi")
    for tag in ("title", "link", "description"):
        assert channel.findtext(tag)
    items = channel.findall("item")
    titles = [item.findtext("title") for item in items]
    expected = ["Đăng ký <mẫu> & “thử”"] if "thu-tuc" in feed else ["Tin <mới> & “lạ”", "Tin cũ"]
    assert titles == expected
    for item in items:
        address = (item.findtext("link") or "").removeprefix("http://testserver")
        assert address.startswith(f"{prefix}/")
        assert client.get(address).status_code == 200
        assert item.findtext("pubDate")
        assert item.findtext("guid")


def test_the_feed_of_procedures_says_fee_and_time(client: Client, procedure: ProcedurePage) -> None:
    ProcedureFactory(parent=procedure.get_parent(), bare=True)
    text = client.get("/thu-tuc/rss.xml").content.decode()
    assert "30.000 đồng" in text
    assert "chưa công bố" in text


def test_lists_name_their_feed(client: Client, procedure: ProcedurePage) -> None:
    for path, feed in (("/thu-tuc/", "/thu-tuc/rss.xml"), ("/en/tin-tuc/", "/en/tin-tuc/rss.xml")):
        assert link(get(client, path), type="application/rss+xml") == feed


# ── structured data ───────────────────────────────────────────────────────────────────────────


def described(client: Client, path: str = "/co-quan/so/mau/") -> dict[str, Any]:
    return nodes(client, path)["GovernmentService"]


def nodes(client: Client, path: str) -> dict[str, dict[str, Any]]:
    """What a page says to machines, by type."""
    scripts = get(client, path).find_all("script", type="application/ld+json")
    found = [json.loads(script.string) for script in scripts]
    return {node["@type"]: node for node in found}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_way_to_a_page_is_told(client: Client, procedure: ProcedurePage, prefix: str) -> None:
    path = f"{prefix}/co-quan/so/mau/"
    steps = nodes(client, path)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1]["name"] == "Đăng ký <mẫu> & “thử”"
    assert "item" not in steps[-1]
    shown = get(client, path).select(".govuk-breadcrumbs__link")
    assert [step["item"] for step in steps[:-1]] == [
        f"http://testserver{link['href']}" for link in shown
    ]
    assert [step["name"] for step in steps[:-1]] == [link.get_text() for link in shown]
    for step in steps[:-1]:
        assert client.get(step["item"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("path", ["/thu-tuc/", "/thu-tuc/?q=mẫu", "/linh-vuc/", "/co-quan/"])
def test_lists_tell_their_way_too(client: Client, procedure: ProcedurePage, path: str) -> None:
    steps = nodes(client, path)["BreadcrumbList"]["itemListElement"]
    assert steps[0]["name"] == "Trang chủ"
    assert len(steps) == 2


def test_a_procedure_is_described_as_a_government_service(
    client: Client, procedure: ProcedurePage
) -> None:
    node = described(client)
    assert node["@context"] == "https://schema.org"
    assert node["@type"] == "GovernmentService"
    assert node["name"] == "Đăng ký <mẫu> & “thử”"
    assert node["identifier"] == "1.000001"
    assert node["url"] == "http://testserver/thu-tuc/1.000001/"
    assert node["serviceType"] == ["Hộ tịch"]
    assert node["provider"]["name"] == "Sở Minh hoạ"
    assert client.get(node["provider"]["url"].removeprefix("http://testserver")).status_code == 200
    assert node["offers"] == {"@type": "Offer", "price": "30000", "priceCurrency": "VND"}
    assert "disambiguatingDescription" not in node
    assert "termsOfService" not in node


@pytest.mark.parametrize(
    ("trait", "expected"),
    [
        ({"free": True}, {"@type": "Offer", "price": "0", "priceCurrency": "VND"}),
        ({"fees": []}, None),
        ({"percentage": True}, None),
        ({"fees": [{"kind": "text", "text": "Theo quy định"}]}, None),
        (
            {"three_cases": True},
            {
                "@type": "AggregateOffer",
                "lowPrice": "0",
                "highPrice": "430000",
                "priceCurrency": "VND",
            },
        ),
    ],
)
def test_an_unknown_fee_is_no_offer_and_no_zero(
    client: Client, portal: Portal, trait: dict[str, Any], expected: dict[str, str] | None
) -> None:
    ProcedureFactory(parent=AgencyFactory(slug="so"), slug="mau", **trait)
    assert described(client).get("offers") == expected


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", "Số liệu minh hoạ, chưa xác minh"),
        ("/en", "Illustrative figures, not verified"),
    ],
)
def test_unverified_facts_are_described_as_such(
    client: Client, portal: Portal, prefix: str, words: str
) -> None:
    ProcedureFactory(parent=AgencyFactory(slug="so"), slug="mau", unverified=True)
    node = described(client, f"{prefix}/co-quan/so/mau/")
    assert words in node["disambiguatingDescription"]


def test_a_repealed_procedure_is_described_as_such(client: Client, portal: Portal) -> None:
    ProcedureFactory(parent=AgencyFactory(slug="so"), slug="mau", repealed=True)
    assert described(client)["termsOfService"]


def test_no_value_ends_the_data_block(client: Client, portal: Portal) -> None:
    name = "Tên </script><script>alert(1)</script>"
    ProcedureFactory(parent=AgencyFactory(slug="so"), slug="mau", official_name=name)
    assert described(client)["name"] == name


@pytest.mark.parametrize("feed", ["/thu-tuc/rss.xml", "/tin-tuc/rss.xml"])
def test_a_feed_outlives_what_xml_cannot_hold(
    client: Client, procedure: ProcedurePage, feed: str
) -> None:
    NewsFactory(title="Tin\x02mới", introduction="Từ ngày\x0b1/12", date=date(2026, 11, 24))
    ProcedurePage.objects.update(official_name="Đăng ký\x0cmẫu")
    refresh_all_listings()
    channel = ET.fromstring(client.get(feed).content).find("channel")
    assert channel is not None
    title = channel.findtext("item/title")
    assert title == ("Tin mới" if "tin-tuc" in feed else "Đăng ký mẫu")
