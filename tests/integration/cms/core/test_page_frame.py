"""The frame of public pages: names, links, language switch, gallery, error pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation
from wagtail.models import Site

from cms.core import page_frame
from cms.core.models import PortalSettings
from cms.core.views_gallery import show_gallery
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal_settings() -> PortalSettings:
    site = Site.objects.get(is_default_site=True)
    return PortalSettings.objects.create(
        site=site,
        province_name="thành phố Cần Thơ",
        province_name_en="Can Tho City",
        support_phone="0292 300 0000",
        support_hours="thứ Hai đến thứ Sáu",
        is_demo=True,
    )


def make_request(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def test_portal_speaks_the_language_of_the_page(portal_settings: PortalSettings) -> None:
    fields = model_to_dict(portal_settings)
    vietnamese = page_frame.build_portal(fields, "vi")
    assert vietnamese.full_name == "Cổng dịch vụ công thành phố Cần Thơ"
    with translation.override("en"):
        english = page_frame.build_portal(fields, "en")
    assert english.full_name == "Can Tho City Public Services Portal"
    assert english.home_url == "/en/"
    assert english.support_hours == "thứ Hai đến thứ Sáu"


@pytest.mark.parametrize("path", ["/", "/thu-tuc/?q=a&trang=2", "/co-quan/so-y-te/"])
def test_language_switch_stays_on_the_page(path: str) -> None:
    switch = page_frame.build_language_switch(make_request(path))
    assert switch == page_frame.LanguageSwitch(vi_url=path, en_url=f"/en{path}")
    back = page_frame.build_language_switch(make_request(f"/en{path}"))
    assert back == switch


def test_notices_come_from_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_frame, "_notice_providers", [])
    notice = page_frame.PageNotice(title="Bảo trì")
    page_frame.register_notices(lambda request: [notice])
    assert page_frame.list_notices(make_request("/")) == [notice]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_gallery_shows_every_component_in_debug_only(language: str) -> None:
    request = make_request("/_components/")
    with pytest.raises(Http404):
        show_gallery(request)
    with override_settings(DEBUG=True), translation.override(language):
        page = show_gallery(request).content.decode()
    for component in (ROOT / "templates/components").glob("*.html"):
        assert component.stem in page
    if language == "en":
        assert '<a class="govuk-link" href="#noi-dung" lang="vi">' in page


def test_demonstration_says_so(portal_settings: PortalSettings) -> None:
    with override_settings(DEBUG=True):
        page = show_gallery(make_request("/_components/")).content.decode()
    assert "Bản trình diễn" in page
    assert "Cổng chính thức" not in page


def test_untranslated_page_belongs_to_its_vietnamese_address() -> None:
    request = make_request("/en/co-quan/?q=a")
    switch = page_frame.build_language_switch(request)
    assert page_frame.describe_address(request, switch)["canonical_url"].endswith("/en/co-quan/")
    request.untranslated = True  # type: ignore[attr-defined]
    address = page_frame.describe_address(request, switch)
    assert address["canonical_url"] == "http://testserver/co-quan/"
    assert address["robots"] == "noindex"
    assert not address["alternates"]


def test_canonical_address_keeps_the_number_of_the_page_only() -> None:
    request = make_request("/thu-tuc/?q=a&trang=3&sap-xep=moi")
    address = page_frame.describe_address(request, page_frame.build_language_switch(request))
    assert address["canonical_url"] == "http://testserver/thu-tuc/?trang=3"


def test_not_found_keeps_the_frame(client: Client, portal_settings: PortalSettings) -> None:
    response = client.get("/khong-co/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "Không có trang này" in page
    assert "mc-footer" in page


@pytest.mark.parametrize("name", ["500.html", "400.html", "429.html", "403_csrf.html"])
def test_standalone_errors_need_no_context(
    name: str, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        page = render_to_string(name)
    assert "mc-error" in page
