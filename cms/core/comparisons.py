"""How the history and the help with merging show values: as words, not as Python would.

Codes are shown by their labels, yes and no as words, dates and numbers as everywhere. A model
that knows better says so in `describe_value(name, value)`, a list of words or None.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.compare import (
    FieldComparison,
    TextDiff,
    TextFieldComparison,
    register_comparison_class,
)

from cms.core.formatting import format_date, format_datetime, format_number


def words_of(field: Any, value: Any, item: Any) -> list[str]:
    """Return `value` of `field` on `item` as words to be read."""
    describe: Callable[[str, Any], list[str] | None] | None
    describe = getattr(item, "describe_value", None)
    described = describe(field.name, value) if describe else None
    if described is not None:
        return described
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple)):
        codes = getattr(field, "codes", None)
        labels = dict(codes.choices) if codes else {}
        return [str(labels.get(part, part)) for part in value]
    return [_word(value)]


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return str(value)


class WordsComparison(FieldComparison):
    """Both values as words: what went, what came, what stayed."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.words_a = words_of(field, self.val_a, obj_a)
        self.words_b = words_of(field, self.val_b, obj_b)

    def htmldiff(self) -> str:
        """What went, then what stands now."""
        changes = [("deletion", word) for word in self.words_a if word not in self.words_b]
        changes += [
            ("equal" if word in self.words_a else "addition", word) for word in self.words_b
        ]
        html: str = TextDiff(changes, separator=" ").to_html()
        return html


class CharComparison(WordsComparison):
    """Text letter by letter, unless its model describes it."""

    def htmldiff(self) -> str:
        """As words where the model has them, else as text."""
        if [self.val_a or ""] == (self.words_a or [""]) and [self.val_b or ""] == (
            self.words_b or [""]
        ):
            html: str = TextFieldComparison.htmldiff(self)
            return html
        return super().htmldiff()


def install() -> None:
    """Put ours in the place of Wagtail's; called once when its hooks are read."""
    for kind in (models.BooleanField, models.DateField, models.DecimalField, models.JSONField):
        register_comparison_class(kind, comparison_class=WordsComparison)
    register_comparison_class(models.CharField, comparison_class=CharComparison)
