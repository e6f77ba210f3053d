"""Rows of a procedure: cases, ways of filing with their times, fees, papers, steps, results.

Every row has a UUID (`translation_key`) that is the same in each language and survives
revisions and imports. Forms, dossiers and exports point at that UUID, never at a row id.
Rows name a case by its short `code`, unique within the page; no code means every case.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from catalogue.choices import FeeKind, Method, TimeUnit
from catalogue.models.procedures import ProcedurePage
from catalogue.panels import new_case_code

LONGEST_TIME = 9999  # in any unit: 833 years at most, so that every promised date exists


def _facts(*names: str) -> list[SynchronizedField]:
    """Fields that a translation always takes from its source."""
    return [SynchronizedField(name, overridable=False) for name in (*names, "sort_order")]


class ProcedureRow(TranslatableMixin, Orderable):
    """A row with a UUID of its own."""

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["sort_order"]

    def describe_value(self, name: str, value: Any) -> list[str] | None:
        """Name the cases of which a field holds the codes."""
        if name not in {"case_code", "case_codes"}:
            return None
        codes = [value] if isinstance(value, str) else value
        names = {case.code: case.name for case in self.page.cases.all()}
        return [names.get(code, code) for code in codes if code] or [str(_("Every case"))]


class ProcedureCase(ProcedureRow):
    """A case (trường hợp) with its own papers, fees or times."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="cases")
    name = models.TextField(_("name"))
    code = models.CharField(max_length=12, default=new_case_code, blank=True)

    panels = [
        FieldPanel("name", widget=forms.Textarea(attrs={"rows": 2})),
        FieldPanel("code", widget=forms.HiddenInput),
    ]
    translatable_fields = [TranslatableField("name"), *_facts("code")]

    class Meta(ProcedureRow.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.name


class CaseRow(ProcedureRow):
    """A row that holds for the case of `case_code`, or for every case."""

    case_code = models.CharField(_("case"), max_length=12, blank=True)

    class Meta(ProcedureRow.Meta):
        abstract = True


class ProcedureOffer(CaseRow):
    """A way of filing (cách thức thực hiện) with its processing time (thời hạn giải quyết).

    `duration` in `unit`; empty when the register publishes none.
    """

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="offers")
    method = models.CharField(_("way of filing"), max_length=10, choices=Method.choices)
    duration = models.DecimalField(
        _("time"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST_TIME)],
    )
    unit = models.CharField(_("unit"), max_length=12, choices=TimeUnit.choices, blank=True)
    note = models.TextField(_("note"), blank=True)

    panels = [
        FieldRowPanel(
            [
                FieldPanel("case_code"),
                FieldPanel("method"),
                FieldPanel("duration"),
                FieldPanel("unit"),
            ]
        ),
        FieldPanel("note", widget=forms.Textarea(attrs={"rows": 2})),
    ]
    translatable_fields = [
        TranslatableField("note"),
        *_facts("case_code", "method", "duration", "unit"),
    ]

    class Meta(CaseRow.Meta):
        verbose_name = _("way of filing")
        verbose_name_plural = _("ways of filing")

    def __str__(self) -> str:
        return self.get_method_display()

    def clean(self) -> None:
        """A time needs its unit."""
        if self.duration is not None and not self.unit:
            raise ValidationError({"unit": _("Choose the unit of the time.")})


class ProcedureFee(CaseRow):
    """A fee or charge (phí, lệ phí): an amount in đồng, a percentage, or words.

    `amount` is đồng for an amount and per cent for a percentage. No fee row at all means that
    the fee is not published, which is not the same as free.
    """

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="fees")
    method = models.CharField(_("way of filing"), max_length=10, choices=Method.choices, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=FeeKind.choices)
    amount = models.DecimalField(
        _("amount or per cent"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    per = models.CharField(_("for each"), max_length=255, blank=True)
    text = models.TextField(_("in words"), blank=True)

    panels = [
        FieldRowPanel(
            [
                FieldPanel("case_code"),
                FieldPanel("method"),
                FieldPanel("kind"),
                FieldPanel("amount"),
                FieldPanel("per"),
            ]
        ),
        FieldPanel("text", widget=forms.Textarea(attrs={"rows": 2})),
    ]
    translatable_fields = [
        TranslatableField("per"),
        TranslatableField("text"),
        *_facts("case_code", "method", "kind", "amount"),
    ]

    class Meta(CaseRow.Meta):
        verbose_name = _("fee")
        verbose_name_plural = _("fees")

    def __str__(self) -> str:
        return self.text or f"{self.amount or 0:f}"

    def clean(self) -> None:
        """An amount or percentage needs its number, words need words."""
        needs_number = self.kind in {FeeKind.AMOUNT, FeeKind.PERCENTAGE}
        errors: dict[str, Any] = {}
        if needs_number and self.amount is None:
            errors["amount"] = _("Give the amount or the per cent.")
        if self.kind == FeeKind.AMOUNT and self.amount == 0:
            errors["amount"] = _("Zero is not an amount: choose “free of charge”.")
        if self.kind == FeeKind.TEXT and not self.text:
            errors["text"] = _("Say the fee in words.")
        if errors:
            raise ValidationError(errors)


class RequiredDocument(ProcedureRow):
    """A paper to hand in (thành phần hồ sơ), with its blank form and number of copies."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="documents")
    case_codes = models.JSONField(_("cases"), default=list, blank=True)
    name = models.TextField(_("name"))
    note = models.TextField(_("note"), blank=True)
    originals = models.PositiveSmallIntegerField(_("originals"), default=1)
    copies = models.PositiveSmallIntegerField(_("copies"), default=0)
    is_required = models.BooleanField(_("required"), default=True)
    form_file = models.ForeignKey(
        "core.PortalDocument",
        verbose_name=_("blank form"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("name", widget=forms.Textarea(attrs={"rows": 2})),
        FieldPanel("note", widget=forms.Textarea(attrs={"rows": 2})),
        FieldRowPanel(
            [
                FieldPanel("case_codes"),
                FieldPanel("originals"),
                FieldPanel("copies"),
                FieldPanel("is_required"),
            ]
        ),
        FieldPanel("form_file"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("note"),
        *_facts("case_codes", "originals", "copies", "is_required", "form_file"),
    ]

    class Meta(ProcedureRow.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return self.name


class ProcedureStep(ProcedureRow):
    """A step of the procedure (trình tự thực hiện)."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("in short"), max_length=255, blank=True)
    text = models.TextField(_("what happens"))

    panels = [FieldPanel("name"), FieldPanel("text")]
    translatable_fields = [TranslatableField("name"), TranslatableField("text"), *_facts()]

    class Meta(ProcedureRow.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.name or self.text[:80]


class ProcedureResult(ProcedureRow):
    """A result (kết quả thực hiện), with the code of the national register."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="results")
    name = models.TextField(_("name"), blank=True)
    code = models.CharField(_("code"), max_length=60, blank=True)

    panels = [FieldPanel("name"), FieldPanel("code")]
    translatable_fields = [TranslatableField("name"), *_facts("code")]

    class Meta(ProcedureRow.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return self.name or self.code
