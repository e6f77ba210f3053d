"""The home page: what editors choose for it. What else it shows comes from the registry."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail_localize.fields import TranslatableField

from cms.core.models import BasePage

# Unlike other pages, the two home pages stand side by side and need different slugs.
_FIELDS = [field for field in BasePage.translatable_fields if field.field_name != "slug"]


class HomePage(BasePage):
    """The root of one language's pages."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    search_examples = models.TextField(
        _("examples beside the search box"), blank=True, help_text=_("One a line.")
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "catalogue.AgencyIndexPage",
        "catalogue.GuideIndexPage",
        "catalogue.NewsIndexPage",
        "catalogue.StandardPage",
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("search_examples"),
        InlinePanel("featured", label=_("frequent procedure"), max_num=12),
    ]
    translatable_fields = [
        *_FIELDS,
        TranslatableField("headline"),
        TranslatableField("search_examples"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class FeaturedProcedure(Orderable):
    """A procedure that the home page offers first. Both languages use the Vietnamese choice."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured")
    procedure = models.ForeignKey(
        "catalogue.ProcedurePage",
        verbose_name=_("procedure"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("procedure", "catalogue.ProcedurePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("frequent procedure")
        verbose_name_plural = _("frequent procedures")

    def __str__(self) -> str:
        return str(self.procedure)
