"""Texts written in both languages at once, as TOML and JSON files hold them.

A text is ``{"vi": …, "en": …}`` anywhere in a structure. One side is picked to fill a page, the
pairs of both sides become the translations of its strings. Pure, but for the way in which the
translation package cuts rich text into strings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wagtail_localize.strings import StringValue, extract_strings

LANGUAGES = frozenset({"vi", "en"})


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file."""
    with path.open("rb") as file:
        return tomllib.load(file)


def is_text(value: Any) -> bool:
    """Whether `value` is a text in both languages."""
    return isinstance(value, dict) and bool(value) and set(value) <= LANGUAGES


def pick(value: Any, language: str = "vi") -> Any:
    """Return `value` with every text replaced by its words in one language, trimmed."""
    if is_text(value):
        return str(value.get(language) or value["vi"]).strip()
    if isinstance(value, dict):
        return {key: pick(item, language) for key, item in value.items()}
    if isinstance(value, list):
        return [pick(item, language) for item in value]
    return value


def list_texts(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the (Vietnamese, English) pairs anywhere in `value` that have both sides."""
    if is_text(value):
        if value.get("vi") and value.get("en"):
            yield value["vi"].strip(), value["en"].strip()
    elif isinstance(value, dict):
        for item in value.values():
            yield from list_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from list_texts(item)


class Words(dict[str, str]):
    """English strings by their Vietnamese source, cut as the translation package cuts them."""

    @classmethod
    def of(cls, *values: Any) -> Words:
        """Return the pairs of all texts in `values`."""
        words = cls()
        for value in values:
            for vietnamese, english in list_texts(value):
                words.add(vietnamese, english)
        return words

    def add(self, vietnamese: str, english: str) -> None:
        """Add a text; raise ValueError when rich text has other parts in English."""
        for source, target in zip(_strings(vietnamese), _strings(english), strict=True):
            self[source] = target


def _strings(text: str) -> list[str]:
    if not text.startswith("<"):
        return [str(StringValue.from_plaintext(text).data)]
    _template, strings = extract_strings(text)
    return [str(string.data) for string, _attributes in strings]
