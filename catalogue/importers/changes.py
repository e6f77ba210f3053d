"""Pages that exist: changed one by one through Wagtail, as an editor would change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from catalogue.importers.directory import Directory
from catalogue.importers.links import related_ids, successor_id
from catalogue.importers.placing import Placement
from catalogue.importers.rows import (
    ROW_MODELS,
    build_links,
    build_rows,
    guide_ids,
    set_fields,
    set_rows,
)
from catalogue.importers.sources import Candidate
from catalogue.models import GuidePage, ProcedurePage


@dataclass(slots=True)
class Changer:
    """Makes a new revision of a page from a record. Each call must run in a transaction.

    A `user` changes the latest draft, as in the editor; without one it is the page itself.
    """

    directory: Directory
    placement: Placement
    publish: bool
    user: Any = None

    def change(self, candidate: Candidate) -> ProcedurePage:
        """Set all that the record says; rows keep their ids by their UUIDs."""
        record = candidate.record
        known = self.directory.procedures[candidate.key]
        page = ProcedurePage.objects.get(pk=known.pk)
        owner = self._move(page, record)
        page = ProcedurePage.objects.get(pk=known.pk)
        if self.user is not None:
            page = page.get_latest_revision_as_object()
        set_fields(page, record)
        if "slug" in record:
            page.slug = record["slug"]
        page.successor_id = successor_id(record, self.directory)
        rows = build_rows(record, self.directory.locale, self.directory)
        keep_row_ids(page, rows)
        set_rows(page, rows)
        for name, links in build_links(candidate, self.directory, self.placement, owner).items():
            setattr(page, name, links)
        related = related_ids(record, self.directory)
        page.related_procedures = list(ProcedurePage.objects.filter(pk__in=related))
        guides = guide_ids(record, self.directory)
        page.related_guides = list(GuidePage.objects.filter(pk__in=guides))
        revision = page.save_revision(user=self.user, changed=True, log_action=True)
        if self.publish:
            revision.publish(user=self.user)
        return page

    def _move(self, page: ProcedurePage, record: dict[str, Any]) -> str:
        """Move a page below the agency that its record names; return the owner's path.

        Without a name it stays where an editor may have put it.
        """
        paths = {agency.path: path for path, agency in self.directory.agencies.items()}
        here = paths[page.path[: -Page.steplen]]
        wanted = self.directory.find_agency(record["agency"]) if "agency" in record else here
        if wanted is None or wanted == here:
            return here
        page.move(Page.objects.get(pk=self.directory.agencies[wanted].pk), pos="last-child")
        return wanted


def keep_row_ids(page: ProcedurePage, rows: dict[str, list[Any]]) -> None:
    """Give rows that are on the page already their row id, found by their UUID."""
    for relation, model in ROW_MODELS.items():
        live = dict(model.objects.filter(page_id=page.pk).values_list("translation_key", "pk"))
        for row in rows[relation]:
            row.pk = live.get(row.translation_key)
            row.page_id = page.pk
