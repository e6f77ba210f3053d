"""Words know the language that they are really in."""

from __future__ import annotations

from django.utils import translation

from catalogue.selectors.words import Words, choose


def test_a_vietnamese_reader_gets_unmarked_vietnamese() -> None:
    with translation.override("vi"):
        assert choose("Phí", "Fee") == Words("Phí", "")


def test_an_english_reader_gets_english_or_marked_vietnamese() -> None:
    with translation.override("en"):
        assert choose("Phí", "Fee") == Words("Fee", "")
        assert choose("Phí", "") == Words("Phí", "vi")


def test_empty_words_are_false() -> None:
    assert not Words("", "vi")
    assert str(Words("Phí", "vi")) == "Phí"
