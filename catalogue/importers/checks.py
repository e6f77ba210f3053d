"""Checks of a file against the database: everything that it names must be there or come with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from catalogue.importers.directory import Directory
from catalogue.importers.sources import Candidate, Content
from catalogue.interchange.raw import Reading
from catalogue.interchange.records import ROW_TABLES
from catalogue.models import ProcedurePage

CHUNK = 500
Refuse = Callable[[Candidate, str, str], None]


def check_content(
    content: Content, directory: Directory, reading: Reading, pending: list[Candidate]
) -> None:
    """Report every record that names what does not exist, or claims what is another's.

    `pending` are the procedures that would be written; only their rows are looked up.
    """

    def refuse(candidate: Candidate, name: str, reason: str) -> None:
        reading.refuse_in(candidate.raw, name, reason)

    coming = set(content.shared.get("agency", {}))
    for path in coming:
        above = path.rpartition("/")[0]
        if above and above not in coming and above not in directory.agencies:
            reason = _("lies below “%(path)s”, which does not exist") % {"path": above}
            reading.refuse_in(content.lines["agency", path], "path", reason)
    keys = {candidate.key for candidate in content.candidates}
    for candidate in content.candidates:
        _check_names(candidate, directory, coming, keys, refuse)
    _check_uuids(content.candidates, directory, refuse)
    _check_rows(content.candidates, pending, directory, refuse)
    _check_slugs(content.candidates, directory, refuse)


def _check_names(
    candidate: Candidate, directory: Directory, coming: set[str], keys: set[str], refuse: Refuse
) -> None:
    record = candidate.record
    for name, agencies in (
        ("agency", [record["agency"]] if "agency" in record else []),
        ("handled_at", record.get("handled_at", [])),
    ):
        for agency in agencies:
            if agency not in coming and not directory.find_agency(agency):
                refuse(candidate, name, _("there is no agency “%(name)s”") % {"name": agency})
    _check_pages(candidate, directory, keys, refuse)
    for number, row in enumerate(record.get("documents", [])):
        if row.get("form") and row["form"] not in directory.forms:
            reason = _("there is no file “%(name)s” among the documents") % {"name": row["form"]}
            refuse(candidate, f"documents[{number}].form", reason)


def _check_pages(
    candidate: Candidate, directory: Directory, keys: set[str], refuse: Refuse
) -> None:
    record = candidate.record
    successor = [record["successor"]] if "successor" in record else []
    for name, wanted in (
        ("successor", successor),
        ("related_procedures", record.get("related_procedures", [])),
    ):
        for key in wanted:
            if key not in keys and key not in directory.procedures:
                refuse(candidate, name, _("there is no procedure “%(name)s”") % {"name": key})
    for slug in record.get("related_guides", []):
        if slug not in directory.guides:
            refuse(candidate, "related_guides", _("there is no guide “%(name)s”") % {"name": slug})


def _check_uuids(candidates: list[Candidate], directory: Directory, refuse: Refuse) -> None:
    seen: dict[str, str] = {}
    pages: dict[int, str] = {}
    for candidate in candidates:
        uuid = candidate.record["uuid"]
        owner = directory.by_uuid.get(UUID(uuid))
        page = directory.procedures.get(candidate.key)
        if page and pages.setdefault(page.pk, candidate.key) != candidate.key:
            refuse(candidate, "key", _("means the page of “%(key)s”") % {"key": pages[page.pk]})
        taken = seen.get(uuid) or (owner.key if owner and owner is not page else None)
        if taken:
            name = directory.name_of(taken)
            refuse(candidate, "uuid", _("is the UUID of “%(key)s”") % {"key": name})
        seen[uuid] = candidate.key


def _check_rows(
    candidates: list[Candidate], pending: list[Candidate], directory: Directory, refuse: Refuse
) -> None:
    """No row may claim the UUID of a row of another procedure."""
    keys = {candidate.key for candidate in pending}
    for relation in ROW_TABLES:
        owners: dict[str, Candidate] = {}
        for candidate in candidates:
            for number, row in enumerate(candidate.record.get(relation, [])):
                other = owners.setdefault(row["uuid"], candidate)
                if other is not candidate:
                    reason = _("is the UUID of a row of “%(key)s”") % {"key": other.key}
                    refuse(candidate, f"{relation}[{number}].uuid", reason)
        wanted = sorted(uuid for uuid, owner in owners.items() if owner.key in keys)
        for uuid, key, page_id in _stored_rows(relation, wanted, directory):
            candidate = owners[uuid]
            page = directory.procedures.get(candidate.key)
            if page is None or page.pk != page_id:
                name = directory.name_of(key)
                reason = _("holds the UUID of a row of “%(key)s”") % {"key": name}
                refuse(candidate, relation, reason)


def _stored_rows(
    relation: str, wanted: list[str], directory: Directory
) -> Iterable[tuple[str, str, int]]:
    model: Any = ProcedurePage._meta.get_field(relation).related_model
    stored = model.objects.filter(locale=directory.locale)
    if not stored.exists():
        return
    for start in range(0, len(wanted), CHUNK):
        rows = stored.filter(translation_key__in=wanted[start : start + CHUNK])
        for uuid, key, page_id in rows.values_list("translation_key", "page__key", "page_id"):
            yield str(uuid), str(key), page_id


def _check_slugs(candidates: list[Candidate], directory: Directory, refuse: Refuse) -> None:
    """Two pages below one agency may not have the same address."""
    taken = {(known.parent_path, known.slug): known.key for known in directory.by_uuid.values()}
    for candidate in candidates:
        record = candidate.record
        if "slug" not in record or "agency" not in record:
            continue
        path = directory.find_agency(record["agency"])
        place = (directory.agencies[path].path if path else record["agency"], record["slug"])
        page_known = directory.procedures.get(candidate.key)
        own = {candidate.key, page_known.key if page_known else candidate.key}
        if taken.setdefault(place, candidate.key) not in own:
            name = directory.name_of(taken[place])
            refuse(candidate, "slug", _("is the address of “%(key)s”") % {"key": name})
