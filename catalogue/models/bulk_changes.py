"""One change made to many procedures at once: what was chosen, what it does, what became of it.

The preview is stored row by row with the revision that it was made from; applying compares, so
that nobody's edit is overwritten. The rows stay as the report when it is done.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What a bulk change does."""

    FEE_REPLACE = "fee_replace", _("Replace a fee by another")
    FEE_SET = "fee_set", _("Set the fee")
    TIME_REPLACE = "time_replace", _("Replace a processing time by another")
    LAW_REPLACE = "law_replace", _("Replace a legal basis by another")
    SECTOR_ADD = "sector_add", _("Add a sector")
    SECTOR_REMOVE = "sector_remove", _("Take a sector away")
    OUTAGE = "outage", _("Attach an outage notice")


class ChangeState(models.TextChoices):
    """How far a bulk change has come."""

    CHOSEN = "chosen", _("procedures chosen")
    PREPARING = "preparing", _("preview being made")
    PREVIEWED = "previewed", _("waiting for your decision")
    APPLYING = "applying", _("being carried out")
    DONE = "done", _("carried out")


class ChangeMode(models.TextChoices):
    """What becomes of the changed pages."""

    DRAFT = "draft", _("Save as drafts")
    SUBMIT = "submit", _("Save and submit for approval")
    PUBLISH = "publish", _("Publish")


class RowState(models.TextChoices):
    """What the preview says of a page, or what became of it."""

    WAITING = "waiting", _("not looked at yet")
    PENDING = "pending", _("will change")
    UNCHANGED = "unchanged", _("will not change")
    DRAFTED = "drafted", _("draft saved")
    SUBMITTED = "submitted", _("submitted for approval")
    PUBLISHED = "published", _("published")
    ATTACHED = "attached", _("notice attached")
    CONFLICT = "conflict", _("left alone: edited meanwhile")
    REFUSED = "refused", _("left alone: not possible")
    FAILED = "failed", _("left alone: error")


CHANGED_STATES = (
    RowState.DRAFTED,
    RowState.SUBMITTED,
    RowState.PUBLISHED,
    RowState.ATTACHED,
)
REPORTED_STATES = (RowState.CONFLICT, RowState.REFUSED, RowState.FAILED)


class BulkChange(models.Model):
    """One change and the person who makes it. `values` are those of its form, cleaned."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(_("change"), max_length=16, choices=ChangeKind.choices, blank=True)
    values = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.CHOSEN
    )
    mode = models.CharField(
        _("what becomes of the pages"), max_length=8, choices=ChangeMode.choices, blank=True
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(_("carried out"), null=True, blank=True)

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "touched_at"], name="catalogue_bulk_state")]

    def __str__(self) -> str:
        return str(self.get_kind_display() or self._meta.verbose_name)

    @property
    def is_running(self) -> bool:
        """Whether a task works on it."""
        return self.state in {ChangeState.PREPARING, ChangeState.APPLYING}


class BulkChangeRow(models.Model):
    """One page of a bulk change; title and code are copied, so that the report outlives it.

    `base_revision` is the number of the revision that was previewed, `difference` a list of
    what changes (`catalogue.bulk.changes`), `reason` a code and `detail` words about it.
    """

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    page = models.ForeignKey(
        "catalogue.ProcedurePage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(_("code"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=255)
    position = models.PositiveIntegerField(default=0)
    base_revision = models.BigIntegerField(null=True)
    difference = models.JSONField(default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=RowState.choices, default=RowState.WAITING
    )
    reason = models.CharField(max_length=16, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        verbose_name = _("page of a bulk change")
        verbose_name_plural = _("pages of a bulk change")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "page"], name="catalogue_bulk_page_once")
        ]
        indexes = [models.Index(fields=["change", "state"], name="catalogue_bulk_row_state")]

    def __str__(self) -> str:
        return self.title
