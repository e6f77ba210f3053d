"""Judges words: long sentences, links that lead nowhere, pictures without a description.

Streams are walked in their stored form, so that a block that is added later is judged too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from catalogue.readiness.codes import Finding, Rule, Surroundings

SHOWN_WORDS = 6
LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
PICTURE = re.compile(r"<embed\b[^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"', re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")
FILE_NAME = re.compile(r"^\S+\.(?:png|jpe?g|gif|webp|avif|svg)$", re.IGNORECASE)
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
PICTURE_KEYS = {"image", "decorative", "alt_text"}
PAGE_KEYS = frozenset({"agency"})


@dataclass(frozen=True)
class Text:
    """The value of one field: plain words, rich text, or the raw data of a stream."""

    field: str
    value: Any
    language: str = "vi"


def check_texts(texts: Iterable[Text], around: Surroundings) -> list[Finding]:
    """Return what is wrong with some texts, at most one long sentence a place."""
    findings: list[Finding] = []
    for text in texts:
        for place, words in _strings(text.field, text.value):
            findings.extend(_long_sentence(place, words, around.limits.of(text.language)))
            findings.extend(_broken_links(place, words, around))
            findings.extend(_nameless_embeds(place, words))
        findings.extend(_nameless_pictures(text.field, text.value))
        findings.extend(_lost_pages(text.field, text.value, around))
    return findings


def linked_pages(value: Any) -> set[int]:
    """Return the ids of the pages that a text links to."""
    found = {int(pk) for _w, words in _strings("", value) for pk in _ids(words, "page")}
    return found | {pk for _place, pk in _chosen_pages("", value)}


def linked_files(value: Any) -> set[int]:
    """Return the ids of the files that a text links to."""
    return {int(pk) for _w, words in _strings("", value) for pk in _ids(words, "document")}


def _strings(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield every string of a value with its place in the editor."""
    if isinstance(value, str):
        if value:
            yield place, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in {"id", "type"}:
                yield from _strings(place, item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(_inside(place, item), item)


def _inside(place: str, item: Any) -> str:
    """The place of a block of a stream is named by the block's id."""
    name = item.get("id") if isinstance(item, dict) and "type" in item else None
    return f"{place}.{name}" if name and item["type"] != "item" else place


def _long_sentence(place: str, words: str, limit: int) -> Iterator[Finding]:
    plain = unescape(TAG.sub(" ", BLOCK_END.sub("\n", words)))
    longest: list[str] = []
    for sentence in SENTENCE_END.split(plain):
        found = [word for word in sentence.split() if any(c.isalnum() for c in word)]
        longest = max(longest, found, key=len)
    if len(longest) > limit:
        start = " ".join(longest[:SHOWN_WORDS])
        yield Finding(Rule.SENTENCE_LONG, place, text=start, number=len(longest))


def _attributes(words: str, tag: re.Pattern[str]) -> Iterator[dict[str, str]]:
    for found in tag.findall(words):
        yield {name.lower(): unescape(value) for name, value in ATTRIBUTE.findall(found)}


def _ids(words: str, kind: str) -> Iterator[str]:
    for attributes in _attributes(words, LINK):
        key = attributes.get("id", "")
        if attributes.get("linktype") == kind and key.isdecimal():
            yield key


def _broken_links(place: str, words: str, around: Surroundings) -> Iterator[Finding]:
    for attributes in _attributes(words, LINK):
        kind, key = attributes.get("linktype", ""), attributes.get("id", "")
        if kind == "page":
            broken = not key.isdecimal() or int(key) not in around.live_pages
        elif kind == "document":
            broken = not key.isdecimal() or int(key) not in around.files
        else:
            broken = not is_address(attributes.get("href", ""))
        if broken:
            yield Finding(Rule.LINK_BROKEN, place, text=attributes.get("href") or f"#{key}")


def is_address(address: str) -> bool:
    """Whether an address can be right: only how it is written, nobody is called."""
    if address.startswith(("/", "#")):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in SCHEMES or " " in address:
        return False
    if parts.scheme in {"mailto", "tel"}:
        return bool(parts.path)
    return "." in parts.netloc


def _nameless_embeds(place: str, words: str) -> Iterator[Finding]:
    for attributes in _attributes(words, PICTURE):
        if attributes.get("embedtype") == "image" and not attributes.get("alt", "").strip():
            yield Finding(Rule.ALT_MISSING, place)


def _nameless_pictures(place: str, value: Any) -> Iterator[Finding]:
    """Yield pictures without a description; the name of a file describes nothing."""
    if isinstance(value, dict):
        if set(value) >= PICTURE_KEYS and value["image"] and not value["decorative"]:
            words = (value["alt_text"] or "").strip()
            if not words or FILE_NAME.match(words):
                yield Finding(Rule.ALT_MISSING, place)
        for item in value.values():
            yield from _nameless_pictures(place, item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _nameless_pictures(_inside(place, item), item)


def _chosen_pages(place: str, value: Any) -> Iterator[tuple[str, int]]:
    """Yield the pages that blocks choose."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name in PAGE_KEYS and isinstance(item, int):
                yield place, item
            else:
                yield from _chosen_pages(place, item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _chosen_pages(_inside(place, item), item)


def _lost_pages(place: str, value: Any, around: Surroundings) -> Iterator[Finding]:
    for where, pk in _chosen_pages(place, value):
        if pk not in around.live_pages:
            yield Finding(Rule.LINK_BROKEN, where, text=f"#{pk}")
