"""Where files stand on public pages."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from catalogue.models import RequiredDocument


def is_on_live_page(document: Any) -> bool:
    """Whether a live page shows `document`, as the form of a paper or anywhere in its text."""
    if RequiredDocument.objects.filter(form_file=document, page__live=True).exists():
        return True
    kind = ContentType.objects.get_for_model(Page)
    places = ReferenceIndex.get_references_to(document).filter(base_content_type=kind)
    keys = [key for key in places.values_list("object_id", flat=True) if key.isdecimal()]
    return Page.objects.live().filter(pk__in=keys).exists()
