"""What a procedure page fills in by itself, and what it refuses."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from catalogue.models import AgencyPage, ProcedurePage
from cms.core.models.pages import TITLE_LENGTH
from tests.factories import AgencyFactory, Portal, ProcedureFactory, translate
from tests.factories.trees import locale
from tests.integration.html import get

pytestmark = pytest.mark.django_db

# As long as the longest name of the national register.
LONG = ("Cấp giấy phép hoạt động đối với cơ sở khám bệnh, chữa bệnh khi thay đổi địa điểm " * 14)[
    :1093
].strip() + "."


@pytest.fixture
def agency(portal: Portal) -> AgencyPage:
    return AgencyFactory(slug="so")


def add(agency: AgencyPage, **fields: object) -> ProcedurePage:
    page = ProcedurePage(**fields)
    agency.add_child(instance=page)
    return ProcedurePage.objects.get(pk=page.pk)


def test_a_name_of_1094_characters_is_saved_whole(client: Client, agency: AgencyPage) -> None:
    name = LONG.ljust(1094, "a")
    assert len(name) == 1094
    page = ProcedureFactory(parent=agency, official_name=name, key="1.000001")
    assert ProcedurePage.objects.get(pk=page.pk).official_name == name
    assert len(page.title) <= TITLE_LENGTH
    assert name.startswith(page.title.rstrip("…").rstrip())
    assert name[len(page.title.rstrip("…").rstrip())] in " ,", "cut inside a word"
    address = f"/co-quan/so/{page.slug}/"
    for prefix in ("", "/en"):
        document = get(client, prefix + address)
        assert name in " ".join(document.get_text().split())
        assert len(document.title.get_text()) < 250
    assert page.title[:60] in get(client, "/thu-tuc/").get_text()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Đăng ký khai sinh", "Đăng ký khai sinh"),
        ("a" * 300, "a" * 119 + "…"),
        ("x" * 120, "x" * 120),
        ("từ " * 39 + "bảy", "từ " * 39 + "bảy"),
    ],
)
def test_the_title_is_cut_at_a_word(agency: AgencyPage, name: str, title: str) -> None:
    page = add(agency, official_name=name, key="1.000001")
    assert page.title == title
    assert len(page.title) <= TITLE_LENGTH


def test_a_title_that_an_editor_gave_is_kept(agency: AgencyPage) -> None:
    page = add(agency, official_name="Tên dài của thủ tục", title="Tên ngắn", key="1.000001")
    assert page.title == "Tên ngắn"
    assert page.display_title == "Tên dài của thủ tục"


def test_the_official_name_defaults_to_the_title(agency: AgencyPage) -> None:
    assert add(agency, title="Tên ngắn", key="1.000001").official_name == "Tên ngắn"


def test_decomposed_letters_are_composed(agency: AgencyPage) -> None:
    page = add(agency, official_name="Đăng ký", key=" 1.000001 ")
    assert page.official_name == "Đăng ký"
    assert page.key == "1.000001"


def test_the_slug_has_eight_folded_words_and_the_key(agency: AgencyPage) -> None:
    name = "Đăng ký một hai ba bốn năm sáu bảy"
    page = add(agency, official_name=name, key="1.012289.000.00.00")
    assert page.slug == "dang-ky-mot-hai-ba-bon-nam-sau-1-012289-000-00-00"


def test_two_procedures_of_one_name_have_two_addresses(agency: AgencyPage) -> None:
    slugs = {add(agency, official_name="Cấp lại", key=key).slug for key in ("1.1", "1.2", "1.10")}
    assert len(slugs) == 3


@pytest.mark.parametrize("key", [None, ""])
def test_a_vietnamese_page_needs_a_key(agency: AgencyPage, key: str | None) -> None:
    with pytest.raises(ValidationError) as error:
        add(agency, official_name="Đăng ký", key=key)
    assert "key" in error.value.message_dict


def test_a_key_is_given_once(agency: AgencyPage) -> None:
    add(agency, official_name="Đăng ký", key="1.000001")
    with pytest.raises(ValidationError) as error:
        add(agency, official_name="Khác", key="1.000001")
    assert "key" in error.value.message_dict


def test_translations_have_no_key(agency: AgencyPage) -> None:
    pages = [ProcedureFactory(parent=agency) for _ in range(2)]
    for page in pages:
        assert translate(page, official_name="English").key is None
    assert ProcedurePage.objects.filter(locale=locale("en"), key=None).count() == 2


def test_an_english_page_needs_no_key(agency: AgencyPage) -> None:
    own = translate(ProcedureFactory(parent=agency), official_name="English")
    own.full_clean()


def test_filing_elsewhere_needs_its_address(agency: AgencyPage) -> None:
    with pytest.raises(ValidationError) as error:
        add(agency, official_name="Đăng ký", key="1.1", filing_mode="link")
    assert "filing_url" in error.value.message_dict


@pytest.mark.parametrize("field", ["audiences", "authority_levels"])
@pytest.mark.parametrize("value", [["unknown"], "citizen", {"citizen": 1}])
def test_unknown_codes_are_refused(agency: AgencyPage, field: str, value: object) -> None:
    with pytest.raises(ValidationError) as error:
        add(agency, official_name="Đăng ký", key="1.1", **{field: value})
    assert field in error.value.message_dict


def test_procedures_lie_below_agencies_only(portal: Portal) -> None:
    assert ProcedurePage.can_create_at(AgencyFactory())
    for parent in (portal.home, portal.agencies, portal.news):
        assert not ProcedurePage.can_create_at(parent)
