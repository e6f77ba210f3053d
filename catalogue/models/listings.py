"""Read tables: one row per live procedure, its facets, and the totals of the catalogue.

They hold nothing of their own: the actions of this app rebuild them from the pages, in the
transaction that publishes. Lists and counts read them instead of the page tables.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import ServiceLevel


class FacetKind(models.TextChoices):
    """What procedures can be filtered by; `ListingFacet.value` is the code or address."""

    AGENCY = "agency", _("Agency")
    SECTOR = "sector", _("Sector")
    LIFE_EVENT = "life_event", _("Life event")
    AUDIENCE = "audience", _("For whom")
    LEVEL = "level", _("Online level")
    METHOD = "method", _("Way of filing")
    AUTHORITY = "authority", _("Level of government")


class ProcedureListing(models.Model):
    """What a list shows of one live Vietnamese procedure page.

    `facts` and `snapshot` are JSON made by `catalogue.facts`: what a list shows, and the rows
    of the page. A null fee or time means that it is not published.
    """

    page = models.OneToOneField(
        "catalogue.ProcedurePage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.CharField(max_length=60, unique=True)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    url = models.CharField(max_length=1000, db_index=True)
    agency = models.ForeignKey(
        "catalogue.AgencyPage", on_delete=models.CASCADE, related_name="+", db_index=True
    )
    sort_key = models.CharField(max_length=255, db_index=True)
    folded = models.TextField()
    service_level = models.CharField(max_length=12, choices=ServiceLevel.choices)
    is_repealed = models.BooleanField(default=False)
    is_unverified = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    snapshot = models.JSONField(default=dict)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("listed procedure")
        verbose_name_plural = _("listed procedures")
        ordering = ["sort_key", "key"]
        indexes = [models.Index(fields=["sort_key", "key"], name="catalogue_listing_order")]

    def __str__(self) -> str:
        return self.name


class ListingFacet(models.Model):
    """One value of one facet of one listed procedure."""

    listing = models.ForeignKey(ProcedureListing, on_delete=models.CASCADE, related_name="facets")
    kind = models.CharField(max_length=10, choices=FacetKind.choices)
    value = models.CharField(max_length=150)

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value", "listing"], name="catalogue_facet_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}={self.value}"


class AgencyCard(models.Model):
    """What is shown of one live agency wherever it receives dossiers.

    `details` is JSON made by `catalogue.agency_facts`: counter, address, phone, hours and
    accounts, each its own or else that of the nearest agency above.
    """

    page = models.OneToOneField(
        "catalogue.AgencyPage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    parent = models.ForeignKey(
        "catalogue.AgencyPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=255)
    name_en = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=1000)
    sort_key = models.CharField(max_length=255, db_index=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("listed agency")
        verbose_name_plural = _("listed agencies")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name


class CatalogueSummary(models.Model):
    """The totals of the catalogue in one row, so that no page counts the whole of it.

    `counts` is {facet kind: {value: number}}, `total` the number of listed procedures, and
    `terms` {facet kind: [[value, Vietnamese name, English name, address]]} in sorted order.
    `version` is that of the read tables (`catalogue.facts.READ_TABLES_VERSION`) when all of them
    were built last.
    """

    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    terms = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("totals of the catalogue")
        verbose_name_plural = _("totals of the catalogue")

    def __str__(self) -> str:
        return str(self.total)
