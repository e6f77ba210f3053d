"""Words and the language that they are really in.

On an English page a text may still be Vietnamese: it is then marked, so that a screen reader
pronounces it rightly.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its language: `lang` is "" when it is the reader's own."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Link:
    """A name with its public address, and a number where a list counts."""

    name: Words
    url: str
    count: int | None = None
    icon: str = ""
    value: str = ""


def reader_language() -> str:
    """Return the code of the language that the reader has chosen."""
    return get_language() or settings.LANGUAGE_CODE


def choose(vietnamese: str, english: str, language: str | None = None) -> Words:
    """Return the words for the reader, Vietnamese where there is no English."""
    code = language or reader_language()
    if code == settings.LANGUAGE_CODE:
        return Words(vietnamese)
    return Words(english) if english else Words(vietnamese, settings.LANGUAGE_CODE)
