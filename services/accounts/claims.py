"""Reads what the national e-identity says of a person. It knows no account and trusts no type.

Names of the claims: those of the national sign-on (TechID, SoDinhDanh, HoVaTen …); whatever is
missing, empty or of another type counts as not told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from services.accounts import validators

ENTERPRISE = "2"  # LoaiTaiKhoan: 1 citizen, 2 enterprise
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class NationalClaims:
    """Who somebody is; "" and None are not told. Numbers in their stored forms."""

    identity_number: str = ""
    full_name: str = ""
    date_of_birth: date | None = None
    tax_code: str = ""
    enterprise_name: str = ""
    is_enterprise: bool = False


def read_claims(data: Mapping[str, Any]) -> NationalClaims:
    """Return the claims of a userinfo answer or an identity token."""
    is_enterprise = _text(data, "LoaiTaiKhoan") == ENTERPRISE
    tax_code = _read(validators.clean_tax_code, _text(data, "MaSoThue", "MaSoDoanhNghiep"))
    return NationalClaims(
        identity_number=_read(validators.clean_identity_number, _text(data, "SoDinhDanh")),
        full_name=_read(validators.clean_person_name, _text(data, "HoVaTen", "name")),
        date_of_birth=_day(_text(data, "NgayThangNamSinh", "birthdate")),
        tax_code=tax_code if is_enterprise else "",
        enterprise_name=validators.clean_line(_text(data, "TenDoanhNghiep"))
        if is_enterprise
        else "",
        is_enterprise=is_enterprise,
    )


def _text(data: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = data.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            text = str(value).strip()
            if text and len(text) <= LONGEST:
                return text
    return ""


def _read(reader: Any, text: str) -> str:
    try:
        return str(reader(text)) if text else ""
    except ValidationError:
        return ""


def _day(text: str) -> date | None:
    """Read 05/09/1990, 5-9-1990, 1990-09-05, 19900905 or 05091990."""
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s.*)?", text)
    parts = found.groups()[::-1] if found else None
    if parts is None:
        found = re.fullmatch(r"(\d{4})[/.-]?(\d\d)[/.-]?(\d\d)(?:[T\s].*)?", text)
        parts = found.groups() if found and 1900 <= int(found[1]) <= 2100 else None
    if parts is None:
        found = re.fullmatch(r"(\d\d)(\d\d)(\d{4})", text)
        parts = found.groups()[::-1] if found else None
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
