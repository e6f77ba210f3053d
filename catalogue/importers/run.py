"""One import from file to pages: read, check everything, then write in transactions of a hundred.

An import that was killed is finished by running it again: what was written is equal and is
skipped. With `atomic` everything is one transaction.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import actions
from catalogue.importers.changes import Changer
from catalogue.importers.checks import check_content
from catalogue.importers.creation import Creator
from catalogue.importers.directory import Directory
from catalogue.importers.links import has_links, link_new_pages
from catalogue.importers.placing import Placement
from catalogue.importers.plans import Plan, make_plan, remember
from catalogue.importers.shared import write_shared
from catalogue.importers.sources import Candidate, Content, understand
from catalogue.importers.translations import write_translations
from catalogue.interchange.files import read_file
from catalogue.interchange.problems import UnreadableFileError
from catalogue.interchange.raw import Reading

BATCH = 100
Progress = Callable[[int, int], None]  # procedures written, procedures to write


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator asked for."""

    path: Path
    file_format: str = ""
    source: str = ""
    agency: str = ""
    dry_run: bool = False
    atomic: bool = False
    publish: bool = False
    skip_bad: bool = False
    with_index: bool = True


@dataclass(slots=True)
class Outcome:
    """What came of an import. `wrote` is false when nothing was changed."""

    source: str = ""
    problems: list[str] = field(default_factory=list)
    wrote: bool = False
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    made: dict[str, int] = field(default_factory=dict)
    unmatched: Counter[str] = field(default_factory=Counter)
    reading_seconds: float = 0.0
    writing_seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Procedures written a second."""
        return (self.new + self.changed) / self.writing_seconds if self.writing_seconds else 0.0


def import_file(options: Options, progress: Progress = lambda done, total: None) -> Outcome:
    """Import a file. Raises `UnreadableFileError` when it cannot be read as a whole."""
    with _rare_collections():
        return _import(options, progress)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage less often: what an import makes lives until its end, and a fifth of the
    time would go into finding that out again and again."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _import(options: Options, progress: Progress) -> Outcome:
    started = monotonic()
    directory = Directory.load()
    reading = read_file(options.path, options.file_format)
    content = understand(reading, options.source, _agency_path(options.agency, directory))
    plan = make_plan(content, directory, publish=options.publish)
    check_content(content, directory, reading, plan.pending)
    outcome = Outcome(content.source, reading.list_problems(), read=len(content.candidates))
    if reading.bad_lines and options.skip_bad:
        outcome.skipped = _drop_bad(content, plan, reading)
    outcome.new, outcome.changed = len(plan.new), len(plan.changed)
    outcome.unchanged = plan.unchanged
    outcome.unmatched = Placement(directory).count_unmatched(plan.new)
    outcome.reading_seconds = monotonic() - started
    refused = reading.bad_lines and not options.skip_bad
    if not refused and not options.dry_run:
        _Writer(options, content, directory, plan, outcome, progress).write()
    return outcome


def _agency_path(name: str, directory: Directory) -> str:
    """Return the path of the agency that the operator named by address or identifier."""
    if not name:
        return ""
    ends = [path for path in directory.agencies if path.rpartition("/")[2] == name]
    found = directory.find_agency(name) or (ends[0] if len(ends) == 1 else None)
    if found is None:
        raise UnreadableFileError(_("There is no agency “%(name)s”.") % {"name": name})
    return found


def _drop_bad(content: Content, plan: Plan, reading: Reading) -> int:
    """Take procedures with faults out of the plan; faults elsewhere cannot be skipped."""
    bad = reading.bad_lines
    for (kind, _key), raw in content.lines.items():
        if kind in content.shared and (raw.sheet, raw.line) in bad:
            raise UnreadableFileError(
                _("A record that procedures share has a fault; see the report.")
            )
    before = len(plan.pending)
    plan.new = [c for c in plan.new if (c.raw.sheet, c.raw.line) not in bad]
    plan.changed = [c for c in plan.changed if (c.raw.sheet, c.raw.line) not in bad]
    content.candidates = plan.pending
    return before - len(plan.pending)


@dataclass(slots=True)
class _Writer:
    options: Options
    content: Content
    directory: Directory
    plan: Plan
    outcome: Outcome
    progress: Progress
    done: int = 0

    def write(self) -> None:
        started = monotonic()
        with ExitStack() as stack:
            if self.options.atomic:
                stack.enter_context(transaction.atomic())
            placement = Placement(self.directory)
            with transaction.atomic():
                self.outcome.made = write_shared(
                    self.content,
                    self.directory,
                    lambda: any(placement.owner_path(c) is None for c in self.plan.new),
                )
                if any(self.outcome.made.values()):
                    actions.refresh_summary()
            self._create(placement)
            self._link()
            self._change(placement)
        self.outcome.wrote = True
        self.outcome.writing_seconds = monotonic() - started

    def _create(self, placement: Placement) -> None:
        creator = Creator(
            self.directory,
            placement,
            self.directory.holding() or "",
            self.options.publish,
            timezone.now(),
            self.options.with_index,
        )

        def create(batch: list[Candidate]) -> None:
            ids = [made.page.pk for made in creator.create(batch)]
            for candidate in batch:
                self._translate(candidate)
            # One with links is not finished before they are written.
            self._remember([c for c in batch if not has_links(c)])
            self._refresh(ids)

        self._in_batches(self.plan.new, create)

    def _link(self) -> None:
        def link(batch: list[Candidate]) -> None:
            self._refresh(link_new_pages(batch, self.directory))
            self._remember(batch)

        self._in_batches([c for c in self.plan.new if has_links(c)], link, counts=False)

    def _change(self, placement: Placement) -> None:
        changer = Changer(self.directory, placement, self.options.publish)

        def change(batch: list[Candidate]) -> None:
            for candidate in batch:
                changer.change(candidate)
                self._translate(candidate)
            self._remember(batch)

        self._in_batches(self.plan.changed, change)

    def _in_batches(
        self,
        candidates: list[Candidate],
        work: Callable[[list[Candidate]], None],
        *,
        counts: bool = True,
    ) -> None:
        """Do `work` on a hundred at a time, each hundred in a transaction of its own."""
        for start in range(0, len(candidates), BATCH):
            batch = candidates[start : start + BATCH]
            with transaction.atomic():
                work(batch)
            self.done += len(batch) if counts else 0
            self.progress(self.done, self.outcome.new + self.outcome.changed)

    def _translate(self, candidate: Candidate) -> None:
        page = self.directory.procedures[candidate.key]
        write_translations(page.pk, candidate.record, publish=self.options.publish)

    def _refresh(self, ids: list[int]) -> None:
        if self.options.publish:
            actions.refresh_listings(ids)

    def _remember(self, candidates: list[Candidate]) -> None:
        remember(candidates, self.directory, self.plan.digests, publish=self.options.publish)
