"""Guides with screenshots: ordered parts, each with numbered instructions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from catalogue.blocks import GuidePartBlock
from cms.core.models import BasePage


class GuideIndexPage(BasePage):
    """The list of guides."""

    introduction = models.TextField(_("introduction"), blank=True)

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["catalogue.GuidePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    translatable_fields = [*BasePage.translatable_fields, TranslatableField("introduction")]

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")


class GuidePage(BasePage):
    """A guide of ordered parts: the portal's, or an agency's own below its page."""

    introduction = models.TextField(_("introduction"), blank=True)
    parts = StreamField(
        blocks.StreamBlock([("part", GuidePartBlock())], label=_("parts")),
        verbose_name=_("parts"),
        blank=True,
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    parent_page_types = ["catalogue.GuideIndexPage", "catalogue.AgencyPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("parts"),
        FieldPanel("position"),
    ]
    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("introduction"),
        TranslatableField("parts"),
        SynchronizedField("position", overridable=False),
    ]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
