"""Sectors, life events, legal documents and outages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from catalogue.models import LegalDocument, LifeEvent, OutageNotice, Sector
from tests.factories.trees import locale


class TermFactory(factory.django.DjangoModelFactory):
    """A Vietnamese term; `english` makes its translation too."""

    class Meta:
        abstract = True

    locale = factory.LazyFunction(locale)

    @factory.post_generation
    def english(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        """This hook will save the translation with the given name."""
        if create and extracted:
            type(self).objects.create(
                name=extracted,
                slug=self.slug,
                translation_key=self.translation_key,
                locale=locale("en"),
            )


class SectorFactory(TermFactory):
    """A field of state administration."""

    class Meta:
        model = Sector
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Lĩnh vực minh hoạ {n}")


class LifeEventFactory(TermFactory):
    """An event of life."""

    class Meta:
        model = LifeEvent
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Sự kiện minh hoạ {n}")


class LegalDocumentFactory(factory.django.DjangoModelFactory):
    """A decree in force."""

    class Meta:
        model = LegalDocument

    class Params:
        repealed = factory.Trait(repealed_date=date(2026, 1, 1))

    number = factory.Sequence(lambda n: f"{n + 1}/2025/NĐ-CP")
    title = "Nghị định minh hoạ"
    issuer = "Chính phủ"
    issued_date = date(2025, 3, 1)


class OutageFactory(factory.django.DjangoModelFactory):
    """An interruption that is on now; `procedures` limits it to some."""

    class Meta:
        model = OutageNotice
        skip_postgeneration_save = True

    class Params:
        announced = factory.Trait(
            announced_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
            starts_at=factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1)),
        )
        over = factory.Trait(
            starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=3)),
            ends_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
        )

    headline = "Bảo trì hệ thống minh hoạ"
    headline_en = "Illustrative maintenance"
    text = "Vẫn nộp được tại quầy."
    text_en = "Counters stay open."
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=2))

    @factory.post_generation
    def procedures(self, create: bool, extracted: list[Any] | None, **kwargs: Any) -> None:
        """This hook will limit the notice to the given pages."""
        if create and extracted:
            self.procedures.set(extracted)
            self.save()
