"""English pages of a file: the words come from the file, all facts from the Vietnamese page."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from catalogue.facts import TERM_FIELDS, WORD_FIELDS
from catalogue.importers.changes import keep_row_ids
from catalogue.importers.rows import ROW_MODELS
from catalogue.models import ProcedurePage
from catalogue.models.procedures import FACT_FIELDS

_OPTIONAL_WORDS = (
    "title",
    "summary",
    "conditions",
    "repealed_note",
    "seo_title",
    "search_description",
)
_LINKS = (*TERM_FIELDS, "legal_bases", "handled_at")


def write_translations(
    source_id: int, record: dict[str, Any], *, publish: bool, user: Any = None
) -> list[ProcedurePage]:
    """Make or change the translations of a page; return them. Must run in a transaction."""
    written = []
    for language, words in record.get("translations", {}).items():
        source = ProcedurePage.objects.get(pk=source_id).get_latest_revision_as_object()
        locale = Locale.objects.get(language_code=language)
        target = source.get_translation_or_none(locale)
        if target is None or target.alias_of_id:
            if target is not None:
                target.delete()
            target = source.copy_for_translation(locale, copy_parents=True)
        page = ProcedurePage.objects.get(pk=target.pk)
        if user is not None:
            page = page.get_latest_revision_as_object()
        _set_words(page, source, words, locale)
        revision = page.save_revision(user=user, changed=True, log_action=True)
        if publish:
            revision.publish(user=user)
        written.append(page)
    return written


def _set_words(
    page: ProcedurePage, source: ProcedurePage, words: dict[str, Any], locale: Locale
) -> None:
    for name in _OPTIONAL_WORDS:
        setattr(page, name, words.get(name, ""))
    page.official_name = words["official_name"]
    for name in FACT_FIELDS:
        if name not in _LINKS:
            setattr(page, name, getattr(source, name))
    rows = _translated_rows(source, words.get("rows", {}), locale)
    keep_row_ids(page, rows)
    for relation, items in rows.items():
        setattr(page, relation, items)
    for name in _LINKS:
        setattr(page, name, list(getattr(source, name).all()))


def _translated_rows(
    source: ProcedurePage, words: dict[str, dict[str, str]], locale: Locale
) -> dict[str, list[Any]]:
    """Return the rows of the Vietnamese page with the words that are translated."""
    found: dict[str, list[Any]] = {}
    for relation, model in ROW_MODELS.items():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if field.attname not in {"id", "page_id", "locale_id"}
        ]
        found[relation] = []
        for row in getattr(source, relation).all():
            copy = model(locale=locale, **{name: getattr(row, name) for name in names})
            texts = words.get(str(row.translation_key), {})
            for name in WORD_FIELDS[relation]:
                if name in texts:
                    setattr(copy, name, texts[name])
            found[relation].append(copy)
    return found
