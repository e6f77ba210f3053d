"""Translations follow their source: when it is renamed or moved, withdrawn or restricted.

The address is the same in each language but for its first part. Only a translation that stood
where its source stood follows; what somebody has placed elsewhere, or where another page has the
name already, is left alone. A translation shows the facts of its source, so it is public only while
its source is.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page, PageLogEntry, PageViewRestriction

from cms.core.publishing import open_gate

logger = logging.getLogger(__name__)
WITHDRAWN = "core.unpublish.followed"
UNPUBLISHED = "wagtail.unpublish"


def _is_source(page: Page) -> bool:
    return bool(page.locale_id == Locale.get_default().pk)


def follow_slug(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Give the translations of a renamed page its new slug, in their newest draft too."""
    if not _is_source(instance):
        return
    for page in instance.get_translations().filter(slug=instance_before.slug):
        try:
            with transaction.atomic():
                _rename(page.specific, instance.slug)
        except ValidationError:
            logger.warning("slug is taken", extra={"page": page.pk})


def _rename(page: Page, slug: str) -> None:
    page.slug = slug
    page.save()
    revision = page.latest_revision
    if revision is not None and revision.content.get("slug") != slug:
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])


def follow_move(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Move the translations of a moved page below the translation of its new parent."""
    if not _is_source(instance) or parent_page_before.pk == parent_page_after.pk:
        return
    for page in instance.get_translations():
        stood = page.get_parent()
        if stood.translation_key != parent_page_before.translation_key:
            continue
        parent = parent_page_after.get_translation_or_none(page.locale)
        if parent is None:
            parent = parent_page_after.specific.copy_for_translation(
                page.locale, copy_parents=True, alias=True
            )
        if parent.get_children().filter(slug=page.slug).exists():
            logger.warning("slug is taken", extra={"page": page.pk})
            continue
        page.specific.move(parent, pos="last-child")


# ── what is public ────────────────────────────────────────────────────────────────────────────


def find_unpublished_source(page: Page) -> list[str]:
    """Return a complaint about a translation whose source is not public."""
    if page.alias_of_id or _is_source(page):
        return []
    source = Page.objects.filter(
        translation_key=page.translation_key, locale=Locale.get_default()
    ).first()
    if source is None or source.live:
        return []
    return [_("The Vietnamese page is not published: publish it first.")]


def follow_unpublishing(instance: Page, **kwargs: Any) -> None:
    """Withdraw the translations of a withdrawn page, and note what was public of them."""
    if not _is_source(instance):
        return
    for page in instance.get_translations().filter(live=True, alias_of=None).specific():
        shown = page.live_revision_id or page.latest_revision_id
        page.unpublish(set_expired=instance.expired, log_action=False)
        log(instance=page, action=WITHDRAWN, data={"revision": shown})


def follow_publishing(instance: Page, **kwargs: Any) -> None:
    """Publish again the translations that were withdrawn with their page and left alone since."""
    if not _is_source(instance):
        return
    for page in instance.get_translations().filter(live=False, alias_of=None).specific():
        entries = PageLogEntry.objects.filter(page=page.pk, action__in=(WITHDRAWN, UNPUBLISHED))
        last = entries.order_by("-timestamp", "-pk").first()
        if last is None or last.action != WITHDRAWN:
            continue
        if page.latest_revision_id == last.data["revision"]:
            revision = page.latest_revision or page.save_revision()
            with open_gate():
                revision.publish()


def follow_restriction(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Give the translations of a restricted page the same restriction."""
    if raw or not _is_source(instance.page):
        return
    for page in instance.page.get_translations():
        _restrict(page, instance)


def _restrict(page: Page, like: PageViewRestriction) -> None:
    own = PageViewRestriction.objects.filter(page=page).first()
    restriction = own or PageViewRestriction(page=page)
    restriction.restriction_type, restriction.password = like.restriction_type, like.password
    restriction.save()
    restriction.groups.set(like.groups.all())


def follow_groups(instance: Any, action: str, **kwargs: Any) -> None:
    """Give the translations the groups of a changed restriction."""
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        follow_restriction(instance)


def follow_release(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Open the translations of a page that is open again, where they were restricted like it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None and _is_source(page):
        PageViewRestriction.objects.filter(
            page__in=page.get_translations(), restriction_type=instance.restriction_type
        ).delete()


def restrict_translation(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Give a new translation the restriction of its source."""
    if isinstance(source_obj, Page):
        for restriction in PageViewRestriction.objects.filter(page=source_obj.pk):
            _restrict(target_obj, restriction)
