"""Translators see what their agency lacks in English, work on it, and publish nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from catalogue.choices import TranslationState
from catalogue.models import PageFinding, ProcedurePage
from catalogue.readiness import Rule
from catalogue.selectors.translations import list_translations
from services.accounts.models import User
from services.accounts.states import Role
from tests.factories import AgencyFactory, ProcedureFactory, create_many, translate
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/translations/"


class Desk:
    """An agency with pages in every state, and its translator, signed in."""

    def __init__(self, name: str) -> None:
        self.agency = AgencyFactory(title=f"Sở {name}")
        self.english = translate(self.agency, title=f"Office {name}")
        self.bare = ProcedureFactory(parent=self.agency, official_name=f"{name}: chưa dịch")
        self.done = self.make(f"{name}: xong")
        self.stale = self.make(f"{name}: cũ")
        self.partial = self.make(f"{name}: thiếu")
        self.draft = self.make(f"{name}: bản nháp")
        english = self.draft.get_translation(Locale.objects.get(language_code="en"))
        Page.objects.filter(pk=english.pk).update(live=False)
        PageFinding.objects.filter(page__path__startswith=self.agency.path).delete()
        self.find(self.stale, Rule.TRANSLATION_STALE, 2)
        self.find(self.partial, Rule.TRANSLATION_MISSING, 3)
        self.user = make_member(self.agency, Role.TRANSLATOR, f"dich-{self.agency.pk}")
        self.client = Client()
        self.client.force_login(self.user)

    def make(self, name: str) -> ProcedurePage:
        page = ProcedureFactory(parent=self.agency, official_name=name, documents=[], steps=[])
        translate(page, title=f"{name} (en)", official_name=f"{name} (en)")
        return page

    def find(self, page: Page, rule: Rule, number: int) -> None:
        PageFinding.objects.create(
            page=page, rule=rule.value, severity="advice", field="official_name", number=number
        )


@pytest.fixture
def ours(portal: Any) -> Desk:
    return Desk("Ta")


@pytest.fixture
def theirs(portal: Any) -> Desk:
    return Desk("Họ")


def rows(client: Client, **query: str) -> dict[str, tuple[str, str]]:
    """The report's rows: state and where the title leads, by title."""
    response = client.get(REPORT, query)
    assert response.status_code == 200
    found = {}
    for row in BeautifulSoup(response.content.decode(), "html.parser").select("main tbody tr"):
        cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
        link = row.select_one("td a")
        found[cells[0]] = (cells[2], link["href"] if link else "")
    return found


def test_the_report_tells_what_is_to_be_done(ours: Desk, theirs: Desk) -> None:
    found = {title: state for title, (state, _link) in rows(ours.client).items()}
    assert found == {
        "Ta: chưa dịch": "chưa dịch",
        "Ta: cũ": "đã cũ so với bản tiếng Việt: 2 đoạn đã đổi",
        "Ta: thiếu": "dịch chưa đủ: 3 đoạn chưa dịch",
        "Ta: bản nháp": "chưa đăng bản tiếng Anh",
    }
    assert "Ta: xong" in rows(ours.client, state="done")
    assert list(rows(ours.client, state="stale")) == ["Ta: cũ"]
    assert "Họ" not in str(rows(ours.client, agency=str(theirs.agency.pk)))
    exported = ours.client.get(REPORT, {"export": "csv"}).getvalue().decode()
    assert "Ta: chưa dịch" in exported
    assert "Họ" not in exported


def test_every_row_leads_to_the_work(ours: Desk) -> None:
    for title, (_state, link) in rows(ours.client).items():
        assert ours.client.get(link).status_code == 200, (title, link)


def test_a_page_is_translated_and_published_by_the_head_alone(
    ours: Desk, django_capture_on_commit_callbacks: Any
) -> None:
    link = rows(ours.client)["Ta: chưa dịch"][1]
    english = Locale.objects.get(language_code="en")
    response = ours.client.post(link, {"locales": [english.pk]})
    assert response.status_code == 302
    page = ours.bare.get_translation(english)
    assert not page.live
    item = Translation.objects.get(source__object_id=ours.bare.translation_key)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert ours.client.get(edit).status_code == 200

    segment = item.source.stringsegment_set.filter(context__path="official_name").get()
    names = [item.pk, segment.pk]
    url = reverse("wagtail_localize:edit_string_translation", args=names)
    answer = ours.client.put(url, "value=Birth", content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 201}

    with django_capture_on_commit_callbacks(execute=True):
        refused = ours.client.post(edit, {"action": "publish"})
    assert refused.status_code in {302, 403}
    assert not Page.objects.get(pk=page.pk).live
    head = Client()
    head.force_login(make_member(ours.agency, Role.HEAD))
    with django_capture_on_commit_callbacks(execute=True):
        head.post(edit, {"action": "publish"})
    assert Page.objects.get(pk=page.pk).live


def test_nothing_is_published_by_any_address(
    ours: Desk, django_capture_on_commit_callbacks: Any
) -> None:
    english = ours.draft.get_translation(Locale.objects.get(language_code="en"))
    source, _created = TranslationSource.update_or_create_from_instance(ours.draft)
    Translation.objects.create(source=source, target_locale=english.locale)
    before = Page.objects.filter(live=True).count()
    next_page = {"next": "/admin/"}
    for url, data in (
        (reverse("wagtailadmin_pages:edit", args=[english.pk]), {"action": "publish"}),
        (reverse("wagtailadmin_pages:edit", args=[english.pk]), {"action-publish": "1"}),
        (
            reverse("wagtail_localize:update_translations", args=[source.pk]),
            {"publish_translations": "on"},
        ),
        (f"/admin/bulk/wagtailcore/page/publish/?id={english.pk}", {**next_page}),
        (reverse("wagtailadmin_pages:unpublish", args=[ours.english.pk]), {}),
        (reverse("wagtailadmin_pages:delete", args=[ours.english.pk]), {}),
        (reverse("wagtail_localize:convert_to_alias", args=[english.pk]), {}),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            ours.client.post(url, data)
        assert not Page.objects.get(pk=english.pk).live, url
        assert Page.objects.filter(live=True).count() == before, url


def test_the_vietnamese_and_others_stay_closed(ours: Desk, theirs: Desk) -> None:
    translated = theirs.done.get_translation(Locale.objects.get(language_code="en"))
    Page.objects.filter(pk=ours.bare.pk).update(live=False)
    source, _created = TranslationSource.update_or_create_from_instance(theirs.done)
    item = Translation.objects.create(source=source, target_locale=translated.locale)
    for name, key in (
        ("wagtailadmin_pages:edit", ours.done.pk),  # the Vietnamese page is not theirs to change
        ("wagtailadmin_pages:edit", translated.pk),
        ("wagtailadmin_pages:edit", theirs.done.pk),
        ("wagtail_localize:submit_page_translation", theirs.bare.pk),
        ("wagtail_localize:submit_page_translation", ours.bare.pk),  # a draft now
        ("wagtail_localize:update_translations", source.pk),
        ("wagtail_localize:download_pofile", item.pk),
        ("wagtail_localize:stop_translation", item.pk),
    ):
        url = reverse(name, args=[key])
        for response in (ours.client.get(url), ours.client.post(url, {"locales": [2]})):
            assert response.status_code in {403, 404, 405}, (name, response.status_code)


def test_who_has_no_agency_sees_nothing(ours: Desk) -> None:
    assert Client().get(REPORT).status_code == 302
    outsider = User.objects.create_user("ngoai", "ngoai@motcua.example")
    client = Client()
    client.force_login(outsider)
    assert client.get(REPORT).status_code in {302, 403}
    officer = Client()
    officer.force_login(make_member(ours.agency, Role.OFFICER))
    assert officer.get(REPORT).status_code in {302, 403}


def test_other_pages_are_stale_by_their_dates(ours: Desk) -> None:
    now = timezone.now()
    Page.objects.filter(pk=ours.english.pk).update(last_published_at=now - timedelta(days=2))
    Page.objects.filter(pk=ours.agency.pk).update(last_published_at=now)
    state = list_translations(ours.user).get(pk=ours.agency.pk).state
    assert state == TranslationState.STALE


def test_queries_do_not_grow(ours: Desk) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ours.client.get(REPORT).status_code == 200
        return len(queries)

    count()
    before = count()
    create_many(30, parent=ours.agency)
    assert count() <= before + 1


def test_an_agency_without_an_english_page_gets_a_mirror_of_it(portal: Any) -> None:
    agency = AgencyFactory(title="Sở Chưa có trang")
    page = ProcedureFactory(parent=agency, official_name="Việc chưa dịch")
    client = Client()
    client.force_login(make_member(agency, Role.TRANSLATOR))
    assert list(rows(client)) == ["Sở Chưa có trang", "Việc chưa dịch"]
    english = Locale.objects.get(language_code="en")
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.post(url, {"locales": [english.pk]}).status_code == 302
    assert not page.get_translation(english).live


def test_what_has_changed_is_taken_over_without_publishing(
    ours: Desk, django_capture_on_commit_callbacks: Any
) -> None:
    source, _created = TranslationSource.update_or_create_from_instance(ours.stale)
    english = ours.stale.get_translation(Locale.objects.get(language_code="en"))
    Translation.objects.create(source=source, target_locale=english.locale)
    ago = timezone.now() - timedelta(days=1)
    TranslationSource.objects.filter(pk=source.pk).update(last_updated_at=ago)
    Page.objects.filter(pk=ours.stale.pk).update(last_published_at=timezone.now())
    link = rows(ours.client)["Ta: cũ"][1]
    assert "update" in link
    assert ours.client.get(link).status_code == 200
    before = Page.objects.get(pk=english.pk).last_published_at
    with django_capture_on_commit_callbacks(execute=True):
        assert ours.client.post(link, {}).status_code == 302
    source.refresh_from_db()
    assert source.last_updated_at > ago
    assert Page.objects.get(pk=english.pk).last_published_at == before
