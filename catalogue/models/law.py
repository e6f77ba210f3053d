"""Legal documents that procedures cite: one row a document, shared by all procedures."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.core.vietnamese import nfc, slugify_vi


class LegalDocument(models.Model):
    """A law, decree, circular or decision (văn bản quy phạm pháp luật), by its number."""

    number = models.CharField(_("number"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=140, unique=True, blank=True)
    title = models.TextField(_("abstract"), blank=True)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    issued_date = models.DateField(_("issued on"), null=True, blank=True)
    effective_date = models.DateField(_("in force from"), null=True, blank=True)
    repealed_date = models.DateField(_("repealed from"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )
    url = models.URLField(_("full text"), blank=True)

    panels = [
        FieldPanel("number"),
        FieldPanel("title"),
        FieldPanel("issuer"),
        FieldPanel("issued_date"),
        FieldPanel("effective_date"),
        FieldPanel("repealed_date"),
        FieldPanel("replaced_by"),
        FieldPanel("url"),
        FieldPanel("slug"),
    ]

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        ordering = ["-issued_date", "number"]

    def __str__(self) -> str:
        return self.number

    def prepare(self) -> None:
        """Fill what is derived from the number. Does not save."""
        self.number = nfc(self.number)
        self.slug = self.slug or slugify_vi(self.number.replace("/", "-"))[:140].strip("-")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the derived fields up to date."""
        self.prepare()
        super().save(*args, **kwargs)
