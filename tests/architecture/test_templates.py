"""Templates: all compile, none breaks the strict policy, none knows a higher storey's templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.architecture.sources import ROOT, list_files, name_of

FOLDER = ROOT / "templates"
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")"
    r"|<style\b|\sstyle=|\son[a-z]+=|javascript:",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"{%-?\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
STOREYS = {"core": 0, "catalogue": 1, "search": 2, "accounts": 2, "home": 3}
# Wagtail's admin keeps its own looser policy, and mails are no pages.
ADMIN = {"wagtailadmin", "admin", "emails", "wagtail_localize"}


def own_templates() -> list[Path]:
    return [p for p in list_files() if p.is_relative_to(FOLDER) and p.suffix in {".html", ".txt"}]


def folder_of(name: str) -> str:
    return name.split("/", maxsplit=1)[0]


@pytest.mark.parametrize("path", own_templates(), ids=name_of)
def test_compiles(path: Path) -> None:
    engines["django"].get_template(path.relative_to(FOLDER).as_posix())


@pytest.mark.parametrize("path", own_templates(), ids=name_of)
def test_nothing_is_inline(path: Path) -> None:
    if folder_of(path.relative_to(FOLDER).as_posix()) in ADMIN:
        return
    source = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not INLINE.search(source), f"{name_of(path)} has an inline script, style or handler"


@pytest.mark.parametrize("path", own_templates(), ids=name_of)
def test_knows_no_higher_template(path: Path) -> None:
    here = folder_of(path.relative_to(FOLDER).as_posix())
    for name in REFERENCE.findall(path.read_text(encoding="utf-8")):
        there = folder_of(name)
        if there in STOREYS and there != here:
            assert STOREYS[there] < STOREYS.get(here, 0), f"{name_of(path)} uses {name}"


@pytest.mark.parametrize(
    "path", [p for p in own_templates() if "components" in p.parts], ids=name_of
)
def test_component_opens_with_its_contract_and_takes_words(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.lstrip().startswith("{% comment %}"), f"{name_of(path)} lacks its contract"
    body = COMMENT.sub("", source)
    assert not re.search(r"{[{%][^}]*\brequest\.", body), f"{name_of(path)} reads the request"


def test_every_template_is_used() -> None:
    sources = [p for p in list_files() if p.suffix in {".py", ".html", ".txt"}]
    text = "\n".join(p.read_text(encoding="utf-8") for p in sources)
    names = [p.relative_to(FOLDER).as_posix() for p in own_templates()]
    looked_up = re.compile(
        r"^(?:(?:core|catalogue|home|search|accounts)/\w+_page|400|403|403_csrf|404|429|500|"
        r"wagtail\w*/.*|registration/.*|django/.*)\.html$|^robots\.txt$|^wagtailadmin/notifications/"
    )
    dead = [n for n in names if n not in text and not looked_up.match(n)]
    assert not dead, f"nothing uses these templates: {dead}"
