"""The page of one administrative procedure (thủ tục hành chính).

Words are translatable; facts are not: an English page reads them from its Vietnamese source.
Rows (cases, times, fees, papers, steps, results) are in `procedure_rows`.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField
from wagtail.models import Locale, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from catalogue.choices import Audience, AuthorityLevel, FactsStatus, FilingMode, ServiceLevel
from catalogue.models.agencies import TEXT_FEATURES
from catalogue.panels import CaseRowPanel, CasesPanel, ProcedurePageForm, StableInlinePanel
from cms.core.choosers import ManyChooser, ManyPagesChooser
from cms.core.models import BasePage
from cms.core.vietnamese import nfc, slugify_vi

SLUG_WORDS = 8
ROW_RELATIONS = ("cases", "offers", "fees", "documents", "steps", "results")
FACT_FIELDS = (
    "service_level",
    "filing_mode",
    "filing_url",
    "audiences",
    "authority_levels",
    "effective_date",
    "decision_number",
    "is_repealed",
    "repealed_date",
    "dossier_sets",
    "documents_count",
    "facts_status",
    "sectors",
    "life_events",
    "legal_bases",
    "handled_at",
)


class CodesField(models.JSONField):
    """A list of codes of one `TextChoices`, edited as tick boxes."""

    def __init__(self, *args: Any, codes: Any = None, **kw: Any) -> None:
        self.codes = codes
        kw.setdefault("default", list)
        kw.setdefault("blank", True)
        super().__init__(*args, **kw)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Tick boxes, one a code."""
        return forms.MultipleChoiceField(
            choices=self.codes.choices if self.codes else [],
            required=False,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is not a list of known codes."""
        super().validate(value, model_instance)
        known = set(self.codes.values) if self.codes else set()
        if not isinstance(value, list) or not set(value) <= known:
            raise ValidationError(_("Unknown code."))


class ProcedurePage(BasePage):
    """A procedure, below the agency that owns it.

    `key` is its identity: unique, the national code where there is one, held by the
    Vietnamese page only. `official_name` is what citizens read and has no length limit;
    `title` is a short name for editors.
    """

    base_form_class = ProcedurePageForm
    exclude_fields_in_copy = ["key"]

    key = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The national code, for example 1.012289; else a short name of your own."),
    )
    official_name = models.TextField(_("official name"))
    summary = models.TextField(_("in short"), blank=True, help_text=_("Who it is for, in a line."))

    sectors = ParentalManyToManyField(
        "catalogue.Sector", verbose_name=_("sectors"), blank=True, related_name="procedures"
    )
    life_events = ParentalManyToManyField(
        "catalogue.LifeEvent", verbose_name=_("life events"), blank=True, related_name="procedures"
    )
    audiences = CodesField(_("who may apply"), codes=Audience)
    authority_levels = CodesField(_("level of government"), codes=AuthorityLevel)

    service_level = models.CharField(
        _("online level"),
        max_length=12,
        choices=ServiceLevel.choices,
        default=ServiceLevel.INFORMATION,
    )
    filing_mode = models.CharField(
        _("online filing"), max_length=6, choices=FilingMode.choices, default=FilingMode.NONE
    )
    filing_url = models.URLField(_("address for filing elsewhere"), blank=True)
    handled_at = ParentalManyToManyField(
        "catalogue.AgencyPage",
        verbose_name=_("received at"),
        blank=True,
        related_name="received_procedures",
        help_text=_("Counters that receive it. A group stands for all counters below it."),
    )
    authority = models.CharField(_("carried out by, as published"), max_length=500, blank=True)
    ministry = models.CharField(_("ministry in charge"), max_length=200, blank=True)

    decision_number = models.CharField(_("announcing decision"), max_length=120, blank=True)
    effective_date = models.DateField(_("in force from"), null=True, blank=True)
    is_repealed = models.BooleanField(_("repealed"), default=False)
    repealed_date = models.DateField(_("repealed from"), null=True, blank=True)
    repealed_note = models.TextField(_("about the repeal"), blank=True)
    successor = models.ForeignKey(
        "catalogue.ProcedurePage",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    dossier_sets = models.PositiveSmallIntegerField(_("sets of papers"), default=1)
    documents_count = models.PositiveSmallIntegerField(
        _("number of papers"),
        null=True,
        blank=True,
        help_text=_("As published, while the list of papers itself is not."),
    )
    conditions = RichTextField(_("requirements and conditions"), features=TEXT_FEATURES, blank=True)
    legal_bases = ParentalManyToManyField(
        "catalogue.LegalDocument",
        verbose_name=_("legal bases"),
        blank=True,
        related_name="procedures",
    )
    related_procedures = ParentalManyToManyField(
        "catalogue.ProcedurePage",
        verbose_name=_("related procedures"),
        blank=True,
        related_name="+",
    )
    related_guides = ParentalManyToManyField(
        "catalogue.GuidePage", verbose_name=_("guides"), blank=True, related_name="+"
    )
    facts_status = models.CharField(
        _("state of the facts"),
        max_length=16,
        choices=FactsStatus.choices,
        default=FactsStatus.VERIFIED,
    )
    facts_note = models.CharField(_("note about the facts"), max_length=255, blank=True)

    # The editors' search; citizens have one of their own.
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("search_words"),
        index.AutocompleteField("search_words"),
    ]
    parent_page_types = ["catalogue.AgencyPage"]
    subpage_types: list[str] = []

    what_panels = [
        FieldPanel("title"),
        FieldPanel("official_name"),
        FieldPanel("key"),
        FieldPanel("summary"),
        FieldPanel("sectors"),
        FieldPanel("life_events"),
        FieldPanel("audiences"),
        FieldPanel("related_procedures", widget=ManyPagesChooser("catalogue.ProcedurePage")),
        FieldPanel("related_guides", widget=ManyPagesChooser("catalogue.GuidePage")),
    ]
    where_panels = [
        FieldPanel("handled_at", widget=ManyPagesChooser("catalogue.AgencyPage")),
        FieldPanel("authority"),
        FieldPanel("authority_levels"),
        FieldPanel("ministry"),
        MultiFieldPanel(
            [
                FieldPanel("service_level"),
                FieldPanel("filing_mode"),
                FieldPanel("filing_url"),
            ],
            heading=_("Online"),
        ),
    ]
    cost_panels = [
        CasesPanel("cases", label=_("case")),
        CaseRowPanel("offers", label=_("way of filing and time")),
        CaseRowPanel("fees", label=_("fee")),
    ]
    paper_panels = [
        FieldRowPanel([FieldPanel("dossier_sets"), FieldPanel("documents_count")]),
        CaseRowPanel("documents", label=_("paper")),
    ]
    step_panels = [
        StableInlinePanel("steps", label=_("step")),
        StableInlinePanel("results", label=_("result")),
    ]
    law_panels = [
        FieldPanel("conditions"),
        FieldPanel("legal_bases", widget=ManyChooser("catalogue.LegalDocument")),
        FieldRowPanel([FieldPanel("decision_number"), FieldPanel("effective_date")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("is_repealed"), FieldPanel("repealed_date")]),
                FieldPanel("repealed_note"),
                PageChooserPanel("successor", "catalogue.ProcedurePage"),
            ],
            heading=_("Repeal"),
        ),
        FieldRowPanel([FieldPanel("facts_status"), FieldPanel("facts_note")]),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(what_panels, heading=_("What and for whom")),
            ObjectList(where_panels, heading=_("Where")),
            ObjectList(cost_panels, heading=_("How long and how much")),
            ObjectList(paper_panels, heading=_("Papers")),
            ObjectList(step_panels, heading=_("Steps and results")),
            ObjectList(law_panels, heading=_("Law")),
            ObjectList(
                [*BasePage.promote_panels, PublishingPanel()], heading=_("Address and search")
            ),
        ]
    )
    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("official_name"),
        TranslatableField("summary"),
        TranslatableField("conditions"),
        TranslatableField("repealed_note"),
        *(TranslatableField(relation) for relation in ROW_RELATIONS),
        *(SynchronizedField(name, overridable=False) for name in FACT_FIELDS),
    ]

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    @property
    def display_title(self) -> str:
        """The official name, which has no length limit."""
        return self.official_name or self.title

    def search_words(self) -> str:
        """The whole official name and the code, by which editors look for it too."""
        return f"{self.official_name} {self.key or ''}"

    def default_title(self) -> str:
        """The official name, which `prepare` cuts at a word."""
        return self.official_name

    def default_slug(self) -> str:
        """The first words of the name and the key: short, and unique by its key."""
        name = slugify_vi(self.official_name or self.title, words=SLUG_WORDS)
        key = slugify_vi((self.key or "").replace(".", "-"))
        return f"{name}-{key}".strip("-")[:200]

    def prepare(self) -> None:
        """Fill derived fields; the official name defaults to the title."""
        self.official_name = nfc(self.official_name or self.title)
        if self.alias_of_id:
            self.key = None  # Wagtail copies every field into an alias; the original is the key's
        if self.key is not None:
            self.key = nfc(self.key) or None
        super().prepare()

    def clean(self) -> None:
        """Demand a key of every Vietnamese page, and an address where filing links out."""
        super().clean()
        errors: dict[str, Any] = {}
        original = self.locale_id == Locale.get_default().pk and not self.alias_of_id
        if not self.key and original:
            errors["key"] = _("Give the code of the procedure.")
        if self.filing_mode == FilingMode.LINK and not self.filing_url:
            errors["filing_url"] = _("Give the address of the portal where it is filed.")
        if errors:
            raise ValidationError(errors)

    def unique_error_message(self, model_class: Any, unique_check: Any) -> ValidationError:
        """Say plainly that a code is taken."""
        if tuple(unique_check) == ("key",):
            return ValidationError(_("Another procedure has this code already."), code="unique")
        found: ValidationError = super().unique_error_message(model_class, unique_check)
        return found

    def with_content_json(self, content: dict[str, Any]) -> ProcedurePage:
        """Read a revision; a row's UUID is its identity, a stored row id is only a hint."""
        page: ProcedurePage = super().with_content_json(content)
        if page.alias_of_id:
            page.key = None  # the content is the original's
        for relation in get_all_child_relations(type(page)):
            model = relation.related_model
            if not issubclass(model, TranslatableMixin):
                continue
            live = dict(model.objects.filter(page_id=self.pk).values_list("translation_key", "pk"))
            for row in getattr(page, relation.get_accessor_name()).all():
                row.pk = live.get(row.translation_key)
        return page
