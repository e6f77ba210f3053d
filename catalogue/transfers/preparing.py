"""Keep an uploaded file, and store the preview of what it would do.

The preview is read from the file and the pages and written in one transaction, so that a run
that was killed is simply made anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from catalogue.bulk.preparing import only_draft_reason
from catalogue.importers.sources import Candidate
from catalogue.interchange.problems import UnreadableFileError
from catalogue.models import (
    AgencyPage,
    ImportRow,
    ImportRun,
    ImportState,
    ProcedurePage,
    RowState,
)
from catalogue.transfers.comparing import Comparer
from catalogue.transfers.differences import Difference
from catalogue.transfers.files import checksum_of, kept_file
from catalogue.transfers.intake import Intake, take_in
from catalogue.transfers.wording import AS_IMPORTED, EQUAL

logger = logging.getLogger(__name__)
A_CLICK = timedelta(minutes=1)
REPORTED = 200  # characters of a title


def begin_run(user: Any, upload: Any, file_format: str, agency: AgencyPage | None) -> ImportRun:
    """Keep an uploaded file; a second click upon the same file begins nothing new."""
    checksum = checksum_of(upload.chunks())
    again = ImportRun.objects.filter(
        user=user,
        agency=agency,
        checksum=checksum,
        state__in=(ImportState.PREPARING, ImportState.PREVIEWED),
        created_at__gt=timezone.now() - A_CLICK,
    ).first()
    if again is not None:
        return again
    upload.seek(0)
    run = ImportRun(
        user=user,
        agency=agency,
        is_bounded=agency is not None,
        file_name=Path(upload.name).name[:255],
        file_format=file_format,
        file_size=upload.size,
        checksum=checksum,
    )
    run.file.save(upload.name, upload, save=False)
    run.save()
    return run


def repeat_run(run: ImportRun) -> ImportRun | None:
    """Begin the same import anew from the kept file; None when it is gone."""
    if not run.file:
        return None
    try:
        with run.file.open("rb") as kept:
            kept.name = run.file_name
            again = ImportRun(
                user=run.user,
                agency=run.agency,
                is_bounded=run.is_bounded,
                file_name=run.file_name,
                file_format=run.file_format,
                file_size=run.file_size,
                checksum=run.checksum,
            )
            again.file.save(run.file_name, kept, save=False)
    except FileNotFoundError:
        return None
    again.save()
    return again


def prepare_run(run: ImportRun) -> None:
    """Store the preview; safe to be called again."""
    if run.state != ImportState.PREPARING:
        return
    try:
        with kept_file(run) as path:
            intake = take_in(run, path)
            rows = list(_rows(run, intake))
        _store(run, intake, rows)
    except UnreadableFileError as error:
        fail_run(run, str(error))
    except Exception:
        logger.exception("import %s could not be prepared", run.pk)
        fail_run(run, _("The portal could not read the file. Tell the administrators."))


def fail_run(run: ImportRun, message: str, problems: list[dict[str, Any]] | None = None) -> None:
    """End a run that can go no further, and say why."""
    fields: dict[str, Any] = {"state": ImportState.FAILED, "message": message}
    if problems:
        fields["problems"] = problems
    now = timezone.now()
    running = (ImportState.PREPARING, ImportState.APPLYING)
    ImportRun.objects.filter(pk=run.pk, state__in=running).update(
        **fields, touched_at=now, finished_at=now
    )


@transaction.atomic
def _store(run: ImportRun, intake: Intake, rows: list[ImportRow]) -> None:
    waiting = ImportRun.objects.select_for_update().filter(pk=run.pk, state=ImportState.PREPARING)
    if not waiting.exists():
        return
    run.rows.all().delete()
    ImportRow.objects.bulk_create(rows, batch_size=200)
    ImportRun.objects.filter(pk=run.pk).update(
        state=ImportState.PREVIEWED,
        problems=intake.problems,
        unlisted=intake.reading.unlisted,
        notes=intake.notes,
        read=intake.read,
        prepared=intake.read,
        touched_at=timezone.now(),
    )


def _rows(run: ImportRun, intake: Intake) -> Iterator[ImportRow]:
    """Yield the rows of the preview in the order of the file."""
    good = [c for c in intake.content.candidates if not intake.has_fault(c)]
    new = {candidate.key for candidate in intake.plan.new}
    found = {c.key: _row(run, c, is_new=True) for c in good if c.key in new}
    existing = [c for c in good if c.key not in new]
    same = {candidate.key for candidate in intake.plan.same}
    pages = _pages(intake, existing)
    bases = base_revisions(list(pages.values()))
    pairs = [(intake.plan.pages[c.key].pk, c) for c in existing]
    told = _teller(run, intake.read)
    for candidate, differences in Comparer(intake.directory).differences(pairs):
        page = pages[candidate.key]
        row = _row(run, candidate)
        row.page, row.base = page, bases.get(page.translation_key, {})
        _judge(row, differences, is_same=candidate.key in same)
        found[candidate.key] = row
        told(len(found))
    yield from (found[candidate.key] for candidate in good)


def _teller(run: ImportRun, total: int) -> Callable[[int], None]:
    """Return what tells the waiting screen how far the preview is."""

    def tell(done: int) -> None:
        if done % 100 == 0:
            ImportRun.objects.filter(pk=run.pk).update(
                read=total, prepared=done, touched_at=timezone.now()
            )

    return tell


def _row(run: ImportRun, candidate: Candidate, *, is_new: bool = False) -> ImportRow:
    record = candidate.record
    title = record.get("title") or record.get("official_name", "")
    return ImportRow(
        run=run,
        key=candidate.key,
        title=title[:REPORTED],
        sheet=candidate.raw.sheet[:40],
        line=candidate.raw.line,
        is_new=is_new,
    )


def _judge(row: ImportRow, differences: list[Difference], *, is_same: bool) -> None:
    row.difference = differences
    if is_same or not differences:
        row.state = RowState.UNCHANGED
        row.reason = AS_IMPORTED if is_same and differences else EQUAL
    else:
        row.reason = only_draft_reason(row.page)


def _pages(intake: Intake, candidates: list[Candidate]) -> dict[str, ProcedurePage]:
    keys = {intake.plan.pages[c.key].pk: c.key for c in candidates}
    found = ProcedurePage.objects.filter(pk__in=list(keys))
    return {keys[page.pk]: page for page in found}


def base_revisions(pages: list[ProcedurePage]) -> dict[UUID, dict[str, int | None]]:
    """Return the latest revisions of pages and their translations, by UUID and language."""
    keys = [page.translation_key for page in pages]
    found: dict[UUID, dict[str, int | None]] = {}
    for start in range(0, len(keys), 500):
        rows = Page.objects.filter(translation_key__in=keys[start : start + 500], alias_of=None)
        for uuid, language, revision in rows.values_list(
            "translation_key", "locale__language_code", "latest_revision_id"
        ):
            found.setdefault(uuid, {})[language] = revision
    return found
