"""Planned or sudden interruptions, of the whole portal or of single procedures."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.core.choosers import ManyPagesChooser


class OutageNotice(ClusterableModel):
    """An interruption (thông báo gián đoạn) with its times; written in both languages at once.

    Without procedures it concerns the whole portal. It is announced from `announced_at` (or
    its start) until `ends_at`.
    """

    headline = models.CharField(_("in short"), max_length=200)
    headline_en = models.CharField(_("in short, in English"), max_length=200, blank=True)
    text = models.TextField(_("what still works"), blank=True)
    text_en = models.TextField(_("what still works, in English"), blank=True)
    announced_at = models.DateTimeField(_("announced from"), null=True, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    procedures = ParentalManyToManyField(
        "catalogue.ProcedurePage",
        verbose_name=_("procedures"),
        blank=True,
        related_name="outages",
        help_text=_("None means the whole portal."),
    )

    panels = [
        FieldPanel("headline"),
        FieldPanel("headline_en"),
        FieldPanel("text"),
        FieldPanel("text_en"),
        FieldRowPanel([FieldPanel("announced_at"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("procedures", widget=ManyPagesChooser("catalogue.ProcedurePage")),
    ]

    class Meta:
        verbose_name = _("outage notice")
        verbose_name_plural = _("outage notices")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="catalogue_outage_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        """Refuse an end before the start and an announcement after it."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must be after the start.")})
        if self.announced_at and self.starts_at and self.announced_at > self.starts_at:
            raise ValidationError({"announced_at": _("Announce it before it starts.")})
