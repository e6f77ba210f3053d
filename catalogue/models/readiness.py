"""What was found wrong with each page, and how much each rule weighs on one portal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from catalogue.readiness import USUAL, Finding, Limits, Rule, Severity

FACTS = [rule for rule in Rule if rule not in {Rule.ALT_MISSING, Rule.SENTENCE_LONG}]


class PageFinding(models.Model):
    """One fault of the latest draft of a page; `readiness` decides, this only remembers.

    `severity` is that of the portal's settings, copied so that lists can count.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    rule = models.CharField(_("fault"), max_length=24, choices=Rule.choices)
    severity = models.CharField(_("weight"), max_length=8, choices=Severity.choices)
    field = models.CharField(max_length=255)
    text = models.CharField(max_length=255, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["page", "pk"]
        indexes = [
            models.Index(fields=["severity", "page"], name="catalogue_finding_severity"),
            models.Index(fields=["rule", "page"], name="catalogue_finding_rule"),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return Finding(Rule(self.rule), self.field, self.text, self.number).message


@register_setting(icon="circle-check")
class ReadinessSettings(BaseSiteSetting):
    """What a portal asks of a page before it is published. Each rule is a field, added below."""

    review_months = models.PositiveSmallIntegerField(
        _("review after so many months"),
        default=12,
        help_text=_("A page that nobody has published for so long is listed for review."),
    )
    vietnamese_syllables = models.PositiveSmallIntegerField(
        _("syllables in a Vietnamese sentence"), default=Limits.vietnamese_syllables
    )
    english_words = models.PositiveSmallIntegerField(
        _("words in an English sentence"), default=Limits.english_words
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(rule.value) for rule in FACTS], heading=_("Before a page is published")
        ),
        MultiFieldPanel(
            [
                FieldPanel(Rule.ALT_MISSING.value),
                FieldPanel(Rule.SENTENCE_LONG.value),
                FieldPanel("vietnamese_syllables"),
                FieldPanel("english_words"),
            ],
            heading=_("Words and pictures"),
        ),
        FieldPanel("review_months"),
    ]

    class Meta:
        verbose_name = _("checks before publishing")
        verbose_name_plural = _("checks before publishing")

    @property
    def limits(self) -> Limits:
        """How long a sentence may be."""
        return Limits(self.vietnamese_syllables, self.english_words)

    def severities(self) -> dict[Rule, Severity]:
        """How much each rule weighs."""
        return {rule: Severity(getattr(self, rule.value)) for rule in Rule}


for _rule in Rule:
    ReadinessSettings.add_to_class(
        _rule.value,
        models.CharField(
            _rule.label, max_length=8, choices=Severity.choices, default=USUAL[_rule].value
        ),
    )
