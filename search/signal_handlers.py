"""When something is published, moved or taken away, its entries follow in the same transaction."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from catalogue.models import GuidePage, NewsPage
from catalogue.signals import agencies_changed, procedures_changed
from cms.core.clock.jobs import Job, register_job
from search import delivery, indexing, tasks
from search.log.recording import forget_old
from search.models import EntryKind

ARTICLES = {GuidePage: EntryKind.GUIDE, NewsPage: EntryKind.NEWS}


def index_procedures(page_ids: set[int], **kwargs: Any) -> None:
    """Index the procedures whose listings were rebuilt."""
    indexing.index_procedures(page_ids)


def index_agencies(**kwargs: Any) -> None:
    """Index agencies when their cards were rebuilt."""
    indexing.index_agencies()


def index_articles(kind: EntryKind, **kwargs: Any) -> None:
    """Index guides or news when one of them has changed."""
    indexing.index_articles(kind)


def index_all_articles(**kwargs: Any) -> None:
    """Index guides and news when addresses or view restrictions have changed."""
    for kind in ARTICLES.values():
        indexing.index_articles(kind)


def send_changes(**kwargs: Any) -> None:
    """Let the worker bring changes to the cluster."""
    tasks.deliver.enqueue()


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    procedures_changed.connect(index_procedures, dispatch_uid="search-procedures")
    agencies_changed.connect(index_agencies, dispatch_uid="search-agencies")
    for model, kind in ARTICLES.items():
        handler = partial(index_articles, kind)
        for signal in (page_published, page_unpublished, post_delete):
            signal.connect(handler, sender=model, weak=False, dispatch_uid=f"search-{kind}")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(index_all_articles, dispatch_uid="search-addresses")
    for signal in (post_save, post_delete):
        signal.connect(
            index_all_articles, sender=PageViewRestriction, dispatch_uid="search-restrictions"
        )
    register_job(Job("forget_old_searches", "0 4 * * *", forget_old))
    delivery.changes_waiting.connect(send_changes, dispatch_uid="search-changes")
    register_job(Job("mend_index", "20 3 * * *", indexing.mend))
    register_job(Job("deliver_search_changes", "* * * * *", delivery.keep_up))
