"""The pages that every portal has from its first day: lists, accessibility, privacy."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from catalogue.models import AgencyIndexPage, GuideIndexPage, NewsIndexPage, StandardPage
from home.actions.bilingual import Words, pick, read_toml
from home.actions.pages import ensure_page, ensure_translation
from home.models import HomePage

FILE = Path(__file__).resolve().parent.parent / "data" / "portal_pages.toml"
MODELS: dict[str, type[Page]] = {
    "agencies": AgencyIndexPage,
    "guides": GuideIndexPage,
    "news": NewsIndexPage,
    "plain": StandardPage,
}
# Names the blocks of pages that come with the code, so that a block is the same everywhere.
BLOCK_NAMES = uuid.UUID("5d0a3a5e-6f0c-4b55-9d39-0d0f2f6d1c11")


def get_home() -> HomePage:
    """Return the Vietnamese home page."""
    return HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)


def block_id(*names: object) -> str:
    """Return the identifier of a block that comes with the code."""
    return str(uuid.uuid5(BLOCK_NAMES, "/".join(str(name) for name in names)))


def build_body(name: str, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks ``{"type", "value"}`` of a page called `name` as a stream's raw data."""
    return [
        {"type": block["type"], "value": block["value"], "id": block_id(name, number)}
        for number, block in enumerate(blocks)
    ]


@transaction.atomic
def prepare_portal() -> list[Page]:
    """Make the pages that are missing, in both languages; return all of them in Vietnamese."""
    home = get_home()
    pages = []
    for record in read_toml(FILE)["pages"]:
        fields = pick(record)
        slug, model = fields.pop("slug"), MODELS[fields.pop("kind")]
        if "body" in fields:
            fields["body"] = build_body(slug, fields["body"])
        page = ensure_page(home, model, slug, **fields)
        ensure_translation(page, Words.of(record))
        pages.append(page)
    return pages
