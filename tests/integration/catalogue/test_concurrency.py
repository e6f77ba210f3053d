"""Two publications at once leave right totals. Only a database with real locks can tell."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, connections, transaction

from catalogue import actions
from catalogue.models import CatalogueSummary, ListingFacet, ProcedureListing, ProcedurePage
from cms.core.frame_state import get_frame_state
from search import indexing
from search.models import EntryKind, SearchEntry
from services.accounts.actions import sync_agency_access
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    NewsFactory,
    OutageFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    make_portal,
)

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="!!!! SQLite writes one after the other: this is tested on PostgreSQL",
    ),
]
SECONDS = 30


@pytest.fixture
def tree() -> Portal:
    return make_portal()


def at_once(*jobs: Callable[[], None]) -> None:
    """Runs jobs in threads of their own, each in a transaction that all enter before any works."""
    barrier = threading.Barrier(len(jobs))
    errors: list[BaseException] = []

    def run(job: Callable[[], None]) -> None:
        try:
            with transaction.atomic():
                ProcedurePage.objects.count()  # the transaction has begun
                barrier.wait(SECONDS)
                job()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not [thread for thread in threads if thread.is_alive()], "somebody waits for ever"
    assert not errors, errors


def publication(page: ProcedurePage) -> Callable[[], None]:
    revision = page.get_latest_revision()
    return revision.publish


def assert_totals_are_right() -> None:
    stored = CatalogueSummary.objects.values("total", "counts").get()
    actions.refresh_all_listings()
    assert CatalogueSummary.objects.values("total", "counts").get() == stored


def drafts(number: int) -> list[ProcedurePage]:
    agency, sector = AgencyFactory(), SectorFactory()
    pages = [
        ProcedureFactory(parent=agency, sectors=[sector], documents=[], steps=[])
        for _ in range(number)
    ]
    for page in pages:
        page.save_revision()
        page.unpublish()
    return pages


def test_publications_at_once_are_all_counted(tree: Portal) -> None:
    pages = drafts(4)
    assert CatalogueSummary.objects.get().total == 0
    at_once(*[publication(page) for page in pages])
    summary = CatalogueSummary.objects.get()
    assert summary.total == 4
    assert set(summary.counts["sector"].values()) == {4}
    assert ProcedureListing.objects.count() == 4
    assert_totals_are_right()


def test_a_publication_and_a_deletion_at_once(tree: Portal) -> None:
    coming, going, staying = drafts(3)
    going.get_latest_revision().publish()
    staying.get_latest_revision().publish()

    def delete() -> None:
        ProcedurePage.objects.get(pk=going.pk).delete()

    at_once(publication(coming), delete)
    assert CatalogueSummary.objects.get().total == 2
    assert_totals_are_right()


def test_one_page_published_twice_at_once_is_listed_once(tree: Portal) -> None:
    (page,) = drafts(1)
    at_once(publication(page), publication(page))
    assert ProcedureListing.objects.count() == 1
    facets = ListingFacet.objects.filter(kind="sector")
    assert facets.count() == 1
    assert_totals_are_right()


def test_an_agency_and_a_procedure_published_at_once(tree: Portal) -> None:
    (page,) = drafts(1)
    agency = page.get_parent().specific
    agency.title = "Tên mới"
    agency.save_revision()
    at_once(publication(page), lambda: agency.get_latest_revision().publish())
    summary = CatalogueSummary.objects.get()
    assert summary.total == 1
    assert [row[1] for row in summary.terms["agency"]] == ["Tên mới"]
    assert_totals_are_right()


def test_a_procedure_is_published_while_access_to_its_agency_is_changed(tree: Portal) -> None:
    (page,) = drafts(1)
    agency = page.get_parent().specific
    is_locked, is_published = threading.Event(), threading.Event()
    waited: list[bool] = []

    def change_access() -> None:
        sync_agency_access(agency)  # keeps the agency's row until this transaction ends
        is_locked.set()
        waited.append(is_published.wait(SECONDS / 2))

    def publish() -> None:
        try:
            assert is_locked.wait(SECONDS)
            with transaction.atomic():
                publication(page)()
            is_published.set()
        finally:
            connections.close_all()

    publisher = threading.Thread(target=publish)
    publisher.start()
    at_once(change_access)
    publisher.join(SECONDS)
    assert waited == [True], "a row that points to the agency waits for its lock"


def test_two_outages_announced_at_once_are_both_told(tree: Portal) -> None:
    at_once(lambda: OutageFactory(headline="Một"), lambda: OutageFactory(headline="Hai"))
    told = {row["headline"] for row in get_frame_state()["outages"]}
    assert told == {"Một", "Hai"}


@pytest.mark.parametrize("kind", [NewsFactory, GuideFactory])
def test_news_and_guides_published_at_once_are_all_found(tree: Portal, kind: Any) -> None:
    pages = [kind() for _number in range(4)]
    for page in pages:
        page.title = f"Tên mới {page.pk}"
        page.save_revision()
    at_once(*[publication(page) for page in pages])
    assert set(SearchEntry.objects.values_list("title", flat=True)) == {p.title for p in pages}
    assert not indexing.compare()


def test_pages_published_while_everything_is_indexed_anew(tree: Portal) -> None:
    (page,) = drafts(1)
    news = NewsFactory()
    news.title = "Tên mới"
    news.save_revision()
    at_once(publication(page), publication(news), indexing.rebuild, indexing.mend)
    assert not indexing.compare()
    assert CatalogueSummary.objects.get().total == 1


def test_what_is_published_during_a_repair_stays(tree: Portal) -> None:
    news = NewsFactory()
    SearchEntry.objects.all().delete()
    missing = indexing.compare()
    indexing.index_articles(EntryKind.NEWS)
    indexing.repair(missing)
    surplus = replace(missing, missing=[], surplus=missing.missing)
    indexing.repair(surplus)
    assert [row.title for row in SearchEntry.objects.all()] == [news.title]
    assert not indexing.compare()
