"""Every word that an installed package brings has a Vietnamese entry, the package's own or ours.

The messages are read from the packages' sources and from their English catalogues, so that a new
version with new words fails here and not before the eyes of a clerk.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import django
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation.template import templatize
from django.utils.translation.trans_real import DjangoTranslation
from extract_messages import KEYWORDS

Key = tuple[str | None, str, bool]  # context, message, plural

# Folders that hold no words of a running portal.
SILENT = {"tests", "test", "locale", "node_modules", "project_template", "migrations", "vendor"}
# Words for people who write or run programs: no page shows them.
UNSEEN = re.compile(
    r"(^|/)(management|styleguide|bin)/|django/(core/(management|servers)|views/debug)"
    r"|^allauth/idp/"  # an identity provider: ours is none
)
STRING = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
SCRIPT_CALL = re.compile(
    rf"\b(n?gettext)\)?\(\s*({STRING}|`[^`$]*`)(?:\s*,\s*({STRING}|`[^`$]*`))?"
)
OWN = {"home", "search", "catalogue", "accounts", "core"}


def packages() -> dict[str, Path]:
    """Folders of the installed packages by name; Django itself without its other contrib apps."""
    found = {"django": Path(django.__file__).parent}
    for config in apps.get_app_configs():
        if config.label not in OWN:
            if config.name.startswith("django.contrib."):
                found[config.name] = Path(config.path)
            else:
                top = config.name.partition(".")[0]
                found[top] = Path(str(import_module(top).__file__)).parent
    return found


def files(package: str, root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if SILENT & set(inside.parts) or UNSEEN.search(f"{package}/{inside.as_posix()}"):
            continue
        if package == "django" and inside.parts[0] == "contrib":
            continue
        yield path


def from_python(source: bytes) -> Iterator[Key]:
    for _line, message, _comments, context in extract("python", io.BytesIO(source), KEYWORDS):
        first, plural = (message, False) if isinstance(message, str) else (message[0], True)
        if first:
            yield context, first, plural and bool(message[1])


def from_template(path: Path) -> Iterator[Key]:
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    yield from from_python("\n".join(line.strip() for line in text.splitlines()).encode())


def from_script(path: Path) -> Iterator[Key]:
    text = path.read_text(encoding="utf-8", errors="ignore")
    for function, first, second in SCRIPT_CALL.findall(text):
        literal = f'"""{first[1:-1]}"""' if first[0] == "`" else first
        yield None, ast.literal_eval(literal), function == "ngettext" and bool(second)


def from_catalogue(path: Path) -> Iterator[Key]:
    with path.open("rb") as lines:
        catalogue = read_po(lines, locale="en")
    for message in catalogue:
        if message.id:
            plural = not isinstance(message.id, str)
            yield message.context, message.id[0] if plural else message.id, plural


def english_catalogues(package: str, root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("locale/en/LC_MESSAGES/*.po")):
        inside = path.relative_to(root).parts
        if "test" not in inside and not (package == "django" and inside[0] == "contrib"):
            yield path


@cache
def messages(domain: str) -> dict[Key, str]:
    """Messages of one domain, each with a file that has it."""
    found: dict[Key, str] = {}
    for package, root in packages().items():
        for path in english_catalogues(package, root):
            if path.stem == domain:
                found.update(dict.fromkeys(from_catalogue(path), str(path)))
        for path in files(package, root):
            if domain == "djangojs":
                keys = from_script(path) if path.suffix == ".js" else ()
            elif path.suffix == ".py":
                keys = from_python(path.read_bytes())
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                keys = from_template(path)
            else:
                keys = ()
            found.update(dict.fromkeys(keys, str(path)))
    return found


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_message_of_the_packages_has_vietnamese(domain: str) -> None:
    catalogue = DjangoTranslation("vi", domain=domain)._catalog
    missing = []
    for (context, message, plural), path in messages(domain).items():
        key = f"{context}\x04{message}" if context else message
        texts = (
            [catalogue.get((key, 0))] if plural else [catalogue.get(key), catalogue.get((key, 0))]
        )
        if not any(texts):
            missing.append(f"{context or ''} {message!r} ({path})")
    assert not missing, f"{len(missing)} without Vietnamese:\n" + "\n".join(sorted(missing))


def test_the_packages_that_people_meet_are_read() -> None:
    assert {"django", "wagtail", "wagtail_localize", "taggit"} <= set(packages())
    assert len(messages("django")) > 1500
    assert len(messages("djangojs")) > 100
