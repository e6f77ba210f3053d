"""Every word of the interface has a Vietnamese translation that fits its English original."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from extract_messages import CATALOGUE, extract_messages, read_catalogue

from tests.architecture.sources import ROOT, list_files, name_of

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w*)\}")
TAG = re.compile(r"</?\w+")
VIETNAMESE = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)

# The portal's name, the unit of money, and a memo's words that a Vietnamese clerk must read.
QUOTED = re.compile("Một Cửa|nộp phí/lệ phí|đồng")


@cache
def catalogue() -> Catalog:
    return read_catalogue(CATALOGUE)


@cache
def messages() -> tuple[Message, ...]:
    return tuple(message for message in catalogue() if message.id)


def key_of(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(text) for text in value or ()]


def placeholders(text: str) -> list[str]:
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text))


def test_no_message_is_missing_or_empty() -> None:
    wanted = {
        (c, key if isinstance(key, str) else key[0]): files
        for (c, key), files in extract_messages().items()
    }
    done = {key_of(m) for m in messages() if texts(m.string) and all(texts(m.string))}
    missing = {f"{key!r} ({', '.join(sorted(wanted[key]))})" for key in set(wanted) - done}
    assert not missing, f"{len(missing)} without Vietnamese:\n" + "\n".join(sorted(missing))


def test_plural_messages_are_plural_in_the_catalogue() -> None:
    plural = {(c, key[0]) for c, key in extract_messages() if isinstance(key, tuple)}
    stored = {key_of(m) for m in messages() if not isinstance(m.id, str)}
    assert plural <= stored, f"singular in the catalogue: {plural - stored}"


def test_no_message_is_stale() -> None:
    wanted = {(c, key if isinstance(key, str) else key[0]) for c, key in extract_messages()}
    stale = sorted(str(key) for key in {key_of(m) for m in messages()} - wanted)
    assert not stale, f"{len(stale)} that no source has:\n" + "\n".join(stale)


def test_no_message_is_fuzzy() -> None:
    assert not [m.id for m in messages() if m.fuzzy]


def test_placeholders_and_tags_agree() -> None:
    wrong = []
    for message in messages():
        original = texts(message.id)[-1]
        for text in texts(message.string):
            same = set(placeholders(original)) == set(placeholders(text))
            if not same or sorted(TAG.findall(original)) != sorted(TAG.findall(text)):
                wrong.append(f"{original!r} → {text!r}")
    assert not wrong, "\n".join(wrong)


def test_messages_are_english_and_translations_composed() -> None:
    english = [QUOTED.sub("", " ".join(texts(message.id))) for message in messages()]
    assert not [text for text in english if VIETNAMESE.search(text)]
    for message in messages():
        for text in texts(message.string):
            assert unicodedata.is_normalized("NFC", text), text


def test_compiled_catalogues_are_not_kept() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert "*.mo" in ignored


def templates() -> list[Path]:
    return [path for path in list_files() if path.suffix == ".html" and "templates" in path.parts]


TEXT = re.compile(r">([^<>{}]*)<")
SILENT = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%\s*blocktrans.*?endblocktrans(?:late)?\s*%}"
    r"|<(?:script|style|svg)\b.*?</(?:script|style|svg)>|<!--.*?-->|{%.*?%}|{{.*?}}",
    re.DOTALL,
)


# Names are not translated, and the page for a broken server can ask no catalogue.
NAMES = {"Tiếng Việt", "Một Cửa"}
BILINGUAL = {"templates/errors/standalone.html"}


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_no_template_has_untranslated_vietnamese(path: Path) -> None:
    if name_of(path) in BILINGUAL:
        return
    bare = SILENT.sub("", path.read_text(encoding="utf-8"))
    words = [text.strip() for text in TEXT.findall(bare) if VIETNAMESE.search(text)]
    words = [word for word in words if word not in NAMES]
    assert not words, f"{name_of(path)} has words outside the catalogue: {words}"
