"""
Provinces and communes in force since 01/07/2025, and the wards that they replaced.

The rows are filled by `manage.py load_places` from the files in `cms/core/data/`. Former wards are
kept because citizens still write them: several may share a name, and one may have been divided
among several communes. Look-up belongs to `cms.core.places`; this room refuses to search.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Province(models.Model):
    """This model will hold one of the 34 provinces and cities, keyed by its official code."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    sort_key = models.CharField(_("sort key"), max_length=255, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key", "code"]
        verbose_name = _("province")
        verbose_name_plural = _("provinces")

    def __str__(self) -> str:
        return self.name


class CommuneKind(models.TextChoices):
    """The three kinds of commune-level unit of the two-level administration."""

    COMMUNE = "commune", _("commune")
    WARD = "ward", _("ward")
    SPECIAL_ZONE = "special_zone", _("special zone")


class Commune(models.Model):
    """
    This model will hold one commune, ward or special zone, keyed by its official five-digit code.

    `name` is complete ("Phường Cái Khế"); `folded` is the name without its kind, lower-case and
    without marks ("cai khe"), which is what people search.
    """

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=CommuneKind.choices)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="communes", verbose_name=_("province")
    )
    folded = models.CharField(_("folded name"), max_length=100, editable=False, db_index=True)
    sort_key = models.CharField(_("sort key"), max_length=255, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key", "code"]
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self) -> str:
        return self.name


class FormerWard(models.Model):
    """
    This model will hold one ward, commune or township that existed before 01/07/2025.

    `folded` is its name without its kind, lower-case and without marks; `folded_district` the same
    of its district. Its successors are read through `successors`, the most likely first.
    """

    name = models.CharField(_("name"), max_length=100)
    district = models.CharField(_("district"), max_length=100)
    province_name = models.CharField(_("province"), max_length=100)
    folded = models.CharField(_("folded name"), max_length=100, editable=False, db_index=True)
    folded_district = models.CharField(_("folded district"), max_length=100, editable=False)
    communes = models.ManyToManyField(
        Commune,
        through="FormerWardSuccessor",
        related_name="former_wards",
        verbose_name=_("communes that replaced it"),
    )

    class Meta:
        ordering = ["folded", "id"]
        verbose_name = _("former ward")
        verbose_name_plural = _("former wards")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "district", "province_name"], name="core_former_ward_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.district}, {self.province_name}"


class FormerWardSuccessor(models.Model):
    """This model will link a former ward to a commune that took it over; rank 0 is most likely."""

    former_ward = models.ForeignKey(
        FormerWard,
        on_delete=models.CASCADE,
        related_name="successors",
        verbose_name=_("former ward"),
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="+", verbose_name=_("commune")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=0)

    class Meta:
        ordering = ["former_ward_id", "rank"]
        verbose_name = _("successor of a former ward")
        verbose_name_plural = _("successors of former wards")
        constraints = [
            models.UniqueConstraint(
                fields=["former_ward", "commune"], name="core_former_ward_successor_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.former_ward_id} → {self.commune_id} ({self.rank})"
