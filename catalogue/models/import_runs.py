"""One file that somebody imports in the administration: what it would do, and what it did.

The preview is stored row by row with the revisions that it was made from; carrying out compares,
so that nobody's edit is overwritten. The rows stay as the report when the file is deleted.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.bulk_changes import ChangeMode, RowState
from cms.core.private_files import private_storage


class ImportState(models.TextChoices):
    """How far an import has come."""

    PREPARING = "preparing", _("preview being made")
    PREVIEWED = "previewed", _("waiting for your decision")
    APPLYING = "applying", _("being carried out")
    DONE = "done", _("carried out")
    FAILED = "failed", _("not carried out")
    EXPIRED = "expired", _("file deleted, nothing decided")


def keep_as(run: ImportRun, name: str) -> str:
    """Return the name under which a file is kept: nothing of what it was called stays in it."""
    return f"imports/{uuid4().hex}.{run.file_format}"


class ImportRun(models.Model):
    """One import and the person who makes it.

    `agency` bounds it: nothing outside its subtree is touched. `problems` are faults of the
    file, [{line, sheet, field, reason}]; while there is one, nothing is written. `message` says
    in words why an import failed, `notes` what the preview should say besides.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    agency = models.ForeignKey(
        "catalogue.AgencyPage",
        verbose_name=_("agency"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_bounded = models.BooleanField(default=True)
    file = models.FileField(storage=private_storage, upload_to=keep_as, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    file_format = models.CharField(max_length=8)
    file_size = models.PositiveBigIntegerField(default=0)
    checksum = models.CharField(_("checksum (SHA-256)"), max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.PREPARING
    )
    mode = models.CharField(
        _("what becomes of the pages"), max_length=8, choices=ChangeMode.choices, blank=True
    )
    read = models.PositiveIntegerField(default=0)
    prepared = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    unlisted = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(_("carried out"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of procedures")
        verbose_name_plural = _("imports of procedures")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "touched_at"], name="catalogue_import_state")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_running(self) -> bool:
        """Whether a task works on it."""
        return self.state in {ImportState.PREPARING, ImportState.APPLYING}


class ImportRow(models.Model):
    """One procedure of a file; its name is copied, so that the report outlives the page.

    `base` holds the revisions that were previewed, by language; `difference` is a list of what
    changes (`catalogue.transfers.differences`). A new page that is written and waits for its
    links has a page and is still pending.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    page = models.ForeignKey(
        "catalogue.ProcedurePage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=255)
    sheet = models.CharField(_("sheet"), max_length=40, blank=True)
    line = models.PositiveIntegerField(_("row"), default=0)
    is_new = models.BooleanField(default=False)
    base = models.JSONField(default=dict)
    difference = models.JSONField(default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=RowState.choices, default=RowState.PENDING
    )
    reason = models.CharField(max_length=16, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        verbose_name = _("procedure of an import")
        verbose_name_plural = _("procedures of an import")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "key"], name="catalogue_import_key_once")
        ]
        indexes = [models.Index(fields=["run", "state"], name="catalogue_import_row")]

    def __str__(self) -> str:
        return self.title
