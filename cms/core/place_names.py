"""
Reading place names as people write them: kinds, short forms, missing marks, former districts.

Pure: words in, words out. It knows how administrative units are called, not which exist; the
look-up among those that exist is in `cms.core.places`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cms.core.vietnamese import fold, nfc

# Long forms come first, so that "thị xã" is not read as something called "thị".
COMMUNE_KINDS = {
    "phường": "ward",
    "phuong": "ward",
    "p": "ward",
    "thị trấn": "township",
    "thi tran": "township",
    "tt": "township",
    "đặc khu": "special_zone",
    "dac khu": "special_zone",
    "xã": "commune",
    "xa": "commune",
    "x": "commune",
}
UPPER_KINDS = (
    "thành phố", "thanh pho", "tp", "thị xã", "thi xa", "tx", "quận", "quan", "q",
    "huyện", "huyen", "h", "tỉnh", "tinh",
)  # fmt: skip
_ALIASES = {"hcm": "ho chi minh", "tphcm": "ho chi minh", "sg": "ho chi minh"}

_KIND = "|".join(re.escape(kind) for kind in (*COMMUNE_KINDS, *UPPER_KINDS))
_WITH_KIND = re.compile(rf"^({_KIND})(?:\s*\.\s*|\s+|(?=\d))(\S.*)$")
_UPPER_INSIDE = re.compile(
    rf"\s+(?=(?:{'|'.join(UPPER_KINDS)})(?:\s*\.\s*|\s+|(?=\d))\S)|\s+[-–]\s+|\s*/\s*"
)
_PARTS = re.compile(r"\s*[,;\n]\s*")
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """
    What someone asked for, ready for comparing with folded names.

    `names` are the readings of the commune's name, the likelier first ("Phuong Binh" may be the
    ward Bình or the commune Phương Bình); `kind` is the kind named, if any; `hints` are the
    district and province that were written after it.
    """

    kind: str
    names: tuple[str, ...]
    hints: tuple[str, ...]


def split_kind(name: str) -> tuple[str, str]:
    """
    This function will part an administrative name into its kind and its own name.

    "Phường Cái Khế" → ("phường", "cái khế"), in lower case with its marks; a name without a kind
    has an empty one. Short forms count as kinds: "P. 5", "p5", "TP Cần Thơ".
    """
    clean = nfc(name).lower()
    found = _WITH_KIND.match(clean)
    return (found[1], found[2]) if found else ("", clean)


def simplify(text: str) -> str:
    """
    This function will fold a name for comparing: no marks, punctuation or zeros before a number.

    "M'Drắk" → "mdrak", "Bà Rịa - Vũng Tàu" → "ba ria vung tau", "05" → "5".
    """
    bare = fold(text).replace("'", "").replace("’", "")
    words = re.findall(r"[^\W_]+", bare)
    return _LEADING_ZEROS.sub("", " ".join(words))


def simplify_name(name: str) -> str:
    """This function will fold an official name without its kind: "Phường Cái Khế" → "cai khe"."""
    return simplify(split_kind(name)[1])


def read_place(text: str) -> Iterator[PlaceQuery]:
    """
    This function will give the readings of a written place, the most literal first.

    Commas part the levels; if that leads nowhere, so do dashes and the words for higher levels
    inside the text; at last what comes first is taken for a street and left out.
    """
    clean = nfc(text.replace("\n", ",")).lower()
    strict = _non_empty(_PARTS.split(clean))
    loose = _non_empty(piece for part in strict for piece in _UPPER_INSIDE.split(part))
    seen: set[PlaceQuery] = set()
    for parts in (strict, loose, loose[1:]):
        query = _read_parts(parts)
        if query is not None and query not in seen:
            seen.add(query)
            yield query


def _non_empty(parts: Iterator[str] | list[str]) -> list[str]:
    return [part for part in (piece.strip(" .") for piece in parts) if part]


def _read_parts(parts: list[str]) -> PlaceQuery | None:
    """The part that is called a commune is the name, else the first one; the rest are hints."""
    at = next((i for i, part in enumerate(parts) if split_kind(part)[0] in COMMUNE_KINDS), 0)
    if at >= len(parts):
        return None
    kind, name = split_kind(parts[at])
    readings = [simplify(name)]
    # Typed without marks, "xa" and "phuong" may begin the name itself.
    if kind.isascii():
        readings.append(simplify(parts[at]))
    hints = (simplify_name(part) for part in parts[at + 1 :])
    return PlaceQuery(
        kind=COMMUNE_KINDS.get(kind, ""),
        names=tuple(dict.fromkeys(name for name in readings if name)),
        hints=tuple(_ALIASES.get(hint, hint) for hint in hints if hint),
    )
