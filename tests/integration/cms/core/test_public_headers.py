"""What every public answer carries: a strict policy, safe headers, no script or style inline."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories import (
    AgencyFactory,
    GuideFactory,
    LegalDocumentFactory,
    NewsFactory,
    OutageFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    StandardFactory,
)
from tests.integration.html import parse

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/thu-tuc/", "/thu-tuc/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/linh-vuc/",
    "/linh-vuc/ho-tich/", "/su-kien/", "/doi-tuong/citizen/", "/co-quan/", "/co-quan/so/",
    "/co-quan/so/mau/", "/van-ban/1-2025-nd-cp/", "/huong-dan/", "/huong-dan/cach-nop/",
    "/tin-tuc/", "/tin-tuc/tin/", "/gioi-thieu/", "/khong-co/",
]  # fmt: skip
UNSAFE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "data:", "http:", "https:", "*", "blob:")
ADDRESSES = ("href", "src", "action")
CODE = ("javascript:", "data:")
REQUIRED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}


@pytest.fixture
def content(portal: Portal) -> None:
    agency = AgencyFactory(slug="so", demo=True)
    page = ProcedureFactory(
        parent=agency, slug="mau", three_cases=True, unverified=True, filed_elsewhere=True,
        key="1.000001", official_name="Tên <b>& “mẫu”</b> </script>",
        sectors=[SectorFactory(name="Hộ tịch")],
        legal_bases=[LegalDocumentFactory(number="1/2025/NĐ-CP", repealed=True)],
    )  # fmt: skip
    GuideFactory(slug="cach-nop")
    NewsFactory(slug="tin")
    StandardFactory(slug="gioi-thieu", in_footer=True)
    OutageFactory()
    OutageFactory(procedures=[page])


def policy_of(response: object) -> dict[str, str]:
    header = response["Content-Security-Policy"]  # type: ignore[index]
    parts = [part.strip().split(" ", 1) for part in header.split(";") if part.strip()]
    return {part[0]: part[1] if len(part) > 1 else "" for part in parts}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_public_pages_have_a_strict_policy_and_nothing_inline(
    client: Client, content: None, prefix: str
) -> None:
    for path in PAGES:
        response = client.get(prefix + path)
        policy = policy_of(response)
        assert REQUIRED.items() <= policy.items(), path
        assert not [word for word in UNSAFE if word in " ".join(policy.values()).split()], path
        assert inline(parse(response)) == [], path


def inline(document: BeautifulSoup) -> list[str]:
    """What a strict policy would refuse, or what should not be in a page at all."""
    found = [str(tag)[:100] for tag in document.find_all("style")]
    found += [
        str(script)[:100]
        for script in document.find_all("script", src=False)
        if script.get("type") != "application/ld+json"
    ]
    for tag in document.find_all(True):
        found += [
            f"{tag.name} {name}={value}"
            for name, value in tag.attrs.items()
            if name == "style"
            or re.fullmatch(r"on[a-z]+", name)
            or (name in ADDRESSES and str(value).strip().lower().startswith(CODE))
        ]
    return found


def test_public_answers_have_safe_headers(client: Client, content: None) -> None:
    for path in (*PAGES, "/thu-tuc/1.000001/qr.svg", "/sitemap.xml", "/robots.txt"):
        response = client.get(path)
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["X-Frame-Options"] == "SAMEORIGIN", path
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", path
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "Server" not in response, path


def test_public_pages_set_no_cookie(client: Client, content: None) -> None:
    for path in (*PAGES, "/en/", "/sitemap.xml", "/robots.txt"):
        assert not client.get(path).cookies, path


def test_pages_that_name_the_reader_vary_by_the_cookie(client: Client, content: None) -> None:
    """No shared cache may show one person's header to another."""
    for path in (*PAGES, "/en/"):
        assert "Cookie" in client.get(path).get("Vary", ""), path
    assert "Cookie" not in client.get("/robots.txt").get("Vary", "")


def test_pages_load_nothing_from_elsewhere(client: Client, content: None) -> None:
    for path in PAGES:
        document = parse(client.get(path))
        sources = [tag["src"] for tag in document.find_all(src=True)]
        sources += [
            tag["href"]
            for tag in document.find_all("link", href=True)
            if set(tag["rel"]) & {"stylesheet", "icon", "preload", "manifest"}
        ]
        assert sources
        assert all(source.startswith(("/static/", "/media/", "/thu-tuc/")) for source in sources)


def test_the_administration_alone_has_the_looser_policy(client: Client, content: None) -> None:
    user = get_user_model().objects.create_superuser("quan-tri", "quan-tri@example.vn", "x")
    client.force_login(user)
    assert "'unsafe-inline'" in policy_of(client.get("/admin/"))["script-src"]
    assert policy_of(client.get("/"))["script-src"] == "'self'"


def test_words_of_the_reader_are_escaped(client: Client, content: None) -> None:
    response = client.get("/thu-tuc/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in response.content.decode()


def test_lists_are_read_only(client: Client, content: None) -> None:
    for path in ("/thu-tuc/", "/thu-tuc/1.000001/", "/linh-vuc/", "/robots.txt"):
        for method in ("post", "put", "delete", "patch"):
            assert getattr(client, method)(path).status_code == 405, (method, path)


def test_head_answers_like_get_without_a_body(client: Client, content: None) -> None:
    for path in PAGES:
        response = client.head(path)
        assert response.status_code == client.get(path).status_code, path
        assert not response.content, path


@pytest.mark.parametrize(
    "path",
    ["/%00/", "/co-quan/%00/", "/thu-tuc/%00/", "/thu-tuc/?q=%00", "/en/co-quan/so/mau/?noi=%00"],
)
def test_a_nul_character_is_refused_and_breaks_nothing(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert "'none'" in response["Content-Security-Policy"]
