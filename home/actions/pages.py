"""Pages and their translations, made once and then left to the editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.actions.bilingual import Words

ENGLISH = "en"
AnyPage = TypeVar("AnyPage", bound=Page)


def ensure_page(parent: Page, model: type[AnyPage], slug: str, **fields: Any) -> AnyPage:
    """Return the page of `model` below `parent` with `slug`; make and publish it if missing."""
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found is not None:
        return found
    page = model(slug=slug, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    parent.refresh_from_db(fields=["numchild"])
    return model.objects.get(pk=page.pk)


def list_untranslated(instances: Iterable[Any]) -> list[Any]:
    """Return those of `instances`, all of one model, that have no translation into English."""
    found = list(instances)
    if not found:
        return []
    objects: models.QuerySet[Translation] = Translation.objects.filter(
        source__object_id__in=[instance.translation_key for instance in found],
        target_locale__language_code=ENGLISH,
    )
    done = set(objects.values_list("source__object_id", flat=True))
    return [instance for instance in found if instance.translation_key not in done]


def ensure_translation(instance: Any, words: Words) -> bool:
    """Translate a page or term into English with `words`, publish it; return False if it was.

    Strings without words keep the Vietnamese text and show as untranslated in the editor.
    """
    if not list_untranslated([instance]):
        return False
    translate(instance, words)
    return True


def translate(instance: Any, words: Words) -> None:
    """Bring the translation into English up to date with `words` and publish it."""
    locale = Locale.objects.get(language_code=ENGLISH)
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=words[segment.string.data],
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for segment in source.stringsegment_set.select_related("string", "context")
            if segment.string.data in words
        ],
        ignore_conflicts=True,
    )
    if not isinstance(instance, Page):
        translation.save_target()
        return
    # Published here and not by the package, which waits for the end of the transaction.
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()
