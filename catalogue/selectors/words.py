"""Words and the language that they are really in.

On an English page a text may still be Vietnamese: it is then marked, so that a screen reader
pronounces it rightly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language


class Words(NamedTuple):
    """A text and its language: `lang` is "" when it is the reader's own.

    Words are made by the hundred for each page, and a tuple is made in half the time.
    """

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


# What lists make by the hundred is not frozen: that would take three times as long.
@dataclass(slots=True)
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
