"""Sectors and life events with their English names, and which procedure goes with which event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from catalogue.models import LifeEvent, Sector
from cms.core.vietnamese import fold
from home.actions import Words, ensure_translation, list_untranslated, pick
from home.demo.sources import read

Term = Sector | LifeEvent


class LifeEventRules:
    """The rules of the data file: sectors and words by event."""

    def __init__(self) -> None:
        self.rules = [
            (event["name"]["vi"], set(event.get("sectors", [])), event.get("words", []))
            for event in read("taxonomy")["life_events"]
        ]

    def events_of(self, name: str, sectors: Iterable[str]) -> list[str]:
        """Return the names of the events that a procedure belongs to."""
        folded, own = fold(name), set(sectors)
        return [
            event
            for event, listed, words in self.rules
            if own & listed or any(word in folded for word in words)
        ]


def load_terms() -> None:
    """Make the life events and sectors that are missing, and translate those that are not."""
    data = read("taxonomy")
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    for position, event in enumerate(data["life_events"], start=1):
        values = pick({key: event[key] for key in ("slug", "icon", "name", "description")})
        slug = values.pop("slug")
        LifeEvent.objects.get_or_create(
            slug=slug, locale=locale, defaults={**values, "position": position}
        )
    known = set(Sector.objects.filter(locale=locale).values_list("name", flat=True))
    for name in data["sectors"].keys() - known:
        Sector.objects.create(name=name, locale=locale)
    _translate(LifeEvent, {e["name"]["vi"]: Words.of(e) for e in data["life_events"]}, locale)
    sectors = {vi: Words.of({"vi": vi, "en": en}) for vi, en in data["sectors"].items()}
    _translate(Sector, sectors, locale)


def _translate(model: type[Any], words: dict[str, Words], locale: Locale) -> None:
    terms = model.objects.filter(locale=locale, name__in=words).order_by("pk")
    for term in list_untranslated(terms):
        ensure_translation(term, words[term.name])
