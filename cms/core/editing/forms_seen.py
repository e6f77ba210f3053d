"""Tells a form's own versions from those of other windows, devices and people.

An autosave's answer tells the form which version it made. Until that answer has arrived, what the
form sends next starts from an older version than the newest, which yet holds nothing but its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import uuid4

from wagtail.models import Page, Revision

from cms.core.models import RevisionForm

FIELD = "editing_form"
_NAME = re.compile(r"[0-9a-f]{32}")


def form_name(data: Mapping[str, str]) -> str:
    """Return the name that a form sent, a new one for a form that is opened now."""
    return sent_name(data) or uuid4().hex


def sent_name(data: Mapping[str, str]) -> str:
    """Return the name that a form sent, "" when it sent none."""
    name = data.get(FIELD, "")
    return name if _NAME.fullmatch(name) else ""


def remember(page: Page, before: int | None, data: Mapping[str, str]) -> None:
    """Note the form that saved the newest version of a page, if there was another one before.

    Belongs into the transaction that saves it.
    """
    name = sent_name(data)
    newest = Page.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk)
    if name and newest and newest != before:
        RevisionForm.objects.get_or_create(revision_id=newest, defaults={"form": name})


def saved_all_since(page: Page, base: Revision | None, data: Mapping[str, str]) -> bool:
    """Whether this very form saved every version since `base` (None: every version there is)."""
    name = sent_name(data)
    if not name:
        return False
    newer = page.revisions.filter(pk__gt=base.pk if base else 0).values_list("pk", flat=True)
    own = RevisionForm.objects.filter(form=name, revision_id__in=newer)
    return own.count() == newer.count() > 0
