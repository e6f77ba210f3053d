"""The national register in the database: the same facts, and pages like any other."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.backends import get_search_backend

from catalogue.choices import AgencyKind
from catalogue.importers.creation import insert_second_table, serialise
from catalogue.importers.fees import parse_fee
from catalogue.importers.national import LEVELS, SUBJECTS
from catalogue.importers.rows import ROW_MODELS
from catalogue.models import (
    AgencyPage,
    ImportedRecord,
    LegalDocument,
    ListingFacet,
    ProcedureListing,
    ProcedurePage,
    Sector,
)
from cms.core.vietnamese import fold
from tests.factories import AgencyFactory, Portal
from tests.integration.catalogue.imports.files import NATIONAL, national_rows, run, write_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    return national_rows(step=70)


@pytest.fixture
def imported(rows: list[dict[str, Any]], tmp_path: Path) -> Path:
    path = write_rows(tmp_path / "rows.jsonl", rows)
    outcome = run(path)
    assert (outcome.new, outcome.problems) == (len(rows), [])
    return path


def same_facts(page: ProcedurePage, row: dict[str, Any]) -> None:
    """Compares every fact of a row with the database."""
    assert page.official_name == " ".join(row["name"].split())
    assert [sector.name for sector in page.sectors.all()] == [row["field"]]
    assert set(page.authority_levels) == {LEVELS[fold(level)] for level in row["levels"]}
    assert set(page.audiences) == {SUBJECTS[fold(subject)] for subject in row["subjects"]}
    assert (page.ministry, page.decision_number) == (row["ministry"], row["decision"])
    unknown = row["agency"] == "Không có thông tin"
    assert page.authority == ("" if unknown else row["agency"])
    assert page.documents_count == row["documents"]
    assert not page.documents.exists()
    numbers = page.legal_bases.values_list("number", flat=True)
    assert set(numbers) == {" ".join(number.split()) for number in row["legal_numbers"]}
    assert {result.code for result in page.results.all()} == set(row["result_codes"])
    offers = sorted(
        (o.method, o.duration, o.unit) for o in page.offers.all() if o.duration is not None
    )
    assert offers == sorted(
        (m["mode"], Decimal(str(m["duration"])), m["unit"]) for m in row["methods"] if m["duration"]
    )
    fees = {(fee.kind, fee.text) for fee in page.fees.all()}
    parsed = [fee for method in row["methods"] if (fee := parse_fee(method["fee"]))]
    assert fees == {(fee["kind"], fee.get("text", "")) for fee in parsed}


def test_the_database_says_what_the_file_says(tmp_path: Path) -> None:
    rows = national_rows(step=14)
    assert run(write_rows(tmp_path / "rows.jsonl", rows)).new == len(rows)
    pages = {page.key: page for page in ProcedurePage.objects.all()}
    assert len(pages) == len(rows) > 200
    for row in rows:
        same_facts(pages[row["code"]], row)


def test_the_tree_lists_and_indexes_are_sound(rows: list[dict[str, Any]], imported: Path) -> None:
    assert not any(Page.find_problems())
    holding = AgencyPage.objects.get(kind=AgencyKind.HOLDING)
    assert holding.numchild == len(rows)
    assert ProcedureListing.objects.count() == len(rows)
    assert ListingFacet.objects.exists()
    assert PageLogEntry.objects.filter(action="wagtail.publish").count() >= len(rows)
    word = rows[5]["name"].split()[-1].strip("(),.")
    found = get_search_backend().search(word, ProcedurePage)
    assert rows[5]["code"] in {page.key for page in found}


def test_a_second_import_changes_nothing(imported: Path) -> None:
    before = set(Revision.objects.values_list("pk", flat=True))
    outcome = run(imported)
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, 41)
    assert set(Revision.objects.values_list("pk", flat=True)) == before


def test_a_page_made_in_bulk_is_like_one_made_by_wagtail(imported: Path) -> None:
    """Guards the one private function of Django that the import calls."""
    for page in ProcedurePage.objects.all()[:20]:
        now, then = json.loads(page.to_json()), page.latest_revision.content
        differing = {name for name in now.keys() | then.keys() if now[name] != then[name]}
        assert differing <= {"latest_revision", "live_revision"}
        assert page.live_revision_id == page.latest_revision_id
        assert not page.has_unpublished_changes
        page.full_clean()
        for relation in ROW_MODELS:
            for row in getattr(page, relation).all():
                row.full_clean()


def test_the_private_function_is_there() -> None:
    """Django may rename it: then `insert_second_table` needs its successor."""
    insert_second_table([])
    assert callable(ProcedurePage.objects.all()._batched_insert)


def test_serialised_as_wagtail_would(imported: Path) -> None:
    page = ProcedurePage.objects.all()[3]
    rows = {relation: list(getattr(page, relation).all()) for relation in ROW_MODELS}
    names = ("sectors", "life_events", "legal_bases", "handled_at")
    links = {name: list(getattr(page, name).all()) for name in names}
    assert serialise(page, rows, links) == page.serializable_data()


def test_bulk_pages_are_edited_and_published_as_usual(imported: Path) -> None:
    page = ProcedurePage.objects.all()[7]
    keys = {row.translation_key: row.pk for row in page.offers.all()}
    draft = page.get_latest_revision_as_object()
    draft.summary = "Sửa tay"
    draft.save_revision().publish()
    page.refresh_from_db()
    assert page.summary == "Sửa tay"
    assert {row.translation_key: row.pk for row in page.offers.all()} == keys
    assert run(imported).changed == 0, "an unchanged file leaves an editor's work alone"
    page.refresh_from_db()
    assert page.summary == "Sửa tay"


def test_agencies_are_matched_by_any_name(portal: Portal, tmp_path: Path) -> None:
    owner = AgencyFactory(slug="so-tu-phap", title="Sở Tư pháp thành phố")
    owner.other_names = "Sở Tư pháp"
    owner.save()
    communes = AgencyFactory(slug="xa", title="Các xã", kind=AgencyKind.GROUP)
    rows = [row for row in national_rows() if fold(row["agency"]) == "so tu phap"][:30]
    rows += [row for row in national_rows() if row["levels"] == ["Cấp xã"]][:5]
    outcome = run(write_rows(tmp_path / "a.jsonl", rows))
    assert outcome.unmatched.total() == 5
    below = ProcedurePage.objects.descendant_of(owner)
    assert below.count() == 30
    assert all(owner in page.handled_at.all() for page in below)
    others = ProcedurePage.objects.not_descendant_of(owner)
    assert all(list(page.handled_at.all()) == [communes] for page in others)


def test_a_batch_costs_few_queries(tmp_path: Path) -> None:
    run(write_rows(tmp_path / "first.jsonl", national_rows(limit=5)))
    path = write_rows(tmp_path / "batch.jsonl", national_rows(limit=105))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert run(path).new == 100
    assert len(queries) < 150


@pytest.mark.slow
def test_the_whole_register_again_in_a_moment(portal: Portal) -> None:
    outcome = run(NATIONAL)
    assert (outcome.new, outcome.problems) == (2849, [])
    assert not any(Page.find_problems())
    assert LegalDocument.objects.count() == 1294
    assert Sector.objects.count() == 158
    assert ImportedRecord.objects.count() == 2849
    started = time.process_time()
    again = run(NATIONAL)
    assert again.unchanged == 2849
    assert time.process_time() - started < 3
