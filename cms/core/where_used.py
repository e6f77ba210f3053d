"""Where a page, picture, file or snippet is used, without a word about other agencies' drafts.

Wagtail lists every page that points at an object, and hides no more than its name. We leave out
what is not public and not the reader's own; a public page is named by its public title.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.views.generic.usage import UsageView
from wagtail.models import Page, ReferenceIndex

from cms.core.ownership import own


def visible_references(references: Any, user: Any) -> Any:
    """Return of `references` (a queryset of the index) what `user` may know of."""
    if user.is_superuser:
        return references
    of_pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    keys = {int(key) for key in of_pages.values_list("object_id", flat=True) if key.isdecimal()}
    drafts = Page.objects.filter(pk__in=keys, live=False)
    foreign = drafts.exclude(pk__in=own(user, Page).values("pk")).values_list("pk", flat=True)
    hidden = of_pages.filter(object_id__in=[str(key) for key in foreign])
    return references.exclude(pk__in=hidden.values("pk"))


def install() -> None:
    """Narrow Wagtail's view of usage, which is one for all kinds of objects."""
    get_table = UsageView.get_table

    def get_queryset(view: Any) -> Any:
        references = ReferenceIndex.get_references_to(view.object)
        return visible_references(references, view.request.user).group_by_source_object()

    def name_public(view: Any, object_list: Any, **kwargs: Any) -> Any:
        table = get_table(view, object_list, **kwargs)
        for row in table.data:
            page = row["object"]
            if row["edit_url"] is None and isinstance(page, Page) and page.live:
                row["label"] = page.title
        return table

    UsageView.get_queryset = get_queryset
    UsageView.get_table = name_public
