"""Loads the demo province, step by step; what exists is left alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone

from home.actions import prepare_portal
from home.actions.portal import get_home
from home.demo.accounts import load_accounts
from home.demo.administrator import ensure_administrator
from home.demo.agencies import Agencies, load_agencies, translate_agencies
from home.demo.blank_forms import load_forms
from home.demo.citizens import load_citizens
from home.demo.guides import load_guides
from home.demo.news import load_news, load_outages
from home.demo.portal import ensure_home_words, ensure_search_counts, ensure_settings
from home.demo.procedures import (
    feature_procedures,
    load_procedures,
    translate_procedures,
)
from home.demo.refreshing import one_refresh
from home.demo.searches import load_searches
from home.demo.taxonomy import load_terms

Report = Callable[[str], object]


class DemoLoader:
    """Loads everything, or with `small` little more than the hand-picked procedures."""

    def __init__(self, *, small: bool = False, report: Report = lambda line: None) -> None:
        self.small = small
        self.report = report
        self.agencies: Agencies = {}

    def load(self) -> tuple[str, str]:
        """Load what is missing; return the administrator's name and password."""
        with quiet_log():
            self._step("Pages and agencies", self._load_agencies)
            self._step("Guides", self._load_guides)
            self._step("Sectors and life events", load_terms)
            self._step("Blank forms", load_forms)
            self._step("Procedures", self._load_procedures)
            self._step("English procedures", translate_procedures)
            self._step("News and interruptions", self._load_news)
            self._step("Examples of searches", load_searches)
            self._step("Test accounts", lambda: load_accounts(self.agencies))
            self._step("Citizens and an enterprise", load_citizens)
        return ensure_administrator()

    def _step(self, title: str, work: Callable[[], object]) -> None:
        started = time.monotonic()
        with one_refresh():
            work()
        self.report(f"{title}: {time.monotonic() - started:.1f} s")

    def _load_agencies(self) -> None:
        ensure_settings()
        self.pages = {page.slug: page for page in prepare_portal()}
        self.home = get_home()
        ensure_home_words(self.home)
        ensure_search_counts(self.pages["quyen-rieng-tu"])
        self.agencies = load_agencies(self.pages["co-quan"], small=self.small)
        translate_agencies(self.agencies)

    def _load_guides(self) -> None:
        load_guides(self.pages["huong-dan"], self.agencies)

    def _load_procedures(self) -> None:
        load_procedures(small=self.small)
        feature_procedures(self.home)

    def _load_news(self) -> None:
        now = timezone.now()
        load_news(self.pages["tin-tuc"], now)
        load_outages(now)


@contextmanager
def quiet_log() -> Iterator[None]:
    """Keep the page log's thousands of lines off the screen."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
