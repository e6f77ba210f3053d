"""What a province says about its portal: names, help line, owner."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page


@register_setting(icon="site")
class PortalSettings(BaseSiteSetting):
    """Names and contacts of one portal, in both languages."""

    portal_name = models.CharField(
        _("portal name"), max_length=120, default="Cổng dịch vụ công", help_text=_("Vietnamese.")
    )
    portal_name_en = models.CharField(
        _("portal name in English"), max_length=120, default="Public Services Portal"
    )
    province_name = models.CharField(_("province"), max_length=120, blank=True)
    province_name_en = models.CharField(_("province in English"), max_length=120, blank=True)
    owner = models.CharField(_("governing body"), max_length=200, blank=True)
    owner_en = models.CharField(_("governing body in English"), max_length=200, blank=True)
    support_phone = models.CharField(_("help line"), max_length=30, blank=True)
    support_hours = models.CharField(_("help line hours"), max_length=200, blank=True)
    support_hours_en = models.CharField(_("help line hours in English"), max_length=200, blank=True)
    support_email = models.EmailField(_("help e-mail"), blank=True)
    privacy_page = models.ForeignKey(
        Page,
        verbose_name=_("privacy page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that tells people what the portal keeps."),
    )
    records_searches = models.BooleanField(
        _("count what people search for"),
        default=False,
        help_text=_(
            "Without anything about who asks. Switch it on once the privacy page says so; while "
            "that page is not published nothing is counted."
        ),
    )
    is_demo = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Every page says that this is a demonstration and not a real portal."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("portal_name"),
                FieldPanel("portal_name_en"),
                FieldPanel("province_name"),
                FieldPanel("province_name_en"),
                FieldPanel("owner"),
                FieldPanel("owner_en"),
            ],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("support_phone"),
                FieldPanel("support_hours"),
                FieldPanel("support_hours_en"),
                FieldPanel("support_email"),
            ],
            heading=_("Help"),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("privacy_page", "catalogue.StandardPage"),
                FieldPanel("records_searches"),
            ],
            heading=_("Privacy"),
        ),
        FieldPanel("is_demo"),
    ]

    class Meta:
        verbose_name = _("portal settings")
        verbose_name_plural = _("portal settings")

    def clean(self) -> None:
        """Refuse to count searches while no page tells people about it."""
        if self.records_searches and self.privacy_page_id is None:
            text = _("Choose the privacy page first; it must say that searches are counted.")
            raise ValidationError({"records_searches": text})

    def tells_of_searches(self) -> bool:
        """Whether searches are counted and the page that says so can be read by everybody."""
        page: Any = self.privacy_page if self.records_searches else None
        return page is not None and page.live and not page.get_view_restrictions().exists()
