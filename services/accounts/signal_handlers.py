"""What follows for permissions when agency pages come, change their name or go."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete
from wagtail.models import Locale
from wagtail.signals import page_published

from catalogue.models import AgencyPage
from services.accounts import actions


def grant_on_translation(
    instance: AgencyPage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Grant on a new translated agency page what is granted on its source."""
    if created and not raw and instance.locale_id != Locale.get_default().pk:
        actions.sync_translation(instance)


def rename_groups(instance: AgencyPage, **kwargs: Any) -> None:
    """Name groups, collection and workflow after the agency as it is published."""
    if instance.locale_id == Locale.get_default().pk:
        actions.sync_agency_access(instance)


def forget(instance: AgencyPage, **kwargs: Any) -> None:
    """Take away groups and workflow of an agency that is deleted."""
    actions.forget_agency(instance)


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    post_save.connect(grant_on_translation, sender=AgencyPage, dispatch_uid="access-translation")
    page_published.connect(rename_groups, sender=AgencyPage, dispatch_uid="access-rename")
    pre_delete.connect(forget, sender=AgencyPage, dispatch_uid="access-forget")
