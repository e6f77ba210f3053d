"""One rebuild of the catalogue's read tables at the end, instead of one for every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from catalogue import actions, signal_handlers
from catalogue.models import AgencyPage, LifeEvent, ProcedurePage, Sector

TERMS = (Sector, LifeEvent)


class _Changes:
    """What was published or saved meanwhile."""

    def __init__(self) -> None:
        self.agencies = self.terms = False
        self.procedures: set[Any] = set()
        self.pages: dict[int, Any] = {}

    def note_page(self, instance: Any, **kwargs: Any) -> None:
        self.pages[instance.pk] = instance

    def note_agency(self, **kwargs: Any) -> None:
        self.agencies = True

    def note_term(self, **kwargs: Any) -> None:
        self.terms = True

    def note_procedure(self, instance: Any, **kwargs: Any) -> None:
        self.procedures.add(instance.translation_key)

    def refresh(self) -> None:
        if self.agencies:
            actions.refresh_agencies()
        if self.terms:
            actions.refresh_all_listings()
        elif self.procedures:
            pages = ProcedurePage.objects.filter(
                translation_key__in=self.procedures,
                locale__language_code=settings.LANGUAGE_CODE,
            )
            actions.refresh_listings(pages.values_list("pk", flat=True))
        for page in self.pages.values():
            ReferenceIndex.create_or_update_for_object(page)


@contextmanager
def one_refresh() -> Iterator[None]:
    """Hold back the rebuilds until the end of a transaction of many changes.

    For a command that runs alone: the handlers are disconnected in the whole process.
    """
    changes = _Changes()
    page_published.disconnect(sender=AgencyPage, dispatch_uid="agencies")
    page_published.disconnect(sender=ProcedurePage, dispatch_uid="listing")
    page_published.connect(changes.note_page)
    page_published.connect(changes.note_agency, sender=AgencyPage)
    page_published.connect(changes.note_procedure, sender=ProcedurePage)
    for model in TERMS:
        post_save.disconnect(sender=model, dispatch_uid=f"{model.__name__}-save")
        post_save.connect(changes.note_term, sender=model)
    try:
        with transaction.atomic(), disable_reference_index_auto_update():
            yield
            changes.refresh()
    finally:
        page_published.disconnect(changes.note_page)
        page_published.disconnect(changes.note_agency, sender=AgencyPage)
        page_published.disconnect(changes.note_procedure, sender=ProcedurePage)
        for model in TERMS:
            post_save.disconnect(changes.note_term, sender=model)
        signal_handlers.connect()
