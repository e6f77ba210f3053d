"""Sectors of the official register and events in a citizen's life, translatable."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.vietnamese import nfc, slugify_vi, sort_key


class Term(TranslatableMixin, models.Model):
    """A named term with an address of its own; its slug is the same in both languages."""

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("address"), max_length=120, blank=True)
    description = models.TextField(_("description"), blank=True)
    sort_key = models.CharField(max_length=255, editable=False, blank=True, db_index=True)

    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def prepare(self) -> None:
        """Fill what is derived from the name. Does not save."""
        self.name = nfc(self.name)
        self.slug = self.slug or slugify_vi(self.name)[:120].strip("-")
        self.sort_key = sort_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the derived fields up to date."""
        self.prepare()
        super().save(*args, **kwargs)


@register_snippet
class Sector(Term):
    """A field of state administration (lĩnh vực) as the national register names it."""

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="catalogue_sector_slug"),
        ]


@register_snippet
class LifeEvent(Term):
    """An event in the life of a person or business (sự kiện đời sống)."""

    icon = models.CharField(_("icon"), max_length=30, default="file")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("icon"),
        FieldPanel("position"),
    ]
    translatable_fields = [
        *Term.translatable_fields,
        SynchronizedField("icon", overridable=False),
        SynchronizedField("position", overridable=False),
    ]

    class Meta(Term.Meta):
        verbose_name = _("life event")
        verbose_name_plural = _("life events")
        ordering = ["position", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="catalogue_lifeevent_slug"),
        ]
