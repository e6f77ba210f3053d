"""Links between procedures, written when all of them exist: related ones, successors, guides."""

from __future__ import annotations

from typing import Any

from wagtail.models import ReferenceIndex, Revision

from catalogue.importers.creation import insert_pairs
from catalogue.importers.directory import Directory
from catalogue.importers.rows import guide_ids
from catalogue.importers.sources import Candidate
from catalogue.models import ProcedurePage

LINKS = ("related_procedures", "related_guides", "successor")


def has_links(candidate: Candidate) -> bool:
    """Whether a record names other pages."""
    return any(name in candidate.record for name in LINKS)


def related_ids(record: dict[str, Any], directory: Directory) -> list[int]:
    """Return the ids of the related procedures that exist."""
    keys = record.get("related_procedures", [])
    return sorted({directory.procedures[key].pk for key in keys if key in directory.procedures})


def successor_id(record: dict[str, Any], directory: Directory) -> int | None:
    """Return the id of the procedure that replaces this one."""
    known = directory.procedures.get(record.get("successor", ""))
    return known.pk if known else None


def link_new_pages(candidates: list[Candidate], directory: Directory) -> list[int]:
    """Write the links of pages that were made in bulk, also into their revision.

    Must run in a transaction. Returns the ids of the pages.
    """
    pages = {directory.procedures[c.key].pk: c.record for c in candidates}
    related = {pk: related_ids(record, directory) for pk, record in pages.items()}
    guides = {pk: guide_ids(record, directory) for pk, record in pages.items()}
    insert_pairs("related_procedures", _pairs(related))
    insert_pairs("related_guides", _pairs(guides))
    successors = {pk: successor_id(record, directory) for pk, record in pages.items()}
    for pk, successor in successors.items():
        if successor:
            ProcedurePage.objects.filter(pk=pk).update(successor_id=successor)
    revisions = list(Revision.page_revisions.filter(object_id__in=[str(pk) for pk in pages]))
    for revision in revisions:
        pk = int(revision.object_id)
        revision.content["related_procedures"] = related[pk]
        revision.content["related_guides"] = guides[pk]
        revision.content["successor"] = successors[pk]
    Revision.objects.bulk_update(revisions, ["content"], batch_size=80)
    for page in ProcedurePage.objects.filter(pk__in=[pk for pk, s in successors.items() if s]):
        ReferenceIndex.create_or_update_for_object(page)
    return sorted(pages)


def _pairs(targets: dict[int, list[int]]) -> list[tuple[int, int]]:
    return [(pk, target) for pk, ids in targets.items() for target in ids]
