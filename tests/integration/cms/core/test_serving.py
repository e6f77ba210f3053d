"""How addresses find their pages in both languages, and what a fallback says of itself."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from catalogue.models import ProcedurePage
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    NewsFactory,
    Portal,
    ProcedureFactory,
    StandardFactory,
    make_alias,
    translate,
)
from tests.integration.html import get, language_of, link, main_text, unmarked

pytestmark = pytest.mark.django_db

BANNER = "This page is not translated yet"


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    agency = AgencyFactory(title="Sở Y tế minh hoạ", slug="so-y-te")
    return ProcedureFactory(parent=agency, official_name="Đăng ký khai sinh", slug="khai-sinh")


ADDRESS = "/co-quan/so-y-te/khai-sinh/"


def test_vietnamese_address_gives_the_vietnamese_page(
    client: Client, procedure: ProcedurePage
) -> None:
    response = client.get(ADDRESS)
    document = get(client, ADDRESS)
    assert "X-Robots-Tag" not in response
    assert document.html["lang"] == "vi"
    assert document.h1.get_text() == "Đăng ký khai sinh"
    assert link(document, rel="canonical") == f"http://testserver{ADDRESS}"
    assert link(document, hreflang="en") == f"http://testserver/en{ADDRESS}"


def test_fallback_has_english_labels_and_vietnamese_words(
    client: Client, procedure: ProcedurePage
) -> None:
    response = client.get(f"/en{ADDRESS}")
    document = get(client, f"/en{ADDRESS}")
    text = main_text(document)
    assert response["X-Robots-Tag"] == "noindex"
    assert document.html["lang"] == "en"
    assert BANNER in text
    assert "Papers to hand in" in text
    assert "Giấy tờ cần nộp" not in text
    assert document.h1.get_text() == "Đăng ký khai sinh"
    assert language_of(document.h1) == "vi"
    assert language_of(document.find("strong", string="Giấy tờ số 1")) == "vi"


def test_fallback_belongs_to_its_vietnamese_address(
    client: Client, procedure: ProcedurePage
) -> None:
    document = get(client, f"/en{ADDRESS}")
    assert link(document, rel="canonical") == f"http://testserver{ADDRESS}"
    assert document.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert not document.find_all("link", hreflang=True)


def test_fallback_marks_every_vietnamese_word(client: Client, procedure: ProcedurePage) -> None:
    document = get(client, f"/en{ADDRESS}")
    vietnamese = "ăâđêôơưàảãạắằẳẵặấầẩẫậèẻẽẹếềểễệìỉĩịòỏõọốồổỗộớờởỡợùủũụứừửữựỳỷỹỵ"
    # The currency is said in one form in both languages.
    texts = [text for text in unmarked(document, vietnamese) if "đồng" not in text]
    assert not texts


@pytest.mark.parametrize("path", ["/en/nope/", "/en/co-quan/nope/", "/nope/", "/en/en/"])
def test_a_wrong_address_is_not_found_in_both_languages(
    client: Client, procedure: ProcedurePage, path: str
) -> None:
    document = get(client, path, 404)
    assert document.html["lang"] == ("en" if path.startswith("/en/") else "vi")


@pytest.mark.parametrize("kind", ["agency", "guide", "news", "standard"])
def test_every_kind_of_page_has_a_fallback(client: Client, portal: Portal, kind: str) -> None:
    factories = {
        "agency": AgencyFactory,
        "guide": GuideFactory,
        "news": NewsFactory,
        "standard": StandardFactory,
    }
    page = factories[kind](title="Trang chưa dịch")
    address = page.get_url().replace("http://localhost", "")
    document = get(client, f"/en{address}")
    assert BANNER in main_text(document)
    assert language_of(document.h1) == "vi"
    assert document.h1.get_text().strip() == "Trang chưa dịch"
    assert link(document, rel="canonical") == f"http://testserver{address}"


def test_a_translated_page_has_the_same_path(client: Client, procedure: ProcedurePage) -> None:
    own = translate(procedure, title="Birth", official_name="Registration of birth")
    assert own.slug == "khai-sinh"
    response = client.get(f"/en{ADDRESS}")
    document = get(client, f"/en{ADDRESS}")
    assert "X-Robots-Tag" not in response
    assert BANNER not in main_text(document)
    assert document.h1.get_text() == "Registration of birth"
    assert language_of(document.h1) == "en"
    assert link(document, rel="canonical") == f"http://testserver/en{ADDRESS}"
    # What was not translated is still marked.
    assert language_of(document.find("strong", string="Giấy tờ số 1")) == "vi"


def test_an_alias_counts_as_untranslated(client: Client, portal: Portal) -> None:
    make_alias(StandardFactory(title="Trang chưa dịch", slug="trang"))
    response = client.get("/en/trang/")
    document = get(client, "/en/trang/")
    assert response["X-Robots-Tag"] == "noindex"
    assert BANNER in main_text(document)
    assert language_of(document.h1) == "vi"
    assert link(document, rel="canonical") == "http://testserver/trang/"


def test_an_unpublished_translation_gives_the_fallback(
    client: Client, procedure: ProcedurePage
) -> None:
    translate(procedure, official_name="Registration of birth").unpublish()
    document = get(client, f"/en{ADDRESS}")
    assert BANNER in main_text(document)
    assert document.h1.get_text() == "Đăng ký khai sinh"


def test_an_unpublished_page_is_found_in_no_language(
    client: Client, procedure: ProcedurePage
) -> None:
    procedure.unpublish()
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"/en{ADDRESS}").status_code == 404


def test_the_language_switch_keeps_the_page(client: Client, procedure: ProcedurePage) -> None:
    there = get(client, f"{ADDRESS}?noi=1").find("a", hreflang="en")["href"]
    assert there == f"/en{ADDRESS}?noi=1"
    assert get(client, there).find("a", hreflang="vi")["href"] == f"{ADDRESS}?noi=1"


# ── view restrictions ─────────────────────────────────────────────────────────────────────────


def restrict(page: object) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


SECRET = "Đăng ký khai sinh"


@pytest.mark.parametrize("above", [False, True])
def test_a_restricted_page_never_leaks_through_the_fallback(
    client: Client, procedure: ProcedurePage, above: bool
) -> None:
    restrict(procedure.get_parent() if above else procedure)
    for address in (ADDRESS, f"/en{ADDRESS}"):
        response = client.get(address)
        assert response.status_code in {302, 404}, address
        assert SECRET not in response.content.decode()


def test_a_restricted_translation_does_not_give_way_to_its_source(
    client: Client, procedure: ProcedurePage
) -> None:
    restrict(translate(procedure, official_name="Registration of birth"))
    response = client.get(f"/en{ADDRESS}")
    assert response.status_code == 302
    assert client.get(ADDRESS).status_code == 200


def test_other_pages_are_served_as_before_beside_a_restricted_one(
    client: Client, procedure: ProcedurePage
) -> None:
    restrict(StandardFactory(title="Kín"))
    assert get(client, ADDRESS).h1.get_text() == SECRET
    document = get(client, f"/en{ADDRESS}")
    assert BANNER in main_text(document)
    translate(procedure, official_name="Registration of birth")
    assert BANNER not in main_text(get(client, f"/en{ADDRESS}"))


def test_an_alias_counts_as_untranslated_beside_a_restricted_page(
    client: Client, portal: Portal
) -> None:
    restrict(StandardFactory(title="Kín"))
    make_alias(StandardFactory(title="Trang chưa dịch", slug="trang"))
    response = client.get("/en/trang/")
    assert BANNER in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ["bieu-mau.zip", "qr.svg", ""])
def test_nothing_of_a_restricted_procedure_is_given_by_its_code(
    client: Client, procedure: ProcedurePage, name: str
) -> None:
    restrict(procedure)
    response = client.get(f"/thu-tuc/{procedure.key}/{name}", follow=True)
    assert SECRET not in response.content.decode(errors="replace")
    if name:
        assert response.status_code == 404


@pytest.mark.parametrize(
    "address", ["/thu-tuc/", "/thu-tuc/rss.xml", "/sitemap-pages.xml", "/en/thu-tuc/"]
)
def test_a_restricted_procedure_is_not_listed(
    client: Client, procedure: ProcedurePage, address: str
) -> None:
    restrict(procedure)
    text = client.get(address).content.decode()
    assert SECRET not in text
    assert "khai-sinh" not in text
