"""Imports over pages that exist: what changes, what stays, and all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from catalogue.importers import run as importing
from catalogue.importers.translations import write_translations
from catalogue.interchange.problems import UnreadableFileError
from catalogue.models import (
    FormerKey,
    ImportedRecord,
    LegalDocument,
    ListingFacet,
    ProcedureListing,
    ProcedurePage,
)
from tests.factories import AgencyFactory, Portal
from tests.integration.catalogue.imports.files import (
    HEALTH,
    national_rows,
    run,
    write_rows,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """Ten rows of which the first has ways of filing."""
    return [row for row in national_rows(limit=60) if row["methods"]][:10]


@pytest.fixture
def path(tmp_path: Path, rows: list[dict[str, Any]]) -> Path:
    return write_rows(tmp_path / "rows.jsonl", rows)


def test_a_changed_row_changes_its_page_alone(path: Path, rows: list[dict[str, Any]]) -> None:
    run(path)
    page = ProcedurePage.objects.get(key=rows[0]["code"])
    ids = {row.translation_key: row.pk for row in page.offers.all()}
    rows[0]["name"] = "Tên mới của thủ tục"
    rows[0]["methods"][0]["duration"] = 99
    rows[0]["methods"] = [*rows[0]["methods"]]
    outcome = run(write_rows(path, rows))
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 1, 9)
    page.refresh_from_db()
    assert page.official_name == "Tên mới của thủ tục"
    assert page.title == "Tên mới của thủ tục"
    assert 99 in {offer.duration for offer in page.offers.all()}
    assert {row.translation_key: row.pk for row in page.offers.all()} == ids
    assert ProcedureListing.objects.get(key=page.key).name == "Tên mới của thủ tục"
    assert not any(Page.find_problems())


def test_drafts_first_published_later(path: Path) -> None:
    assert run(path, publish=False).new == 10
    assert not ProcedureListing.objects.exists()
    assert not ProcedurePage.objects.filter(live=True).exists()
    page = ProcedurePage.objects.first()
    assert page.latest_revision
    assert page.live_revision is None
    assert run(path, publish=False).unchanged == 10
    assert run(path).changed == 10
    assert ProcedurePage.objects.filter(live=True).count() == 10
    assert ProcedureListing.objects.count() == 10
    assert run(path, publish=False).unchanged == 10, "what is public stays public"


def test_a_changed_row_without_publishing_is_a_draft(
    path: Path, rows: list[dict[str, Any]]
) -> None:
    run(path)
    old = rows[0]["name"]
    rows[0]["name"] = "Tên mới"
    assert run(write_rows(path, rows), publish=False).changed == 1
    page = ProcedurePage.objects.get(key=rows[0]["code"])
    assert page.official_name == " ".join(old.split())
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().official_name == "Tên mới"


def test_a_deleted_page_comes_back(path: Path, rows: list[dict[str, Any]]) -> None:
    run(path)
    ProcedurePage.objects.get(key=rows[0]["code"]).delete()
    assert run(path).new == 1
    assert not any(Page.find_problems())


def test_a_renamed_procedure_is_found_by_its_former_code(
    path: Path, rows: list[dict[str, Any]]
) -> None:
    run(path)
    page = ProcedurePage.objects.get(key=rows[0]["code"])
    page.key = "9.000001"
    page.save_revision().publish()
    assert FormerKey.objects.filter(key=rows[0]["code"]).exists()
    rows[0]["name"] = "Tên mới"
    outcome = run(write_rows(path, rows))
    assert (outcome.new, outcome.changed, outcome.problems) == (0, 1, [])
    page.refresh_from_db()
    assert (page.key, page.official_name) == ("9.000001", "Tên mới")


def test_one_agency_for_all(path: Path, portal: Portal) -> None:
    agency = AgencyFactory(slug="so-mau", official_identifier="000.00.77.H99")
    assert run(path, agency="000.00.77.H99").unmatched.total() == 0
    assert ProcedurePage.objects.descendant_of(agency).count() == 10
    with pytest.raises(UnreadableFileError):
        run(path, agency="khong-co")


def test_a_new_owner_moves_the_pages(path: Path, portal: Portal) -> None:
    run(path)
    agency = AgencyFactory(slug="so-mau")
    assert run(path, agency="so-mau").changed == 10
    assert ProcedurePage.objects.descendant_of(agency).count() == 10
    assert {listing.agency_id for listing in ProcedureListing.objects.all()} == {agency.pk}
    assert not any(Page.find_problems())


def test_the_health_department_owns_its_list(portal: Portal) -> None:
    owner = AgencyFactory(slug="so-y-te", title="Sở Y tế thành phố Mẫu")
    communes = AgencyFactory(slug="xa", title="Các xã", kind="group")
    outcome = run(HEALTH)
    assert (outcome.new, outcome.unmatched.total()) == (49, 0)
    assert ProcedurePage.objects.descendant_of(owner).count() == 49
    commune = ProcedurePage.objects.get(key="mai-tang")
    assert list(commune.handled_at.all()) == [communes]
    both = ProcedurePage.objects.get(key="1.002425")
    assert set(both.handled_at.all()) == {owner, communes}


def break_after(monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    """Makes the import stop in the middle of a batch, as a lost connection would."""
    seen = []

    def breaking(pk: int, record: dict[str, Any], *, publish: bool) -> None:
        seen.append(pk)
        if len(seen) > batches * importing.BATCH + 2:
            raise ConnectionError
        write_translations(pk, record, publish=publish)

    monkeypatch.setattr(importing, "write_translations", breaking)


@pytest.mark.parametrize(("atomic", "left"), [(False, 20), (True, 0)])
def test_a_broken_import_leaves_whole_batches_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, atomic: bool, left: int
) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    path = write_rows(tmp_path / "rows.jsonl", national_rows(limit=35))
    break_after(monkeypatch, 2)
    with pytest.raises(ConnectionError):
        run(path, atomic=atomic)
    assert ProcedurePage.objects.count() == left
    assert ImportedRecord.objects.count() == ProcedureListing.objects.count() == left
    assert ListingFacet.objects.exists() == bool(left)
    assert LegalDocument.objects.exists() is not atomic
    monkeypatch.undo()
    outcome = run(path)
    assert (outcome.new, outcome.unchanged) == (35 - left, left)
    assert not any(Page.find_problems())


def test_the_command_says_what_it_did(path: Path, capsys: Any) -> None:
    call_command("import_procedures", str(path), "--publish", "--progress")
    shown = capsys.readouterr()
    assert "10/10" in shown.err
    assert "10 mới" in shown.out
    assert "thủ tục mỗi giây" in shown.out
    call_command("import_procedures", str(path), "--publish", "--no-progress")
    assert "0 mới, 0 thay đổi, 10 không đổi" in capsys.readouterr().out


def test_the_export_command(path: Path, tmp_path: Path, capsys: Any) -> None:
    run(path)
    call_command("export_procedures", str(tmp_path / "out.csv"))
    assert "Đã ghi 10 thủ tục" in capsys.readouterr().out
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").startswith("key,uuid,agency")
