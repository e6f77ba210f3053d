"""What every public page needs, in one row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FrameState(models.Model):
    """Settings, notices and corrections that each request reads, as JSON by part.

    It holds nothing of its own: `cms.core.frame_state` rebuilds it whenever a source changes.
    """

    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("state of the page frame")
        verbose_name_plural = _("states of the page frame")

    def __str__(self) -> str:
        return f"{self.updated_at:%d/%m/%Y %H:%M}"
