"""
The banks that a fee may be paid into, by their NAPAS bank identification number (BIN).

The list is a file in `cms/core/data/`, maintained with the code: a BIN is part of every payment
code drawn, so it is chosen from here and never typed. This room is pure and refuses to draw codes.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_FILE = Path(__file__).parent / "data" / "banks.csv"


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank: its six-digit BIN, its short code, the name people say, its registered name."""

    bin: str
    code: str
    short_name: str
    name: str

    def __str__(self) -> str:
        return self.short_name


def _read_banks() -> Mapping[str, Bank]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        banks = [Bank(**row) for row in csv.DictReader(file)]
    return MappingProxyType({bank.bin: bank for bank in banks})


BANKS: Mapping[str, Bank] = _read_banks()
"""All banks by BIN, in the order of their short names."""


def bank_choices() -> list[tuple[str, str]]:
    """This function will return (BIN, "short name – registered name") pairs for a form field."""
    return [(bank.bin, f"{bank.short_name} – {bank.name}") for bank in BANKS.values()]


def get_bank(bin: str) -> Bank | None:  # noqa: A002 - the term of the field
    """This function will return the bank with this BIN, or None for an unknown one."""
    return BANKS.get(bin)
