"""
Finding a commune by what people write: with or without marks, by code, or by its former ward.

Reads only, in a fixed number of queries. How a written place is read is in
`cms.core.place_names`; loading the official list is in `cms.core.place_data`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cms.core.models.places import Commune, FormerWard, FormerWardSuccessor
from cms.core.place_names import PlaceQuery, read_place, simplify_name

CODE_LENGTH = 5
_SHORTEST_PART = 2
_CANDIDATES = 300


class MatchReason(IntEnum):
    """Why a commune was found, the surest reason first."""

    CODE = 0
    NAME = 1
    FORMER_WARD = 2
    NAME_BEGINS = 3
    NAME_CONTAINS = 4
    FORMER_WARD_BEGINS = 5
    FORMER_DISTRICT = 6


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """
    A commune that was found, and why.

    `former_ward` is set when the commune was found through a former ward or district; where that
    ward was divided, `is_likeliest` is true of the commune that took most of it.
    """

    commune: Commune
    reason: MatchReason
    former_ward: FormerWard | None = None
    is_likeliest: bool = True

    @property
    def label(self) -> str:
        """The commune with its province: "Phường Cái Khế, Thành phố Cần Thơ"."""
        return f"{self.commune.name}, {self.commune.province.name}"

    @property
    def explanation(self) -> str:
        """Why it matched, in words for the person who asked; empty where the name says it."""
        if self.reason is MatchReason.CODE:
            return _("code %(code)s") % {"code": self.commune.code}
        if self.former_ward is None:
            return ""
        if self.reason is MatchReason.FORMER_DISTRICT:
            district = f"{self.former_ward.district}, {self.former_ward.province_name}"
            return _("part of the former %(place)s") % {"place": district}
        if self.is_likeliest:
            return _("formerly %(place)s") % {"place": self.former_ward}
        return _("took over a part of the former %(place)s") % {"place": self.former_ward}


# The fewer hints contradicted the better, then the surer reason, the kind named, the likelier heir.
_Score = tuple[int, int, int, int, str]
_Scored = tuple[_Score, CommuneMatch]


def find_communes(
    text: str, province_code: str | None = None, limit: int = 10
) -> list[CommuneMatch]:
    """
    This function will find the communes that `text` may mean, the best first.

    It understands names with or without marks and kind ("P. Cái Khế", "xa nhon ai"), five-digit
    codes, and former wards with or without their district and province, whose communes it gives.
    `province_code` keeps other provinces out; a province written in the text only puts its own
    first. Nothing understood gives an empty list.
    """
    code = text.strip()
    if code.isascii() and code.isdigit() and len(code) == CODE_LENGTH:
        communes = _communes(province_code).filter(code=code)
        return [CommuneMatch(commune, MatchReason.CODE) for commune in communes]
    for query in read_place(text):
        matches = _best(_search(query, province_code))
        if matches:
            return matches[:limit]
    return []


def _search(query: PlaceQuery, province_code: str | None) -> list[_Scored]:
    """Every candidate; the former district only speaks when nobody agrees with the hints."""
    found = [*_by_name(query, province_code), *_by_former_ward(query, province_code)]
    contradicted = min((score[0] for score, _match in found), default=1)
    if not found or contradicted >= max(1, len(query.hints)):
        found += _by_former_district(query, province_code)
    return found


def _best(found: Iterable[_Scored]) -> list[CommuneMatch]:
    """Each commune once, by its best score; those that contradict a hint only if all do."""
    best: dict[str, _Scored] = {}
    for score, match in sorted(found, key=lambda scored: scored[0]):
        best.setdefault(match.commune.code, (score, match))
    if not best:
        return []
    fewest = min(score[0] for score, _match in best.values())
    return [match for score, match in best.values() if score[0] == fewest]


def _by_name(query: PlaceQuery, province_code: str | None) -> Iterator[_Scored]:
    condition = Q(folded__in=query.names)
    for name in query.names:
        if len(name) >= _SHORTEST_PART:
            condition |= Q(folded__startswith=name) | Q(folded__contains=f" {name}")
    communes = _communes(province_code).filter(condition).order_by("folded", "code")
    for commune in communes[:_CANDIDATES]:
        if commune.folded in query.names:
            reason = MatchReason.NAME
        elif commune.folded.startswith(query.names):
            reason = MatchReason.NAME_BEGINS
        else:
            reason = MatchReason.NAME_CONTAINS
        places = {_bare(commune.province.name)}
        yield _scored(query, CommuneMatch(commune, reason), places, other_kind=commune.kind)


def _by_former_ward(query: PlaceQuery, province_code: str | None) -> Iterator[_Scored]:
    condition = Q(former_ward__folded__in=query.names)
    for name in query.names:
        if len(name) > _SHORTEST_PART:
            condition |= Q(former_ward__folded__startswith=name)
    for link in _successors(condition, province_code):
        ward = link.former_ward
        exact = ward.folded in query.names
        reason = MatchReason.FORMER_WARD if exact else MatchReason.FORMER_WARD_BEGINS
        match = CommuneMatch(link.commune, reason, ward, is_likeliest=link.rank == 0)
        yield _scored(query, match, _places_of(link), rank=link.rank)


def _by_former_district(query: PlaceQuery, province_code: str | None) -> Iterator[_Scored]:
    """The communes of a former district: its namesake first, then by how many wards they took."""
    districts = query.hints or query.names
    links = list(_successors(Q(former_ward__folded_district__in=districts), province_code))
    shares = Counter(link.commune.code for link in links)
    for link in links:
        match = CommuneMatch(link.commune, MatchReason.FORMER_DISTRICT, link.former_ward)
        namesake = link.commune.folded in districts
        rank = -_CANDIDATES if namesake else -shares[link.commune.code]
        yield _scored(query, match, _places_of(link), rank=rank)


def _places_of(link: FormerWardSuccessor) -> set[str]:
    """What may be written behind the name of a former ward: then or now."""
    ward = link.former_ward
    return {ward.folded_district, _bare(ward.province_name), _bare(link.commune.province.name)}


def _scored(
    query: PlaceQuery, match: CommuneMatch, places: set[str], *, rank: int = 0, other_kind: str = ""
) -> _Scored:
    contradicted = sum(hint not in places for hint in query.hints)
    wrong_kind = int(bool(query.kind and other_kind) and query.kind != other_kind)
    score = (contradicted, match.reason.value, wrong_kind, rank, match.commune.sort_key)
    return score, match


def _communes(province_code: str | None) -> QuerySet[Commune]:
    communes = Commune.objects.select_related("province").order_by("sort_key", "code")
    return communes.filter(province_id=province_code) if province_code else communes


def _successors(condition: Q, province_code: str | None) -> QuerySet[FormerWardSuccessor]:
    links = FormerWardSuccessor.objects.filter(condition)
    if province_code:
        links = links.filter(commune__province_id=province_code)
    links = links.select_related("former_ward", "commune__province")
    return links.order_by("former_ward__folded", "former_ward_id", "rank")[:_CANDIDATES]


@lru_cache(maxsize=256)
def _bare(name: str) -> str:
    return simplify_name(name)
