"""What an import will do to each procedure of a file: make it, change it, or leave it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from catalogue.importers.directory import Directory, Known
from catalogue.importers.sources import Candidate, Content
from catalogue.models import ImportedRecord


@dataclass(slots=True)
class Plan:
    """Procedures by what will be done; `same` are those that the last import left so."""

    new: list[Candidate] = field(default_factory=list)
    changed: list[Candidate] = field(default_factory=list)
    same: list[Candidate] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Known] = field(default_factory=dict)

    @property
    def unchanged(self) -> int:
        """How many procedures are left alone."""
        return len(self.same)

    @property
    def pending(self) -> list[Candidate]:
        """All procedures that will be written."""
        return [*self.new, *self.changed]


def make_plan(content: Content, directory: Directory, *, publish: bool) -> Plan:
    """Compare digests with those of the last import.

    A record that has not changed leaves its page alone, whatever editors did to it since;
    only a page that was imported as a draft is published when that is asked for.
    """
    plan = Plan()
    stored = {record.key: record for record in ImportedRecord.objects.all()}
    for candidate in content.candidates:
        digest = plan.digests[candidate.key] = candidate.digest
        record = stored.get(candidate.key)
        page = directory.procedures.get(candidate.key)
        if page is None and record is not None:
            page = directory.by_uuid.get(record.page_key)
        if page is not None:
            plan.pages[candidate.key] = page
        if page is None:
            plan.new.append(candidate)
        elif record and record.digest == digest and (record.was_published or not publish):
            plan.same.append(candidate)
        else:
            directory.procedures[candidate.key] = page
            plan.changed.append(candidate)
    return plan


def remember(
    candidates: list[Candidate], directory: Directory, digests: dict[str, str], *, publish: bool
) -> None:
    """Store what was imported of these procedures, in the transaction that wrote them."""
    ImportedRecord.objects.bulk_create(
        [
            ImportedRecord(
                key=candidate.key,
                digest=digests[candidate.key],
                page_key=directory.procedures[candidate.key].uuid,
                was_published=publish,
                imported_at=timezone.now(),
            )
            for candidate in candidates
        ],
        batch_size=200,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["digest", "page_key", "was_published", "imported_at"],
    )
