"""Carry a previewed import out: new pages in bulk, changes page by page.

Each row is claimed and its page saved in one transaction, so that a repeated click, a second
worker or a killed process neither repeats nor loses a page. The file is checked anew before
anything is written; a page that was edited since the preview is reported and left alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from catalogue import actions
from catalogue.bulk.applying import Result, publish_revision, submit_page, who_edited
from catalogue.bulk.permissions import editable_procedures
from catalogue.bulk.preparing import only_draft_reason
from catalogue.bulk.wording import EDITED, ERROR, FORBIDDEN, GONE, LOCKED
from catalogue.importers.changes import Changer
from catalogue.importers.creation import Creator
from catalogue.importers.links import has_links, link_new_pages
from catalogue.importers.placing import Placement
from catalogue.importers.plans import remember
from catalogue.importers.shared import write_shared
from catalogue.importers.sources import Candidate
from catalogue.importers.translations import write_translations
from catalogue.interchange.problems import UnreadableFileError
from catalogue.models import (
    ChangeMode,
    ImportRow,
    ImportRun,
    ImportState,
    ProcedurePage,
    RowState,
)
from catalogue.transfers.differences import TRANSLATIONS
from catalogue.transfers.files import kept_file
from catalogue.transfers.intake import Intake, take_in
from catalogue.transfers.preparing import base_revisions, fail_run
from catalogue.transfers.wording import EXISTS, STOPPED, UNLINKED
from cms.core.publishing import open_gate

logger = logging.getLogger(__name__)
BATCH = 100


def decide_run(run: ImportRun, mode: str) -> bool:
    """Say that a preview is to be carried out; False when that was said before, or may not be."""
    if run.problems:
        return False
    return bool(
        ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEWED).update(
            state=ImportState.APPLYING, mode=mode, touched_at=timezone.now()
        )
    )


def apply_run(run: ImportRun) -> None:
    """Carry out all rows that wait for it; safe to be called again, also at the same time."""
    if run.state != ImportState.APPLYING:
        return
    try:
        with kept_file(run) as path:
            intake = _take_in_settled(run, path)
        if intake.problems:
            _stop(run, _("The portal has changed: the file has faults now."), intake.problems)
            return
        Writer(run, intake).write()
    except UnreadableFileError as error:
        _stop(run, str(error))
    except Exception:
        logger.exception("import %s failed", run.pk)
        _stop(run, _("An error in the portal stopped the import. Tell the administrators."))
    if not run.rows.filter(state=RowState.PENDING).exists():
        ImportRun.objects.filter(pk=run.pk, state=ImportState.APPLYING).update(
            state=ImportState.DONE, finished_at=timezone.now(), touched_at=timezone.now()
        )


def _take_in_settled(run: ImportRun, path: Path) -> Intake:
    """Check the file anew; faults count only if no other worker wrote rows during the reading."""
    while True:
        waiting = _waiting(run)
        intake = take_in(run, path)
        if not intake.problems or _waiting(run) == waiting:
            return intake


def _waiting(run: ImportRun) -> set[tuple[int, int | None]]:
    return set(run.rows.filter(state=RowState.PENDING).values_list("pk", "page_id"))


def _stop(run: ImportRun, message: str, problems: list[dict[str, Any]] | None = None) -> None:
    """End a run: rows that were written stay and are reported, the others are not written."""
    with transaction.atomic():
        waiting = run.rows.filter(state=RowState.PENDING)
        waiting.filter(is_new=True).exclude(page=None).update(
            state=RowState.DRAFTED, reason=UNLINKED
        )
        waiting.update(state=RowState.REFUSED, reason=STOPPED)
        fail_run(run, message, problems)


@dataclass(slots=True)
class Writer:
    """Writes the rows of one run that wait."""

    run: ImportRun
    intake: Intake
    candidates: dict[str, Candidate] = field(init=False)

    def __post_init__(self) -> None:
        self.candidates = {c.key: c for c in self.intake.content.candidates}

    def write(self) -> None:
        """Make what procedures share, then new pages, then their links, then the changes."""
        if self.intake.reach.everything:
            self._write_shared()
        waiting = self.run.rows.filter(state=RowState.PENDING)
        new = list(waiting.filter(is_new=True, page=None).values_list("pk", flat=True))
        for start in range(0, len(new), BATCH):
            self._create(new[start : start + BATCH])
        directory = self.intake.directory
        directory.procedures, directory.by_uuid = {}, {}  # also forget what was rolled back
        directory.load_procedures()
        made = waiting.filter(is_new=True).exclude(page=None)
        for row_id in list(made.values_list("pk", flat=True)):
            self._attempt(row_id, self._finish)
        for row_id in list(waiting.filter(is_new=False).values_list("pk", flat=True)):
            self._attempt(row_id, self._change)

    def _write_shared(self) -> None:
        content, directory = self.intake.content, self.intake.directory
        placement = Placement(directory)
        with transaction.atomic(), open_gate():
            made = write_shared(
                content,
                directory,
                lambda: any(placement.owner_path(c) is None for c in self.intake.plan.new),
            )
            if any(made.values()):
                actions.refresh_summary()

    def _create(self, row_ids: list[int]) -> None:
        """Make a batch of new pages as drafts; one by one if the batch as a whole fails."""
        try:
            with transaction.atomic():
                self._create_rows(row_ids)
        except Exception as error:
            if len(row_ids) == 1:
                self._fail(row_ids[0], error)
                return
            for row_id in row_ids:
                self._create([row_id])

    def _create_rows(self, row_ids: list[int]) -> None:
        rows = self.run.rows.select_for_update().filter(
            pk__in=row_ids, state=RowState.PENDING, page=None
        )
        by_key = {row.key: row for row in rows}
        taken = ProcedurePage.objects.filter(key__in=list(by_key)).values_list("key", flat=True)
        for key in set(taken):
            self._store(by_key.pop(key), Result(RowState.CONFLICT, EXISTS))
        batch = [self.candidates[key] for key in by_key]
        if not batch:
            return
        directory = self.intake.directory
        creator = Creator(
            directory,
            Placement(directory),
            directory.holding() or "",
            publish=False,
            now=timezone.now(),
            user=self.run.user,
        )
        for made in creator.create(batch):
            row = by_key[made.candidate.key]
            row.page_id = made.page.pk
            row.save(update_fields=["page"])
        self._touch()

    def _attempt(self, row_id: int, work: Callable[[ImportRow], Result]) -> None:
        """Carry out one row; whatever goes wrong with it is its own."""
        try:
            with transaction.atomic():
                row = self._claim(row_id)
                if row is not None:
                    self._store(row, work(row))
        except Exception as error:
            self._fail(row_id, error)

    def _claim(self, row_id: int) -> ImportRow | None:
        """Take a waiting row for this transaction; another one waits here, then finds it done."""
        rows = ImportRow.objects.filter(pk=row_id, state=RowState.PENDING)
        if not rows.update(state=RowState.DRAFTED):
            return None
        return ImportRow.objects.get(pk=row_id)

    def _fail(self, row_id: int, error: Exception) -> None:
        complaints = error.messages if isinstance(error, ValidationError) else []
        if not complaints:
            logger.error("import %s: row %s failed", self.run.pk, row_id, exc_info=error)
        with transaction.atomic():
            row = self._claim(row_id)
            if row is not None:
                self._store(row, Result(RowState.FAILED, ERROR, "; ".join(complaints)))

    def _store(self, row: ImportRow, result: Result) -> None:
        row.state, row.reason, row.detail = result.state, result.reason, result.detail
        row.save(update_fields=["state", "reason", "detail"])
        self._touch()

    def _touch(self) -> None:
        ImportRun.objects.filter(pk=self.run.pk).update(touched_at=timezone.now())

    def _finish(self, row: ImportRow) -> Result:
        """Give a new page its links and translations, and go on with it as far as was asked."""
        candidate = self.candidates[row.key]
        page = ProcedurePage.objects.select_for_update(of=("self",), no_key=True).get(
            pk=row.page_id
        )
        if has_links(candidate):
            link_new_pages([candidate], self.intake.directory)
        english = self._translate(page, candidate)
        result = self._settle(page.pk, english, "")
        if result.state != RowState.PUBLISHED:
            page = ProcedurePage.objects.get(pk=page.pk)
            actions.remember_faults(page.get_latest_revision_as_object())
        return self._remember(candidate, result)

    def _change(self, row: ImportRow) -> Result:
        """Save a new revision upon the previewed one, and go on with it as far as was asked."""
        locked = Page.objects.select_for_update(no_key=True).filter(pk=row.page_id).first()
        page = ProcedurePage.objects.filter(pk=row.page_id).first() if locked else None
        if page is None or row.key not in self.intake.plan.pages:
            return Result(RowState.REFUSED, GONE)
        user = self.run.user
        if not editable_procedures(user).filter(pk=page.pk).exists():
            return Result(RowState.REFUSED, FORBIDDEN)
        pages = [page, *(_translations(page) if _touches_words(row) else [])]
        now = base_revisions([page]).get(page.translation_key, {})
        for one in pages:
            code = one.locale.language_code
            if now.get(code) != row.base.get(code):
                return Result(RowState.CONFLICT, EDITED, who_edited(one))
            if one.permissions_for_user(user).page_locked():
                return Result(RowState.REFUSED, LOCKED)
        only_draft = only_draft_reason(page)
        candidate = self.candidates[row.key]
        directory = self.intake.directory
        directory.procedures[row.key] = self.intake.plan.pages[row.key]
        Changer(directory, Placement(directory), publish=False, user=user).change(candidate)
        english = self._translate(page, candidate) if _touches_words(row) else {}
        return self._remember(candidate, self._settle(page.pk, english, only_draft))

    def _translate(self, page: ProcedurePage, candidate: Candidate) -> dict[int, str]:
        """Write the translations; return for each why it may only be a draft."""
        before = {one.pk: only_draft_reason(one) for one in _translations(page)}
        record, user = candidate.record, self.run.user
        written = write_translations(page.pk, record, publish=False, user=user)
        return {one.pk: before.get(one.pk, "") for one in written}

    def _settle(self, page_id: int, english: dict[int, str], only_draft: str) -> Result:
        """Leave a page as a draft, submit it or publish it; its translations follow it."""
        user = self.run.user
        if self.run.mode == ChangeMode.SUBMIT:
            for pk in english:
                submit_page(pk, user)
            return submit_page(page_id, user)
        if self.run.mode != ChangeMode.PUBLISH:
            return Result(RowState.DRAFTED)
        page = ProcedurePage.objects.get(pk=page_id)
        revision: Any = page.get_latest_revision()
        result = publish_revision(revision, page, user, only_draft)
        if result.state == RowState.PUBLISHED:
            for pk, reason in english.items():
                translation = ProcedurePage.objects.get(pk=pk)
                revision = translation.get_latest_revision()
                publish_revision(revision, translation, user, reason)
        return result

    def _remember(self, candidate: Candidate, result: Result) -> Result:
        directory, plan = self.intake.directory, self.intake.plan
        published = result.state == RowState.PUBLISHED
        remember([candidate], directory, plan.digests, publish=published)
        return result


def _translations(page: ProcedurePage) -> list[ProcedurePage]:
    found = ProcedurePage.objects.filter(translation_key=page.translation_key, alias_of=None)
    return list(found.exclude(pk=page.pk).select_related("locale"))


def _touches_words(row: ImportRow) -> bool:
    return any(difference["place"] == TRANSLATIONS for difference in row.difference)
