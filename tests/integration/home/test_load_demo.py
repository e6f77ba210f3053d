"""The demo province: complete, bilingual, marked as a demonstration, and loaded once only.

The small demo is loaded, because loading takes seconds; it has all agencies' kinds, the guides,
the news and every hand-picked procedure. One test looks at all of it.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from catalogue.importers.run import Options, import_file
from catalogue.models import (
    AgencyPage,
    GuidePage,
    LegalDocument,
    LifeEvent,
    NewsPage,
    OutageNotice,
    ProcedureListing,
    ProcedurePage,
    Sector,
)
from cms.core.models import PortalDocument, PortalSettings
from home.demo.loader import DemoLoader
from home.demo.sources import DATA, read_records
from home.models import FeaturedProcedure
from search.log.figures import Listing, list_asked
from search.models import SearchClick, SearchedQuery
from services.accounts.models import (
    AgencyAccess,
    AgencyMembership,
    Enterprise,
    EnterpriseRequest,
    Person,
    User,
)
from services.accounts.states import Role
from services.accounts.tokens import demo_password

COUNTED: list[type[models.Model]] = [
    Page,
    ProcedurePage,
    ProcedureListing,
    LegalDocument,
    LifeEvent,
    OutageNotice,
    PortalDocument,
    PortalSettings,
    FeaturedProcedure,
    Sector,
    Translation,
    User,
    AgencyMembership,
    SearchedQuery,
    SearchClick,
    Person,
    Enterprise,
    EnterpriseRequest,
]
ADDRESSES = ["", "co-quan/so-y-te/", "huong-dan/su-dung-cong/", "tin-tuc/", "thu-tuc/"]


def count_all() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


@pytest.mark.django_db
@pytest.mark.undefined_variables
def test_small_demo(client: Client) -> None:
    name, password = DemoLoader(small=True).load()
    check_administrator(name, password)
    check_accounts()
    check_agencies()
    check_translations()
    check_procedures()
    check_the_registers_leave_it_alone()
    check_notices()
    check_searches(client)
    check_forms()
    check_addresses(client)
    assert not any(Page.find_problems())

    changed = User.objects.get(username="duyet.yte")
    changed.set_password("mat-khau-cua-toi")
    changed.save()
    counts = count_all()
    assert DemoLoader(small=True).load() == (name, password)
    assert count_all() == counts
    changed.refresh_from_db()
    assert changed.check_password("mat-khau-cua-toi")


def check_searches(client: Client) -> None:
    """Searches are counted, and the privacy page says so in both languages."""
    assert PortalSettings.objects.get().tells_of_searches()
    for address, words in (
        ("/quyen-rieng-tu/", "Từ khóa bạn tìm được đếm thế nào"),
        ("/en/quyen-rieng-tu/", "How the words you search for are counted"),
    ):
        assert words in client.get(address).content.decode()
    lists = {listing: [row["written"] for row in list_asked(listing, 30)] for listing in Listing}
    assert "minh hoạ" in lists[Listing.POPULAR][0]
    assert "đăng ký khai sinh" in lists[Listing.POPULAR]
    assert "mua vé tàu hỏa" in lists[Listing.EMPTY]
    assert SearchClick.objects.exists()


def check_administrator(name: str, password: str) -> None:
    user = User.objects.get(username=name)
    assert user.is_demo
    assert user.is_superuser
    assert user.email
    assert user.check_password(password)
    assert authenticate(username=name, password=password) is None, "DEBUG is off here"


def check_accounts() -> None:
    """Every role in two agencies, none of them admitted where DEBUG is off."""
    rows = AgencyMembership.objects.filter(user__is_demo=True, user__is_superuser=False)
    for slug in ("so-y-te", "so-tu-phap"):
        assert set(rows.filter(agency__slug=slug).values_list("role", flat=True)) == set(Role)
    for username in rows.values_list("user__username", flat=True):
        assert authenticate(username=username, password=demo_password()) is None
    check_citizens()
    approval = AgencyAccess.objects.get(agency__slug="so-y-te").workflow
    assert approval is not None
    assert approval.active


def check_citizens() -> None:
    """A verified and claimed identities, an enterprise with members, a complaint; no phone."""
    people = Person.objects.filter(user__is_demo=True)
    assert people.count() == 4
    assert people.exclude(verified_at=None).count() == 1
    assert not people.exclude(user__phone=None).exists()
    firm = Enterprise.objects.get()
    assert set(firm.members.values_list("role", flat=True)) == {"owner", "staff"}
    assert firm.requests.filter(state="open", kind="dispute").count() == 1
    assert authenticate(username="congdan.mau", password=demo_password()) is None


def check_agencies() -> None:
    assert AgencyPage.objects.exists()
    assert not AgencyPage.objects.filter(is_demo=False).exists()
    assert PortalSettings.objects.get().is_demo
    health = AgencyPage.objects.get(slug="so-y-te", locale__language_code="vi")
    assert [account.number for account in health.bank_accounts.all()] == ["0111000007348"]
    food = AgencyPage.objects.get(
        slug="chi-cuc-an-toan-ve-sinh-thuc-pham", locale__language_code="vi"
    )
    assert food.bank_accounts.count() == 2


def check_translations() -> None:
    for translation in Translation.objects.all():
        total, done = translation.get_progress()
        assert done == total, translation.source
    for model in (AgencyPage, GuidePage, NewsPage):
        counts = model._default_manager.filter(live=True).values_list("locale__language_code")
        by_language = dict(counts.annotate(models.Count("pk")).order_by())
        assert by_language["vi"] == by_language["en"], model


def check_procedures() -> None:
    picked = [r["key"] for r in read_records("handpicked") if r["record"] == "procedure"]
    pages = ProcedurePage.objects.filter(locale__language_code="vi", key__in=picked, live=True)
    assert pages.count() == len(picked) >= 12
    english = ProcedurePage.objects.filter(
        locale__language_code="en",
        live=True,
        translation_key__in=pages.values_list("translation_key", flat=True),
    )
    assert english.count() == len(picked)
    assert ProcedureListing.objects.exclude(name_en="").count() == len(picked)
    by_key = {page.key: page for page in pages}
    assert by_key["1.012289"].cases.count() == 3
    assert by_key["1.012278"].documents.count() == 30
    assert len(by_key["1.013980"].official_name) == 1094
    repealed = by_key["cchn-kham-benh-chua-benh-2009"]
    assert repealed.is_repealed
    assert repealed.successor_id == by_key["1.012289"].pk
    assert {offer.duration for offer in by_key["luong-y"].offers.all()} == {None}
    assert {fee.kind for fee in by_key["1.007277"].fees.all()} == {"percentage", "free"}
    assert not AgencyPage.objects.filter(kind="holding").exists()


def check_the_registers_leave_it_alone() -> None:
    outcome = import_file(
        Options(path=DATA / "health_procedures.jsonl", publish=True, dry_run=True)
    )
    assert outcome.changed == 0
    assert outcome.unchanged > 6


def check_notices() -> None:
    now = timezone.now()
    site, procedure = sorted(OutageNotice.objects.all(), key=lambda o: o.procedures.count())
    assert site.announced_at
    assert site.announced_at <= now < site.starts_at < site.ends_at
    assert procedure.starts_at <= now < procedure.ends_at
    assert [page.key for page in procedure.procedures.all()] == ["1.001612"]
    assert NewsPage.objects.filter(expire_at__gt=now).exists()


def check_forms() -> None:
    for document in PortalDocument.objects.all():
        with document.open_file() as file:
            archive = zipfile.ZipFile(io.BytesIO(file.read()))
        text = archive.read("word/document.xml").decode()
        assert "MẪU MINH HỌA" in text


def check_addresses(client: Client) -> None:
    for prefix in ("/", "/en/"):
        for address in ADDRESSES:
            assert client.get(prefix + address).status_code == 200, prefix + address
        answer = client.get(f"{prefix}thu-tuc/1.012289/", follow=True)
        assert answer.status_code == 200


@pytest.mark.django_db
def test_command_names_the_administrator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(DemoLoader, "load", lambda self: ("quantri", "mat-khau"))
    call_command("load_demo")
    printed = capsys.readouterr().out
    assert "quantri" in printed
    assert "mat-khau" in printed
    for username in ("bientap.yte", "lanhdao.tuphap"):
        assert username in printed
    assert "refused" in printed
