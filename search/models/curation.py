"""What editors add to the search: words that people say, and pages that stand first.

Both take effect with the next query of every process: each change writes a new mark into one row,
which `search.curation` compares. What a form may hold is decided here, in words beside the field.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from search.analysis import tokenize
from search.synonyms import get_thesaurus
from search.understanding import folded_key, says_something

LONGEST, MOST_WORDS, MOST_MEANINGS = 100, 10, 20
# What may be pinned: entries of the search have the same kinds.
PINNABLE = ("catalogue.ProcedurePage", "catalogue.AgencyPage", "catalogue.GuidePage")


class CurationState(models.Model):
    """One row with a mark that is new after each change of a synonym or pin.

    A mark and no counter: what a transaction wrote and took back can never be met again.
    """

    mark = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("state of what editors add to the search")
        verbose_name_plural = _("states of what editors add to the search")

    def __str__(self) -> str:
        return str(self.mark)


class Curated(models.Model):
    """Who changed it last, and when."""

    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("changed on"), auto_now=True)

    class Meta:
        abstract = True


class SearchSynonym(Curated):
    """What people say, and what procedures call it."""

    said = models.CharField(
        _("what people say"),
        max_length=LONGEST,
        help_text=_("Write it with accents: it is found without them too."),
    )
    key = models.CharField(max_length=LONGEST * 2, unique=True, editable=False)
    means = models.TextField(
        _("what procedures call it"), help_text=_("One meaning a line, as in official names.")
    )
    both_ways = models.BooleanField(
        _("both ways"),
        default=False,
        help_text=_("Whoever types the official words finds what holds the others, too."),
    )

    class Meta:
        verbose_name = _("synonym of the search")
        verbose_name_plural = _("synonyms of the search")
        ordering = ["key"]
        default_permissions = ()
        permissions = [("manage_search", _("Can look after the search"))]

    def __str__(self) -> str:
        return self.said

    @property
    def meanings(self) -> list[str]:
        """The meanings, one a line."""
        return [line.strip() for line in self.means.splitlines() if line.strip()]

    def clean(self) -> None:
        """Refuse words that would do nothing or harm, beside the field that holds them."""
        errors: dict[str, Any] = {}
        if self.said and (complaint := complain_of_words(self.said)):
            errors["said"] = complaint
        self.key = exact_key(self.said)
        others = SearchSynonym.objects.filter(key=self.key).exclude(pk=self.pk)
        if self.key and "said" not in errors and others.exists():
            errors["said"] = _("These words have an entry already; add the meaning there.")
        if self.means and (complaints := self._complain_of_meanings()):
            errors["means"] = complaints
        if errors:
            raise ValidationError(errors)

    def _complain_of_meanings(self) -> list[Any]:
        if len(self.meanings) > MOST_MEANINGS:
            return [_("Write at most %(number)d meanings.") % {"number": MOST_MEANINGS}]
        known = get_thesaurus().find(tokenize(self.said))
        seen: set[str] = set()
        complaints = []
        for line in self.meanings:
            key = exact_key(line)
            if complaint := complain_of_words(line):
                complaints.append(f"“{line}”: {complaint}")
            elif key == self.key:
                complaints.append(_("“%(line)s” is the same as what people say.") % {"line": line})
            elif key in seen:
                complaints.append(_("“%(line)s” stands here twice.") % {"line": line})
            elif tuple(tokenize(line)) in known:
                complaints.append(_("The search knows “%(line)s” already.") % {"line": line})
            seen.add(key)
        return complaints

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key equal to the words."""
        self.key = exact_key(self.said)
        super().save(*args, **kwargs)


class PinLanguage(models.TextChoices):
    """For whose queries a pin counts."""

    BOTH = "", _("Both languages")
    VIETNAMESE = "vi", _("Vietnamese")
    ENGLISH = "en", _("English")


class SearchPin(Curated):
    """A page that stands first for a query."""

    query = models.CharField(
        _("query"),
        max_length=LONGEST,
        help_text=_("As people type it. Accents, capitals and spaces do not matter."),
    )
    key = models.CharField(max_length=LONGEST * 2, editable=False, db_index=True)
    page = models.ForeignKey(
        Page,
        verbose_name=_("page that stands first"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("A procedure, an agency or a guide. It counts while it is published."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("If a query has several pages: 1 stands first.")
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        default=PinLanguage.BOTH,
        choices=PinLanguage.choices,
    )

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["key", "position", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        """Refuse a query without words, a page of another kind, and a second equal pin."""
        errors: dict[str, Any] = {}
        if self.query and (complaint := complain_of_words(self.query)):
            errors["query"] = complaint
        self.key = folded_key(self.query)
        if self.page_id is not None and (complaint := self._complain_of_page()):
            errors["page"] = complaint
        if errors:
            raise ValidationError(errors)

    def _complain_of_page(self) -> Any:
        if self.page.specific_class is None or self.page.specific_class._meta.label not in PINNABLE:
            return _("Choose a procedure, an agency or a guide.")
        self.page = vietnamese_page(self.page)
        same = SearchPin.objects.filter(key=self.key, page=self.page).exclude(pk=self.pk)
        overlapping = [p for p in same if {self.language, p.language} != {"vi", "en"}]
        return _("This page is pinned for this query already.") if overlapping else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key equal to the query."""
        self.key = folded_key(self.query)
        super().save(*args, **kwargs)


def vietnamese_page(page: Page) -> Page:
    """Return the page in Vietnamese, by which the index knows it."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    return page.get_translation_or_none(locale) or page


def exact_key(text: str) -> str:
    """Return the words as the thesaurus tells them apart: accents count, capitals do not."""
    return " ".join(token.exact for token in tokenize(text))


def complain_of_words(text: str) -> Any:
    """Return what is wrong with words that people type, None for good ones."""
    words = tokenize(text)
    if not words:
        return _("Write at least one word.")
    if len(text) > LONGEST or len(words) > MOST_WORDS:
        limits = {"letters": LONGEST, "words": MOST_WORDS}
        return _("Write at most %(letters)d letters and %(words)d words.") % limits
    if not says_something(text, get_thesaurus()):
        return _("These words alone say nothing that could be looked for.")
    return None
