#!/usr/bin/env python3
"""Bring locale/vi up to date with the sources, without GNU gettext.

Reads Python modules with Babel and templates with Django's own ``templatize``; new messages arrive
empty, messages that no source has any more are dropped, translations are never touched.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cms", "catalogue", "services", "search", "home")
TEMPLATES = ("templates",)
CATALOGUE = ROOT / "locale/vi/LC_MESSAGES/django.po"

_CONTEXT = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (_CONTEXT, 2),
    "pgettext_lazy": (_CONTEXT, 2),
    "npgettext": (_CONTEXT, 2, 3),
    "npgettext_lazy": (_CONTEXT, 2, 3),
}

Message = tuple[str | None, str | tuple[str, str]]


def _python_source(path: Path) -> bytes:
    return path.read_bytes()


def _template_source(path: Path) -> bytes:
    from django.utils.translation.template import templatize

    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # What is left of the markup is no Python: line starts would read as indentation.
    return "\n".join(line.strip() for line in text.splitlines()).encode()


def list_sources(root: Path = ROOT) -> Iterator[tuple[Path, bytes]]:
    """This function will give each source with messages and the Python that holds them."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, _python_source(path)
    for folder in TEMPLATES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".html", ".txt", ".xml"}:
                yield path, _template_source(path)


def extract_messages(root: Path = ROOT) -> dict[Message, set[str]]:
    """This function will give every message as (context, id or (id, plural)) with its files."""
    found: dict[Message, set[str]] = {}
    for path, source in list_sources(root):
        for _line, message, _comments, context in extract("python", io.BytesIO(source), KEYWORDS):
            if not message:
                continue
            key = message if isinstance(message, str) else (message[0], message[1])
            found.setdefault((context, key), set()).add(path.relative_to(root).as_posix())
    return found


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """This function will read the Vietnamese catalogue, or make an empty one."""
    if not path.exists():
        return Catalog(locale="vi", charset="utf-8")
    with path.open("rb") as lines:
        return read_po(lines, locale="vi")


def update(path: Path = CATALOGUE) -> tuple[int, int, int]:
    """This function will rewrite the catalogue and give counts: all, added, dropped."""
    wanted = extract_messages()
    old = read_catalogue(path)
    new = Catalog(locale="vi", charset="utf-8", project=old.project, version=old.version)
    added = 0
    for context, key in wanted:
        first = key if isinstance(key, str) else key[0]
        known = old.get(first, context=context)
        added += known is None
        strings = known.string if known else ("" if isinstance(key, str) else ("",))
        flags = set(known.flags) if known else set()
        new.add(key, string=strings, context=context, flags=flags)
    dropped = len([m for m in old if m.id]) - (len(wanted) - added)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, new, sort_output=True, width=100, no_location=True)
    return len(wanted), added, dropped


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    total, added_count, dropped_count = update()
    sys.stdout.write(f"{total} messages: {added_count} new (empty), {dropped_count} dropped\n")
