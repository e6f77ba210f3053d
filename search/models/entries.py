"""What is searched: one flat entry a published page and language, and the words of all of them.

The tables hold nothing of their own; `search.indexing` rebuilds them from what is published.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry stands for."""

    PROCEDURE = "procedure", _("Procedure")
    AGENCY = "agency", _("Agency")
    GUIDE = "guide", _("Guide")
    NEWS = "news", _("News")


class SearchEntry(models.Model):
    """A published page as it is found in one language.

    A page without English has one entry, `is_only`, which readers of both languages find.
    `page_id` is the Vietnamese page; no foreign key, for an entry may outlive its page by a
    moment. The `_terms` fields are texts of `search.analysis.index_terms` joined by spaces; each
    database's own full-text index is made of them. In `asked_terms` a "|" parts one phrase from the
    next.
    """

    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    page_id = models.PositiveIntegerField()
    language = models.CharField(max_length=5)
    is_only = models.BooleanField(_("has no translation"), default=False)
    url = models.CharField(max_length=1000)
    title = models.TextField()
    title_language = models.CharField(max_length=5)
    summary = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)
    names_terms = models.TextField(blank=True)
    place_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)
    asked_terms = models.TextField(blank=True, default="")
    prior = models.FloatField(default=0)
    sort_key = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "page_id", "language"], name="search_entry_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


# Among the words this counts the entries themselves; no text has such a word.
EVERY_ENTRY = "|"


class SearchWord(models.Model):
    """A folded term of titles, names and places, and in how many entries it stands.

    Not positive by constraint: it is added to and taken from, and counted anew every night. One row
    is no word: `EVERY_ENTRY` says how many entries there are.
    """

    term = models.CharField(max_length=100, primary_key=True)
    number = models.IntegerField()

    class Meta:
        verbose_name = _("word of the search")
        verbose_name_plural = _("words of the search")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term


class SearchChange(models.Model):
    """A page whose entries have changed and which a cluster has not heard of yet.

    Only added to and deleted from. The number of a row is the version of what is sent, so that
    what arrives late undoes nothing. Rows are for a cluster; without one there are none.
    """

    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    page_id = models.PositiveIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("pending change of the search")
        verbose_name_plural = _("pending changes of the search")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.page_id}"
