"""What is kept of queries: counts by day, without anything about who asked (ADR 0008)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchedQuery(models.Model):
    """How often a query was asked on a day, and how many answers it had the last time.

    `text` is without accents, `spelling` the last way in which it was written.
    """

    day = models.DateField()
    language = models.CharField(max_length=5)
    text = models.CharField(max_length=200)
    spelling = models.CharField(max_length=200)
    times = models.PositiveIntegerField()
    results = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("searched query")
        verbose_name_plural = _("searched queries")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "text"], name="searched_query_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["language", "text", "day"], name="searched_query_text")]

    def __str__(self) -> str:
        return self.spelling


class SearchTally(models.Model):
    """On how many days a query with unknown words was asked: a keyed digest, never the words."""

    digest = models.CharField(max_length=64, primary_key=True)
    days = models.PositiveSmallIntegerField()
    last_day = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("tally of an unknown query")
        verbose_name_plural = _("tallies of unknown queries")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest


class SearchClick(models.Model):
    """How often a page was opened from the answers to a query on a day.

    `page_id` is the Vietnamese page; no foreign key, for the count may outlive it.
    """

    day = models.DateField()
    language = models.CharField(max_length=5)
    text = models.CharField(max_length=200)
    page_id = models.PositiveIntegerField()
    times = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("opened result")
        verbose_name_plural = _("opened results")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "text", "page_id"], name="search_click_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["language", "text", "day"], name="search_click_text")]

    def __str__(self) -> str:
        return self.text


class SearchScore(models.Model):
    """What one run of the judged set has given; `figures` is empty until it is done."""

    started_at = models.DateTimeField(_("started on"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished on"), null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("score of the search")
        verbose_name_plural = _("scores of the search")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%d/%m/%Y %H:%M}"

    @property
    def ndcg(self) -> str:
        """The one figure that tells most, as it is read; "" before the end."""
        figures = self.figures.get("all")
        return f"{figures['nDCG@10']:.2f}".replace(".", ",") if figures else ""
