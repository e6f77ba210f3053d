"""What importers remember: digests of what was read, and keys that were renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRecord(models.Model):
    """The digest of the last imported form of one procedure.

    It is apart from the page, so that reverting a page does not revert it. A file that has
    not changed leaves a clerk's edits alone.
    """

    key = models.CharField(max_length=60, unique=True)
    digest = models.CharField(max_length=64)
    page_key = models.UUIDField(help_text=_("translation_key of the page"))
    was_published = models.BooleanField(default=False)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class FormerKey(models.Model):
    """A code that a procedure once had: its address keeps leading to the page."""

    key = models.CharField(max_length=60, unique=True)
    page_key = models.UUIDField(help_text=_("translation_key of the page"))

    class Meta:
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
