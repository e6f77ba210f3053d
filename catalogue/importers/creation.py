"""New pages in bulk: a batch of a hundred costs some thirty statements instead of thousands.

Wagtail sends no signal for what is written here, so everything that a signal would do is done
here: revision, history, search index, references and the read tables. A test compares pages
made here with pages made by Wagtail.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.db.models.query import QuerySet
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.models import Page, PageLogEntry, Revision

from catalogue.importers.directory import Directory, Known
from catalogue.importers.indexing import index_pages, reference_pages
from catalogue.importers.placing import Placement
from catalogue.importers.rows import ROW_MODELS, build_links, build_rows, set_fields
from catalogue.importers.shared import free_slug
from catalogue.importers.sources import Candidate
from catalogue.models import ProcedurePage

ROWS_A_STATEMENT = 50


@dataclass(slots=True)
class Made:
    """One new page with what belongs to it."""

    candidate: Candidate
    page: ProcedurePage
    rows: dict[str, list[Any]]
    links: dict[str, list[Any]]


@dataclass(slots=True)
class Creator:
    """Writes batches of new pages. Each call must run in a transaction."""

    directory: Directory
    placement: Placement
    holding: str
    publish: bool
    now: datetime
    with_index: bool = True
    user: Any = None

    def create(self, candidates: list[Candidate]) -> list[Made]:
        """Write pages with rows, links, revision and history; return them."""
        by_owner: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            owner = self.placement.owner_path(candidate) or self.holding
            by_owner[owner].append(candidate)
        made: list[Made] = []
        for owner in sorted(by_owner):
            made += self._build_below(owner, by_owner[owner])
        self._insert_pages(made)
        self._insert_rows(made)
        self._insert_links(made)
        self._insert_revisions(made)
        if self.with_index:
            index_pages([item.page for item in made])
            reference_pages([item.page for item in made if self._may_refer(item)])
        for item in made:
            self._remember(item)
        return made

    def _build_below(self, owner: str, candidates: list[Candidate]) -> list[Made]:
        parent = Page.objects.select_for_update(no_key=True).get(
            pk=self.directory.agencies[owner].pk
        )
        last = parent.get_last_child()
        step = int(last.path[-Page.steplen :], 36) if last else 0
        taken = set(parent.get_children().values_list("slug", flat=True))
        made = []
        for candidate in candidates:
            step += 1
            page = self._build_page(candidate, parent, step, taken)
            rows = build_rows(candidate.record, self.directory.locale, self.directory)
            links = build_links(candidate, self.directory, self.placement, owner)
            made.append(Made(candidate, page, rows, links))
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(candidates))
        return made

    def _build_page(
        self, candidate: Candidate, parent: Page, step: int, taken: set[str]
    ) -> ProcedurePage:
        record = candidate.record
        page = ProcedurePage(
            key=candidate.key,
            translation_key=UUID(record["uuid"]),
            locale=self.directory.locale,
            live=self.publish,
            has_unpublished_changes=not self.publish,
            latest_revision_created_at=self.now,
            content_type=ContentType.objects.get_for_model(ProcedurePage),
            depth=parent.depth + 1,
            path=Page._get_path(parent.path, parent.depth + 1, step),
            numchild=0,
            owner=self.user,
        )
        if self.publish:
            page.first_published_at = page.last_published_at = self.now
        set_fields(page, record)
        page.slug = free_slug(record.get("slug") or page.default_slug(), taken, 255)
        page.prepare()
        page.draft_title = page.title
        page.set_url_path(parent)
        return page

    def _insert_pages(self, made: list[Made]) -> None:
        names = [field.attname for field in Page._meta.concrete_fields if field.name != "id"]
        bases = [Page(**{name: getattr(m.page, name) for name in names}) for m in made]
        QuerySet(Page).bulk_create(bases, batch_size=ROWS_A_STATEMENT)
        for base, item in zip(bases, made, strict=True):
            item.page.pk = item.page.id = item.page.page_ptr_id = base.pk
            item.page._state.adding = False
        insert_second_table([item.page for item in made])

    def _insert_rows(self, made: list[Made]) -> None:
        for relation, model in ROW_MODELS.items():
            rows = []
            for item in made:
                for row in item.rows[relation]:
                    row.page_id = item.page.pk
                    rows.append(row)
            model.objects.bulk_create(rows, batch_size=80)

    def _insert_links(self, made: list[Made]) -> None:
        for name in ("sectors", "life_events", "legal_bases", "handled_at"):
            pairs = [(item.page.pk, link.pk) for item in made for link in item.links[name]]
            insert_pairs(name, pairs)

    def _insert_revisions(self, made: list[Made]) -> None:
        content_type = ContentType.objects.get_for_model(ProcedurePage)
        revisions = [
            Revision(
                content_type=content_type,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id=str(item.page.pk),
                created_at=self.now,
                user=self.user,
                object_str=str(item.page),
                content=serialise(item.page, item.rows, item.links),
            )
            for item in made
        ]
        QuerySet(Revision).bulk_create(revisions, batch_size=80)
        for item, revision in zip(made, revisions, strict=True):
            item.page.latest_revision_id = revision.pk
            item.page.live_revision_id = revision.pk if self.publish else None
        newest = Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        revision = Subquery(newest.order_by("-pk").values("pk")[:1])
        live = {"live_revision": revision} if self.publish else {}
        pages = Page.objects.filter(pk__in=[item.page.pk for item in made])
        pages.update(latest_revision=revision, **live)
        self._insert_history(made, content_type)

    def _insert_history(self, made: list[Made], content_type: ContentType) -> None:
        actions = ["wagtail.create", "wagtail.publish"] if self.publish else ["wagtail.create"]
        PageLogEntry.objects.bulk_create(
            [
                PageLogEntry(
                    content_type=content_type,
                    label=item.page.title,
                    action=action,
                    timestamp=self.now,
                    user=self.user,
                    revision_id=item.page.latest_revision_id,
                    content_changed=action == "wagtail.create",
                    page_id=item.page.pk,
                )
                for item in made
                for action in actions
            ],
            batch_size=80,
        )

    def _may_refer(self, item: Made) -> bool:
        """Whether a page names a form or has a text in which a link may be."""
        forms = any(row.form_file_id for row in item.rows["documents"])
        return forms or "<" in item.page.conditions

    def _remember(self, item: Made) -> None:
        page = item.page
        uuid, parent = page.translation_key, page.path[: -Page.steplen]
        known = Known(page.pk, item.candidate.key, uuid, page.live, parent, page.slug)
        self.directory.procedures[known.key] = self.directory.by_uuid[known.uuid] = known


def serialise(
    page: ProcedurePage, rows: dict[str, list[Any]], links: dict[str, list[Any]]
) -> dict[str, Any]:
    """Return the content of a revision: what `page.serializable_data()` would, without a query."""
    content: dict[str, Any] = get_serializable_data_for_fields(page)
    for relation in get_all_child_relations(ProcedurePage):
        name = relation.get_accessor_name()
        content[name] = [get_serializable_data_for_fields(row) for row in rows.get(name, [])]
    for field in get_all_child_m2m_relations(ProcedurePage):
        content[field.name] = [link.pk for link in links.get(field.name, [])]
    return content


def insert_second_table(pages: list[ProcedurePage]) -> None:
    """Insert the rows of `ProcedurePage` beside rows of `Page` that stand already.

    Django's `bulk_create` refuses models with a parent table; this is what it does inside.
    """
    queryset: Any = QuerySet(ProcedurePage)
    queryset._for_write = True
    fields = ProcedurePage._meta.local_concrete_fields
    for start in range(0, len(pages), ROWS_A_STATEMENT):
        queryset._batched_insert(pages[start : start + ROWS_A_STATEMENT], fields, batch_size=None)


def insert_pairs(name: str, pairs: list[tuple[int, int]]) -> None:
    """Insert rows of the table of one many-to-many field: ids of pages and of what they name."""
    field: Any = ProcedurePage._meta.get_field(name)
    through = field.remote_field.through
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through.objects.bulk_create(
        [through(**{source: page, target: other}) for page, other in pairs], batch_size=200
    )
