"""Export, empty the catalogue, import, export: the same bytes, with every field filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page, ReferenceIndex

from catalogue.importers.shared import document_slug
from catalogue.interchange.records import PROCEDURE_FIELDS, ROW_TABLES, TRANSLATION_FIELDS
from catalogue.models import (
    AgencyPage,
    GuidePage,
    ImportedRecord,
    LegalDocument,
    LifeEvent,
    ProcedurePage,
    Sector,
)
from cms.core.models import PortalDocument
from tests.factories import Portal
from tests.factories.trees import add_page
from tests.integration.catalogue.imports.files import (
    FULL,
    export,
    full_rows,
    national_rows,
    run,
    write_rows,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(portal: Portal) -> None:
    """What the format names and does not carry: guides and files."""
    add_page(portal.guides, GuidePage(title="Hướng dẫn mẫu", slug="huong-dan-mau"))
    PortalDocument.objects.create(title="Mẫu 01", file="documents/mau-01.docx")


def empty_catalogue() -> None:
    """Deletes all that the format carries."""
    for page in AgencyPage.objects.order_by("-depth"):
        Page.objects.filter(pk=page.pk).first() and page.delete()
    ProcedurePage.objects.all().delete()
    for model in (Sector, LifeEvent, LegalDocument, ImportedRecord):
        model.objects.all().delete()
    assert not ProcedurePage.objects.exists()


@pytest.mark.parametrize("suffix", ["jsonl", "xlsx"])
def test_every_field_survives_byte_for_byte(tmp_path: Path, suffix: str) -> None:
    outcome = run(write_rows(tmp_path / "full.jsonl", full_rows()))
    assert outcome.problems == []
    first = export(tmp_path / f"first.{suffix}")
    empty_catalogue()
    assert run(tmp_path / f"first.{suffix}").problems == []
    assert export(tmp_path / f"second.{suffix}") == first
    assert not any(Page.find_problems())


def test_the_full_record_fills_every_field() -> None:
    """Keeps the test above honest when the format grows."""
    given = {name for name in FULL if FULL[name] not in (None, "", [])} | {"uuid"}
    assert {field.name for field in PROCEDURE_FIELDS} <= given
    for relation, fields in ROW_TABLES.items():
        filled = {name for row in FULL[relation] for name in row} | {"uuid"}
        assert {field.name for field in fields} <= filled, relation
    assert {field.name for field in TRANSLATION_FIELDS} <= set(FULL["translations"]["en"])


def test_what_was_written_is_what_was_meant(tmp_path: Path) -> None:
    run(write_rows(tmp_path / "full.jsonl", full_rows()))
    page = ProcedurePage.objects.get(key="1.999001")
    other = ProcedurePage.objects.get(key="1.999002")
    assert page.successor == other
    assert list(page.related_procedures.all()) == [other]
    assert list(other.related_procedures.all()) == [page]
    assert [guide.slug for guide in page.related_guides.all()] == ["huong-dan-mau"]
    assert page.documents.first().form_file.title == "Mẫu 01"
    assert page.get_latest_revision_as_object().successor == other
    assert page.get_parent().slug == "phong-a"
    english = page.get_translations().get().specific
    assert english.official_name == "Granting a sample licence"
    assert [case.name for case in english.cases.all()] == ["New", "Cấp lại"]
    assert english.live
    documents = LegalDocument.objects.in_bulk(field_name="number")
    assert documents["54/2014/QH13"].replaced_by == documents["55/2025/QH15"]
    slugs = {documents["54/2014/QH13"].slug, documents["54-2014-QH13"].slug}
    assert len(slugs) == 2
    assert document_slug("54/2014/QH13") in slugs
    form = page.documents.first().form_file
    references = ReferenceIndex.get_references_to(form)
    assert references.filter(object_id=str(page.pk)).exists()


def test_a_second_import_of_an_export_changes_nothing(tmp_path: Path) -> None:
    run(write_rows(tmp_path / "full.jsonl", full_rows()))
    export(tmp_path / "first.jsonl")
    outcome = run(tmp_path / "first.jsonl")
    assert outcome.new == 0
    again = run(tmp_path / "first.jsonl")
    assert (again.changed, again.unchanged) == (0, 2)


def test_a_changed_import_is_as_good_as_a_new_one(tmp_path: Path) -> None:
    """The two ways of writing, in bulk and one by one, give the same record."""
    bare = [dict(row) for row in full_rows()]
    for row in bare[-2:]:
        for name in set(row) - {"record", "key", "agency", "official_name"}:
            del row[name]
    run(write_rows(tmp_path / "bare.jsonl", bare))
    outcome = run(write_rows(tmp_path / "full.jsonl", full_rows()))
    assert (outcome.new, outcome.changed) == (0, 2)
    changed = export(tmp_path / "changed.jsonl")
    empty_catalogue()
    run(write_rows(tmp_path / "full.jsonl", full_rows()))
    assert export(tmp_path / "new.jsonl") == changed


@pytest.mark.parametrize("suffix", ["jsonl", "xlsx", "csv"])
def test_every_format_means_the_same(tmp_path: Path, suffix: str) -> None:
    run(write_rows(tmp_path / "rows.jsonl", [*national_rows(step=300)]))
    export(tmp_path / "first.jsonl")
    run(tmp_path / "first.jsonl")
    export(tmp_path / f"other.{suffix}")
    outcome = run(tmp_path / f"other.{suffix}")
    assert (outcome.new, outcome.changed, outcome.problems) == (0, 0, [])


def test_drafts_are_exported_only_when_asked_for(tmp_path: Path) -> None:
    run(write_rows(tmp_path / "full.jsonl", full_rows()), publish=False)
    assert b"1.999001" not in export(tmp_path / "live.jsonl")
    drafts: Any = export(tmp_path / "drafts.jsonl", drafts=True)
    empty_catalogue()
    run(tmp_path / "drafts.jsonl", publish=False)
    assert export(tmp_path / "again.jsonl", drafts=True) == drafts
