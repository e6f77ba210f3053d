"""What the upper rooms add to the context of a page class."""

import pytest

from cms.core import page_context
from cms.core.page_context import build_context, register_context


class BookPage:
    title = "Sách"


class NovelPage(BookPage):
    pass


@pytest.fixture(autouse=True)
def _empty_register(monkeypatch):
    monkeypatch.setattr(page_context, "_providers", {})


def test_a_class_without_provider_has_nothing():
    assert build_context(BookPage(), None) == {}


def test_a_provider_gets_the_page_and_the_request_and_holds_for_subclasses():
    register_context(BookPage, lambda page, request: {"heading": page.title, "asked": request})
    assert build_context(NovelPage(), "request") == {"heading": "Sách", "asked": "request"}


def test_the_more_exact_class_has_the_last_word():
    register_context(NovelPage, lambda _page, _request: {"kind": "novel"})
    register_context(BookPage, lambda _page, _request: {"kind": "book", "paper": True})
    assert build_context(NovelPage(), None) == {"kind": "novel", "paper": True}
    assert build_context(BookPage(), None) == {"kind": "book", "paper": True}


def test_registering_twice_asks_once():
    calls = []

    def provider(_page, _request):
        calls.append(1)
        return {}

    register_context(BookPage, provider)
    register_context(BookPage, provider)
    build_context(BookPage(), None)
    assert calls == [1]
