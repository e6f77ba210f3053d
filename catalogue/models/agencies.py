"""Agencies and their units: who receives a dossier, where, when, and into which account."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from catalogue.choices import AgencyKind
from cms.core.banks import bank_choices
from cms.core.models import BasePage

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "h3", "document-link"]
WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class AgencyIndexPage(BasePage):
    """The list of all agencies; every agency lives below it."""

    introduction = models.TextField(_("introduction"), blank=True)

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["catalogue.AgencyPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    translatable_fields = [*BasePage.translatable_fields, TranslatableField("introduction")]

    class Meta:
        verbose_name = _("list of agencies")
        verbose_name_plural = _("lists of agencies")


class AgencyPage(BasePage):
    """An agency (cơ quan) or a unit of one, with its one-stop counter.

    Units are child pages. A page of kind ``group`` stands for counters of one kind, for
    example all commune counters: what names it is received at each counter below it.
    """

    kind = models.CharField(
        _("kind"), max_length=12, choices=AgencyKind.choices, default=AgencyKind.DEPARTMENT
    )
    official_identifier = models.CharField(
        _("official identifier"),
        max_length=35,
        blank=True,
        db_index=True,
        help_text=_("For example 000.00.19.H13."),
    )
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One a line: former names, abbreviations.")
    )
    description = RichTextField(_("about the agency"), features=TEXT_FEATURES, blank=True)
    responsibilities = RichTextField(_("what it handles"), features=TEXT_FEATURES, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    commune = models.ForeignKey(
        "core.Commune",
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    counter_name = models.CharField(_("one-stop counter"), max_length=200, blank=True)
    counter_address = models.CharField(_("address of the counter"), max_length=255, blank=True)
    counter_phone = models.CharField(_("phone of the counter"), max_length=60, blank=True)
    hours_note = models.CharField(_("note about the hours"), max_length=255, blank=True)
    is_demo = models.BooleanField(
        _("demonstration data"),
        default=False,
        help_text=_("The page warns that nobody may rely on it or transfer money."),
    )

    parent_page_types = ["catalogue.AgencyIndexPage", "catalogue.AgencyPage"]
    subpage_types = ["catalogue.AgencyPage", "catalogue.ProcedurePage", "catalogue.GuidePage"]
    about_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("official_identifier")]),
        FieldPanel("other_names"),
        FieldPanel("description"),
        FieldPanel("responsibilities"),
        FieldPanel("is_demo"),
    ]
    contact_panels = [
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("website"),
        FieldPanel("address"),
        FieldPanel("commune"),
        MultiFieldPanel(
            [
                FieldPanel("counter_name"),
                FieldPanel("counter_address"),
                FieldPanel("counter_phone"),
            ],
            heading=_("One-stop counter"),
        ),
        InlinePanel("opening_periods", label=_("opening hours")),
        FieldPanel("hours_note"),
    ]
    account_panels = [InlinePanel("bank_accounts", label=_("bank account"))]
    edit_handler = TabbedInterface(
        [
            ObjectList(about_panels, heading=_("About")),
            ObjectList(contact_panels, heading=_("Contact and hours")),
            ObjectList(account_panels, heading=_("Bank accounts")),
            ObjectList(
                [*BasePage.promote_panels, PublishingPanel()], heading=_("Address and search")
            ),
        ]
    )
    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("description"),
        TranslatableField("responsibilities"),
        TranslatableField("counter_name"),
        TranslatableField("hours_note"),
        SynchronizedField("kind", overridable=False),
    ]

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")


class OpeningPeriod(Orderable):
    """Hours of a counter on a run of weekdays; Monday is 0 (as ``date.weekday()``)."""

    page = ParentalKey(AgencyPage, on_delete=models.CASCADE, related_name="opening_periods")
    first_weekday = models.PositiveSmallIntegerField(_("from"), choices=WEEKDAYS, default=0)
    last_weekday = models.PositiveSmallIntegerField(_("to"), choices=WEEKDAYS, default=4)
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"))

    class Meta(Orderable.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="catalogue_period_closes_after_opening",
                violation_error_message=_("The closing time must be after the opening time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class AgencyBankAccount(Orderable):
    """An account that fees are paid into; the bank is named by its NAPAS BIN."""

    page = ParentalKey(AgencyPage, on_delete=models.CASCADE, related_name="bank_accounts")
    bank = models.CharField(_("bank"), max_length=6, choices=bank_choices)
    number = models.CharField(_("account number"), max_length=19)
    holder = models.CharField(_("account holder"), max_length=120)
    branch = models.CharField(_("branch"), max_length=120, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=200, blank=True)
    is_default = models.BooleanField(_("default account"), default=False)

    panels = [
        FieldPanel("bank"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("holder")]),
        FieldRowPanel([FieldPanel("branch"), FieldPanel("purpose")]),
        FieldPanel("is_default"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")

    def __str__(self) -> str:
        return f"{self.holder} {self.number}"
