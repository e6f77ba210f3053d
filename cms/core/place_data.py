"""
Loading the official list of provinces, communes and former wards into the database.

The files in `cms/core/data/` are the truth; loading again brings the tables back to them. A
commune that left the list is kept, because addresses point at it, and counted.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from cms.core.models.places import (
    Commune,
    CommuneKind,
    FormerWard,
    FormerWardSuccessor,
    Province,
)
from cms.core.place_names import simplify_name, split_kind
from cms.core.vietnamese import nfc, sort_key

DATA = Path(__file__).parent / "data"
_KINDS = {
    "Phường": CommuneKind.WARD,
    "Xã": CommuneKind.COMMUNE,
    "Đặc khu": CommuneKind.SPECIAL_ZONE,
}
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """How many rows of each kind the list has, and how many known communes left it."""

    provinces: int
    communes: int
    former_wards: int
    successors: int
    communes_not_in_list: int


@transaction.atomic
def load_places(folder: Path = DATA) -> PlaceCounts:
    """
    This function will make the tables of places equal to the files in `folder`.

    It runs in one transaction and may be repeated; codes and rows that stay keep their keys.
    Raises KeyError for a former ward that leads to an unknown commune, or an unknown kind.
    """
    provinces, communes = _load_communes(folder / "communes.csv")
    wards, successors = _load_former_wards(folder / "former_wards.csv", set(communes))
    known = set(Commune.objects.order_by("code").values_list("code", flat=True))
    return PlaceCounts(
        provinces=len(provinces),
        communes=len(communes),
        former_wards=wards,
        successors=successors,
        communes_not_in_list=len(known - set(communes)),
    )


def _load_communes(path: Path) -> tuple[dict[str, Province], dict[str, Commune]]:
    provinces: dict[str, Province] = {}
    communes: dict[str, Commune] = {}
    for row in _rows(path):
        code = row["province_code"]
        provinces.setdefault(
            code, Province(code=code, name=row["province"], sort_key=_sort_key(row["province"]))
        )
        communes[row["code"]] = Commune(
            code=row["code"],
            name=row["name"],
            kind=_KINDS[row["kind"]],
            province_id=code,
            folded=simplify_name(row["name"]),
            sort_key=_sort_key(row["name"]),
        )
    Province.objects.bulk_create(
        provinces.values(),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "sort_key"],
    )
    Commune.objects.bulk_create(
        communes.values(),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "province", "folded", "sort_key"],
    )
    return provinces, communes


def _load_former_wards(path: Path, codes: set[str]) -> tuple[int, int]:
    heirs: dict[tuple[str, str, str], list[str]] = {}
    for row in _rows(path):
        names = (row["former_ward"], row["former_district"], row["former_province"])
        heirs[names] = row["commune_codes"].split()
    FormerWard.objects.bulk_create(
        (_former_ward(*names) for names in heirs),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["name", "district", "province_name"],
        update_fields=["folded", "folded_district"],
    )
    rows = FormerWard.objects.order_by("pk").values_list("name", "district", "province_name", "pk")
    keys = {(name, district, province): pk for name, district, province, pk in rows}
    FormerWardSuccessor.objects.order_by().delete()
    _delete_former_wards([key for names, key in keys.items() if names not in heirs])
    links = [
        FormerWardSuccessor(former_ward_id=keys[names], commune_id=_known(code, codes), rank=rank)
        for names, heir_codes in heirs.items()
        for rank, code in enumerate(heir_codes)
    ]
    FormerWardSuccessor.objects.bulk_create(links, batch_size=_BATCH)
    return len(heirs), len(links)


def _former_ward(name: str, district: str, province: str) -> FormerWard:
    return FormerWard(
        name=name,
        district=district,
        province_name=province,
        folded=simplify_name(name),
        folded_district=simplify_name(district),
    )


def _delete_former_wards(keys: list[int]) -> None:
    for start in range(0, len(keys), _BATCH):
        FormerWard.objects.filter(pk__in=keys[start : start + _BATCH]).delete()


def _known(code: str, codes: set[str]) -> str:
    if code not in codes:
        raise KeyError(code)
    return code


def _sort_key(name: str) -> str:
    """Places are listed by their own name, whatever kind they are."""
    return sort_key(split_kind(name)[1])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: nfc(value) for name, value in row.items()}
