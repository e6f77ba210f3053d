"""Fees as the national register writes them, turned into rows without losing a word.

What is not surely an amount in đồng stays text, word for word; what says nothing gives no row,
which means that the fee is not published.
"""

from __future__ import annotations

import re
from typing import Any

from catalogue.choices import FeeKind
from cms.core.vietnamese import fold, nfc

# The register cuts longer texts at this length without saying so.
CUT_AT = 120
# No fee of the state is smaller: "50 VNĐ" is a typing error for something, nobody knows what.
SMALLEST_AMOUNT = 1000
_LABEL = re.compile(r"^(?:phí|lệ phí)\s*:\s*", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:đồng|vnđ|vnd|đ)\.?", re.IGNORECASE)
_PERCENTAGE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%")
_UNKNOWN = {"", "khong co thong tin", "dong", "vnd"}
_FREE = {"mien phi", "khong", "khong dong", "khong thu phi", "0", "0 dong", "0 vnd"}


def parse_fee(published: str | None) -> dict[str, Any] | None:
    """Return {kind, amount?, text?} for a fee as published; None when it says nothing."""
    text = nfc(published or "")
    bare = _LABEL.sub("", text)
    folded = fold(bare).strip(" .")
    if folded in _UNKNOWN:
        return None
    if folded in _FREE:
        return {"kind": FeeKind.FREE.value}
    if match := _AMOUNT.fullmatch(bare):
        amount = int(re.sub(r"[.,]", "", match[1]))
        if amount >= SMALLEST_AMOUNT:
            return {"kind": FeeKind.AMOUNT.value, "amount": str(amount)}
    if (match := _PERCENTAGE.fullmatch(bare)) and int(match[1]) <= 100:
        part = (match[2] or "").rstrip("0")
        number = str(int(match[1]))
        amount_text = f"{number}.{part}" if part else number
        return {"kind": FeeKind.PERCENTAGE.value, "amount": amount_text}
    mark = "…" if len(published or "") == CUT_AT else ""
    return {"kind": FeeKind.TEXT.value, "text": text + mark}
