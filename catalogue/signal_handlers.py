"""What must be rebuilt when a page or a term changes: one line each, decided elsewhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import PageViewRestriction, Revision
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from catalogue import actions
from catalogue.models import (
    AgencyPage,
    GuidePage,
    LifeEvent,
    NewsPage,
    OutageNotice,
    ProcedurePage,
    ReadinessSettings,
    Sector,
    StandardPage,
)
from catalogue.selectors.readiness import find_new_blockers
from catalogue.signals import procedures_changed
from cms.core.clock.jobs import Job, register_job
from cms.core.frame_state import refresh_frame_state
from cms.core.models import BasePage
from cms.core.publishing import register_gate

# Pages that the frame or the home page names.
IN_FRAME = (StandardPage, NewsPage, GuidePage)


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
    """Rebuild what lies below a page whose address or parent has changed."""
    actions.refresh_agencies()
    below = ProcedurePage.objects.filter(path__startswith=instance.path)
    actions.refresh_listings(below.values_list("pk", flat=True))


def refresh_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Rebuild what lies below a page whose view restriction has come or gone."""
    refresh_below(instance.page)


def refresh_agencies(**kwargs: Any) -> None:
    """Rebuild what is shown of agencies."""
    actions.refresh_agencies()


def refresh_term(instance: Sector | LifeEvent, **kwargs: Any) -> None:
    """Rebuild the procedures that show a sector or life event, and the totals."""
    actions.refresh_listings(actions.pages_with_term(instance))


def note_pages(instance: Sector | LifeEvent, **kwargs: Any) -> None:
    """Remember, before a term is deleted, which procedures show it."""
    instance.pages_to_refresh = actions.pages_with_term(instance)


def refresh_without_term(instance: Sector | LifeEvent, **kwargs: Any) -> None:
    """Rebuild the procedures that showed a deleted term, and the totals."""
    actions.refresh_listings(instance.pages_to_refresh)


def refresh_frame(**kwargs: Any) -> None:
    """Rebuild the frame's row: outages, headlines and footer pages are parts of it."""
    refresh_frame_state()


def refresh_deleted(instance: Any, **kwargs: Any) -> None:
    """Take a deleted procedure out of the lists, or the words of a deleted translation."""
    sources = ProcedurePage.objects.filter(
        translation_key=instance.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    actions.refresh_listings([instance.pk, *sources.values_list("pk", flat=True)])


def judge_draft(instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """Judge a page of the portal when its draft is saved."""
    model = instance.content_type.model_class()
    if not raw and isinstance(model, type) and issubclass(model, BasePage):
        actions.remember_faults(instance.as_object())


def judge_listed(page_ids: set[int], **kwargs: Any) -> None:
    """Judge the procedures whose listings were rebuilt."""
    actions.remember_listed(page_ids)


def weigh_again(instance: ReadinessSettings, **kwargs: Any) -> None:
    """Give findings the weights of changed settings."""
    actions.weigh_again(instance)


def connect_readiness() -> None:
    """Judge pages as they change, ask before they are published, and every night anew."""
    register_gate(find_new_blockers)
    post_save.connect(judge_draft, sender=Revision, dispatch_uid="readiness-draft")
    procedures_changed.connect(judge_listed, dispatch_uid="readiness-listed")
    post_save.connect(weigh_again, sender=ReadinessSettings, dispatch_uid="readiness-weights")
    register_job(Job("check_pages", "40 3 * * *", actions.remember_everything))


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    for signal in (page_published, page_unpublished):
        signal.connect(refresh_procedure, sender=ProcedurePage, dispatch_uid="listing")
        signal.connect(refresh_agencies, sender=AgencyPage, dispatch_uid="agencies")
        for shown in IN_FRAME:
            signal.connect(refresh_frame, sender=shown, dispatch_uid=f"frame-{shown.__name__}")
    page_slug_changed.connect(refresh_below, dispatch_uid="listing-slug")
    post_page_move.connect(refresh_below, dispatch_uid="listing-move")
    for signal in (post_save, post_delete):
        signal.connect(refresh_restricted, sender=PageViewRestriction, dispatch_uid="restriction")
    post_delete.connect(refresh_deleted, sender=ProcedurePage, dispatch_uid="listing-delete")
    post_delete.connect(refresh_agencies, sender=AgencyPage, dispatch_uid="agency-delete")
    for model in (Sector, LifeEvent):
        post_save.connect(refresh_term, sender=model, dispatch_uid=f"{model.__name__}-save")
        name = model.__name__
        pre_delete.connect(note_pages, sender=model, dispatch_uid=f"{name}-pages")
        post_delete.connect(refresh_without_term, sender=model, dispatch_uid=f"{name}-delete")
    for source in (OutageNotice, *IN_FRAME):
        name = source.__name__
        post_delete.connect(refresh_frame, sender=source, dispatch_uid=f"{name}-frame-delete")
    post_save.connect(refresh_frame, sender=OutageNotice, dispatch_uid="outage-frame")
    m2m_changed.connect(
        refresh_frame, sender=OutageNotice.procedures.through, dispatch_uid="outage-procedures"
    )
    connect_readiness()
