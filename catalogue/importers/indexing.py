"""The search index and the index of references, told in bulk of pages that sent no signal."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

from catalogue.models import ProcedurePage


def index_pages(pages: list[ProcedurePage]) -> None:
    """Add new pages to the search index."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(ProcedurePage, pages)


def reference_pages(pages: list[ProcedurePage]) -> None:
    """Record what new pages refer to: forms, successors, links in their texts."""
    content_type = ContentType.objects.get_for_model(ProcedurePage)
    base_content_type = ContentType.objects.get_for_model(Page)
    rows = []
    for page in pages:
        for target_type, target, model_path, path in set(
            ReferenceIndex._extract_references_from_object(page)
        ):
            rows.append(
                ReferenceIndex(
                    content_type=content_type,
                    base_content_type=base_content_type,
                    object_id=str(page.pk),
                    to_content_type_id=target_type,
                    to_object_id=target,
                    model_path=model_path,
                    content_path=path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(path),
                )
            )
    ReferenceIndex.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)
