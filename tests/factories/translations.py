"""English pages, made quickly: Wagtail's own copy, without the translation package."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from tests.factories.trees import locale, publish

ENGLISH = "en"


def translate(page: Page, rows: dict[str, list[dict[str, str]]] | None = None, **words: Any) -> Any:
    """This function will make the live English page of `page` with `words`.

    `rows` are the words of children by relation, in their order. Pages above that have no
    English page get an alias, as Wagtail does.
    """
    own = page.copy_for_translation(locale(ENGLISH), copy_parents=True).specific
    for name, value in words.items():
        setattr(own, name, value)
    for relation, values in (rows or {}).items():
        children = list(getattr(own, relation).all())
        for child, fields in zip(children, values, strict=False):
            for name, value in fields.items():
                setattr(child, name, value)
        setattr(own, relation, children)
    own.live = True
    own.save()
    publish(own)
    return own


def make_alias(page: Page) -> Any:
    """This function will make the English alias of `page`, whose words are Vietnamese."""
    return page.copy_for_translation(locale(ENGLISH), copy_parents=True, alias=True).specific
