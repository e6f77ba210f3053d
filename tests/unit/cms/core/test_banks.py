"""The list of banks."""

import pytest

from cms.core.banks import BANKS, bank_choices, get_bank
from cms.core.vietnamese import nfc, sort_key


@pytest.mark.parametrize(
    ("bin_number", "short_name"),
    [
        ("970436", "Vietcombank"),
        ("970405", "Agribank"),
        ("970418", "BIDV"),
        ("970415", "VietinBank"),
        ("970416", "ACB"),
        ("970422", "MB"),
        ("970407", "Techcombank"),
        ("970423", "TPBank"),
    ],
)
def test_the_confirmed_numbers(bin_number, short_name):
    bank = get_bank(bin_number)
    assert bank is not None
    assert str(bank) == short_name


def test_an_unknown_number_is_no_bank():
    assert get_bank("000000") is None


def test_numbers_codes_and_names_are_well_formed_and_unique():
    assert all(len(number) == 6 and number.isdigit() for number in BANKS)
    assert len({bank.code for bank in BANKS.values()}) == len(BANKS)
    assert len({bank.short_name for bank in BANKS.values()}) == len(BANKS)
    assert all(bank.name == nfc(bank.name) for bank in BANKS.values())


def test_banks_are_listed_by_their_short_names():
    names = [bank.short_name for bank in BANKS.values()]
    assert names == sorted(names, key=sort_key)


def test_choices_name_both():
    assert ("970436", "Vietcombank – Ngân hàng TMCP Ngoại thương Việt Nam") in bank_choices()
