"""What must be rebuilt when a page or a term changes: one line each, decided elsewhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from catalogue import actions
from catalogue.models import AgencyPage, LifeEvent, ProcedurePage, Sector


def refresh_procedure(instance: Any, **kwargs: Any) -> None:
    """Rebuild the row of a procedure, or of the source of a translation."""
    page: ProcedurePage = instance.specific
    if page.locale.language_code == settings.LANGUAGE_CODE:
        actions.refresh_listings([page.pk])
        return
    sources = ProcedurePage.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    actions.refresh_listings(sources.values_list("pk", flat=True))


def refresh_below(instance: Any, **kwargs: Any) -> None:
    """Rebuild what lies below an agency, whose address or parent has changed."""
    below = ProcedurePage.objects.filter(path__startswith=instance.path)
    actions.refresh_listings(below.values_list("pk", flat=True))


def refresh_terms(**kwargs: Any) -> None:
    """Rebuild names and totals."""
    actions.refresh_summary()


def refresh_deleted(instance: Any, **kwargs: Any) -> None:
    """Take a deleted procedure out of the lists; its row goes by the foreign key."""
    actions.refresh_summary()


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    for signal in (page_published, page_unpublished):
        signal.connect(refresh_procedure, sender=ProcedurePage, dispatch_uid="listing")
        signal.connect(refresh_terms, sender=AgencyPage, dispatch_uid="agency-terms")
    page_slug_changed.connect(refresh_below, dispatch_uid="listing-slug")
    post_page_move.connect(refresh_below, dispatch_uid="listing-move")
    post_delete.connect(refresh_deleted, sender=ProcedurePage, dispatch_uid="listing-delete")
    post_delete.connect(refresh_terms, sender=AgencyPage, dispatch_uid="agency-delete")
    for model in (Sector, LifeEvent):
        post_save.connect(refresh_terms, sender=model, dispatch_uid=f"{model.__name__}-save")
        post_delete.connect(refresh_terms, sender=model, dispatch_uid=f"{model.__name__}-delete")
