"""How addresses find their pages in both languages, and what a fallback says of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.signals import page_unpublished

from catalogue.models import NewsPage, ProcedurePage
from cms.core.publishing import PublishRefusedError
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


# ── translations of what is withdrawn ─────────────────────────────────────────────────────────

KINDS = [AgencyFactory, GuideFactory, NewsFactory, ProcedureFactory, StandardFactory]


def translated(portal: Portal, factory: Any) -> tuple[Any, Any, str]:
    page = factory(parent=AgencyFactory()) if factory is ProcedureFactory else factory()
    english = translate(page)
    return page, english, page.get_url().removeprefix("http://testserver")


def state_of(page: Any) -> tuple[bool, bool]:
    page.refresh_from_db()
    return page.live, page.expired


@pytest.mark.parametrize("factory", KINDS)
def test_a_withdrawn_page_is_withdrawn_in_english(
    client: Client, portal: Portal, factory: Any
) -> None:
    page, english, address = translated(portal, factory)
    assert client.get(f"/en{address}").status_code == 200
    page.unpublish()
    assert client.get(f"/en{address}").status_code == 404
    assert f"/en{address}" not in client.get("/sitemap.xml").content.decode()
    page.save_revision().publish()
    assert BANNER not in main_text(get(client, f"/en{address}"))
    assert state_of(english) == (True, False)


def test_an_expired_page_expires_in_english(client: Client, portal: Portal) -> None:
    page, english, _address = translated(portal, NewsFactory)
    page.unpublish(set_expired=True)
    assert state_of(english) == (False, True)


def test_what_an_editor_withdrew_or_changed_is_not_published_by_itself(
    client: Client, procedure: ProcedurePage
) -> None:
    english = translate(procedure, official_name="Registration of birth")
    procedure.unpublish()
    english.refresh_from_db()
    english.official_name = "Registration of a birth"
    english.save_revision()
    procedure.save_revision().publish()
    assert state_of(english) == (False, False)
    english.get_latest_revision().publish()
    english.refresh_from_db()
    english.unpublish()
    procedure.refresh_from_db()
    procedure.save_revision().publish()
    assert state_of(english) == (False, False)


def test_a_translation_is_not_published_before_its_page(
    admin_user: Any, procedure: ProcedurePage
) -> None:
    english = translate(procedure, official_name="Registration of birth")
    procedure.unpublish()
    english.refresh_from_db()
    with pytest.raises(PublishRefusedError, match="Vietnamese page is not published"):
        english.save_revision().publish(user=admin_user)
    assert state_of(english) == (False, False)


def test_a_withdrawal_is_all_or_nothing(client: Client, procedure: ProcedurePage) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    page_unpublished.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            procedure.unpublish()
    finally:
        page_unpublished.disconnect(fail)
    assert ProcedurePage.objects.get(pk=procedure.pk).live
    assert client.get(ADDRESS).status_code == 200


def test_one_page_that_fails_holds_up_no_other_of_the_clock(client: Client, portal: Portal) -> None:
    first, second = NewsFactory(), NewsFactory()
    NewsPage.objects.update(expire_at=timezone.now() - timedelta(minutes=1))

    def fail(instance: Any, **kwargs: Any) -> None:
        if instance.pk == first.pk:
            raise RuntimeError

    page_unpublished.connect(fail)
    try:
        call_command("publish_scheduled")
    finally:
        page_unpublished.disconnect(fail)
    assert state_of(first) == (True, False)
    assert state_of(second) == (False, True)
    call_command("publish_scheduled")
    assert state_of(first) == (False, True)


def test_the_language_switch_never_leads_to_another_host(client: Client, portal: Portal) -> None:
    document = BeautifulSoup(client.get("/en//evil.example/x/").content, "html.parser")
    assert document.find("a", hreflang="vi")["href"] == "/evil.example/x/"


@pytest.mark.parametrize("number", ["9" * 5000, "٣", "-1", "x"])
def test_any_number_of_a_page_is_answered(client: Client, portal: Portal, number: str) -> None:
    for address in ("/", "/thu-tuc/", "/tin-tuc/"):
        assert client.get(address, {"trang": number}).status_code == 200, address


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


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("before", [False, True])
def test_a_restricted_page_never_leaks_through_its_translation(
    client: Client, procedure: ProcedurePage, above: bool, before: bool
) -> None:
    page = procedure.get_parent().specific if above else procedure
    if before:
        restrict(page)
    translate(procedure.get_parent().specific)
    translate(procedure, official_name="Registration of birth")
    if not before:
        restrict(page)
    response = client.get(f"/en{ADDRESS}")
    assert response.status_code == 302
    assert "Registration of birth" not in client.get("/en/thu-tuc/").content.decode()
    assert f"/en{ADDRESS}" not in client.get("/sitemap.xml").content.decode()
    PageViewRestriction.objects.get(page=page.pk).delete()
    assert client.get(f"/en{ADDRESS}").status_code == 200


def test_a_translation_is_open_to_the_groups_of_its_page(
    client: Client, procedure: ProcedurePage
) -> None:
    english = translate(procedure, official_name="Registration of birth")
    restriction = PageViewRestriction.objects.create(
        page=procedure, restriction_type=PageViewRestriction.GROUPS
    )
    group = Group.objects.create(name="Người đọc thử")
    restriction.groups.add(group)
    assert list(PageViewRestriction.objects.get(page=english.pk).groups.all()) == [group]
    restriction.groups.remove(group)
    assert not PageViewRestriction.objects.get(page=english.pk).groups.exists()


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
