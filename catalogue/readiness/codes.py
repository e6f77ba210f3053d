"""The rules by name, what each says, and how much each weighs unless a portal decides otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    """What a finding does: it stops publication, it advises, or nobody asks."""

    BLOCKER = "blocker", _("stops publication")
    ADVICE = "advice", _("advice")
    OFF = "off", _("not checked")


class Rule(TextChoices):
    """What is looked for; the label names the fault."""

    FEE_MISSING = "fee_missing", _("No fee")
    FEE_DOUBTFUL = "fee_doubtful", _("Doubtful fee")
    ACCOUNT_MISSING = "account_missing", _("No account for a fee")
    METHOD_MISSING = "method_missing", _("No way of filing")
    TIME_MISSING = "time_missing", _("No processing time")
    TIME_PARTLY = "time_partly", _("Processing time missing in places")
    COUNTER_MISSING = "counter_missing", _("No receiving counter")
    PAPERS_MISSING = "papers_missing", _("No papers")
    PAPER_NAMELESS = "paper_nameless", _("Paper without a name")
    FORM_MISSING = "form_missing", _("Paper without its blank form")
    STEPS_MISSING = "steps_missing", _("No steps")
    RESULT_MISSING = "result_missing", _("No result")
    CONDITIONS_EMPTY = "conditions_empty", _("No conditions")
    LAW_MISSING = "law_missing", _("No legal basis")
    LAW_REPEALED = "law_repealed", _("Repealed legal basis")
    NOT_IN_FORCE = "not_in_force", _("Not yet in force")
    REPEAL_UNDATED = "repeal_undated", _("Repeal without a date")
    REPEAL_UNEXPLAINED = "repeal_unexplained", _("Repeal without an explanation")
    FACTS_UNCHECKED = "facts_unchecked", _("Unchecked facts")
    TRANSLATION_MISSING = "translation_missing", _("English words missing")
    TRANSLATION_STALE = "translation_stale", _("English words out of date")
    ALT_MISSING = "alt_missing", _("Picture without a description")
    LINK_BROKEN = "link_broken", _("Broken link")
    SENTENCE_LONG = "sentence_long", _("Long sentence")


MESSAGES: dict[Rule, str | Promise] = {
    Rule.FEE_MISSING: _("No fee is given. Add one, or “free of charge”."),
    Rule.FEE_DOUBTFUL: _("A fee looks wrong: %(text)s."),
    Rule.ACCOUNT_MISSING: _("A fee is due, but neither the agency nor those above has an account."),
    Rule.METHOD_MISSING: _("Nothing says how a dossier can be handed in."),
    Rule.TIME_MISSING: _("No way of filing has a processing time."),
    Rule.TIME_PARTLY: _("These ways of filing have no processing time: %(text)s."),
    Rule.COUNTER_MISSING: _("No counter receives it."),
    Rule.PAPERS_MISSING: _("No papers are listed."),
    Rule.PAPER_NAMELESS: _("Paper number %(number)s has no name."),
    Rule.FORM_MISSING: _("The paper “%(text)s” sounds like a form, but has no blank form."),
    Rule.STEPS_MISSING: _("No steps are given."),
    Rule.RESULT_MISSING: _("Nothing says what the citizen receives."),
    Rule.CONDITIONS_EMPTY: _("No conditions are given. If there are none, say so."),
    Rule.LAW_MISSING: _("No legal basis is given."),
    Rule.LAW_REPEALED: _("The legal basis %(text)s has been repealed."),
    Rule.NOT_IN_FORCE: _("It comes into force only on %(text)s."),
    Rule.REPEAL_UNDATED: _("It is marked as repealed, but without a date."),
    Rule.REPEAL_UNEXPLAINED: _("It is repealed, but nothing says why or what replaces it."),
    Rule.FACTS_UNCHECKED: _("The facts are not marked as checked."),
    Rule.TRANSLATION_MISSING: _("%(number)s texts have no English words yet."),
    Rule.TRANSLATION_STALE: _("%(number)s texts have changed since the English was published."),
    Rule.ALT_MISSING: _("A picture has no description for those who cannot see it."),
    Rule.LINK_BROKEN: _("A link leads nowhere: %(text)s."),
    Rule.SENTENCE_LONG: _("A sentence has %(number)s words; make two of it: “%(text)s…”"),
}

_BLOCKERS = frozenset(
    {
        Rule.FEE_MISSING,
        Rule.FEE_DOUBTFUL,
        Rule.METHOD_MISSING,
        Rule.TIME_MISSING,
        Rule.PAPER_NAMELESS,
        Rule.STEPS_MISSING,
        Rule.REPEAL_UNDATED,
        Rule.ALT_MISSING,
        Rule.LINK_BROKEN,
    }
)
USUAL: dict[Rule, Severity] = {
    rule: Severity.BLOCKER if rule in _BLOCKERS else Severity.ADVICE for rule in Rule
}


@dataclass(frozen=True)
class Finding:
    """One fault. `field` is where the editor mends it; the details complete the message."""

    rule: Rule
    field: str
    text: str = ""
    number: int = 0

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return str(MESSAGES[self.rule]) % {"text": self.text, "number": self.number}


@dataclass(frozen=True)
class Limits:
    """How long a sentence may be. Vietnamese counts syllables, which spaces part."""

    vietnamese_syllables: int = 40
    english_words: int = 25

    def of(self, language: str) -> int:
        """The limit of a language."""
        return self.english_words if language == "en" else self.vietnamese_syllables


@dataclass(frozen=True)
class Surroundings:
    """What rules must know of the rest of the portal.

    `repealed_laws` gives the numbers by id; `english` the words of live translations, as
    {page UUID: {(row UUID or "", field): text}}; `stale` how many words changed since.
    """

    today: date
    live_pages: frozenset[int] = frozenset()
    files: frozenset[int] = frozenset()
    repealed_laws: dict[int, str] = field(default_factory=dict)
    agencies_with_account: frozenset[int] = frozenset()
    english: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    stale: dict[str, int] = field(default_factory=dict)
    limits: Limits = Limits()


Snapshot = dict[str, Any]
