"""``scripts/extract_messages.py`` and ``scripts/compile_messages.py``: no GNU gettext."""

from __future__ import annotations

import os
from pathlib import Path

import compile_messages
import extract_messages
import pytest
from babel.support import Translations

MODULE = b"""
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Fee")
B = pgettext("verb", "Open")
C = ngettext("%(n)s page", "%(n)s pages", 2)
"""
TEMPLATE = """{% load i18n %}
    <p>{% translate "Agency" %} it's "loose" quotes</p>
  {% blocktranslate trimmed count n=x %}
      one {{ n }} thing
  {% plural %}
      {{ n }} things
  {% endblocktranslate %}
{% translate "Open" context "adjective" as opened %}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for package in extract_messages.PACKAGES:
        (tmp_path / package).mkdir()
    (tmp_path / "cms/views.py").write_bytes(MODULE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_every_kind_of_message_is_found(root: Path) -> None:
    assert extract_messages.extract_messages(root) == {
        (None, "Fee"): {"cms/views.py"},
        ("verb", "Open"): {"cms/views.py"},
        (None, ("%(n)s page", "%(n)s pages")): {"cms/views.py"},
        (None, "Agency"): {"templates/page.html"},
        (None, ("one %(n)s thing", "%(n)s things")): {"templates/page.html"},
        ("adjective", "Open"): {"templates/page.html"},
    }


def test_update_keeps_translations_adds_new_and_drops_old(root: Path, monkeypatch) -> None:
    found = extract_messages.extract_messages(root)
    monkeypatch.setattr(extract_messages, "extract_messages", lambda: found)
    path = root / "django.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n'
        'msgid "Fee"\nmsgstr "Lệ phí"\n\nmsgid "Gone"\nmsgstr "Cũ"\n',
        encoding="utf-8",
    )
    assert extract_messages.update(path) == (6, 5, 1)
    catalogue = extract_messages.read_catalogue(path)
    assert catalogue["Fee"].string == "Lệ phí"
    assert catalogue.get("Gone") is None
    assert not catalogue.get("Open", context="verb").string
    assert extract_messages.update(path) == (6, 0, 0)


def test_catalogues_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "locale/vi/LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n'
        'msgid "Fee"\nmsgstr "Lệ phí"\n\n#, fuzzy\nmsgid "Agency"\nmsgstr "Cơ quan"\n',
        encoding="utf-8",
    )
    assert compile_messages.compile_all(tmp_path) == 1
    assert compile_messages.compile_all(tmp_path) == 0
    with (folder / "django.mo").open("rb") as compiled:
        words = Translations(compiled)
    assert words.gettext("Fee") == "Lệ phí"
    assert words.gettext("Agency") == "Agency"
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_messages.compile_all(tmp_path) == 1
