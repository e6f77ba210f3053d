"""Translations follow their source when it is renamed or moved: the address is the same in each
language but for its first part.

Only a translation that stood where its source stood follows; what somebody has placed elsewhere,
or where another page has the name already, is left alone.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page

logger = logging.getLogger(__name__)


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
