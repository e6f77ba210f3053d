"""What people say who need a procedure: data that is complete and fit to be read."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

from search.analysis import tokenize
from search.asked import FILE, phrases_for

LINES = FILE.read_text(encoding="utf-8").splitlines()
LONGEST = 14


def test_a_procedure_has_its_phrases() -> None:
    assert "mở quán ăn nhà hàng" in phrases_for("1.002425")
    assert phrases_for("9.999999") == ()


def test_every_line_is_a_key_and_phrases() -> None:
    keys = Counter(line.partition("\t")[0] for line in LINES)
    assert [key for key, number in keys.items() if number > 1 or not key.strip()] == []
    assert [line for line in LINES if not phrases_for(line.partition("\t")[0])] == []


@pytest.mark.parametrize("line", LINES[::97])
def test_phrases_are_short_and_composed(line: str) -> None:
    for phrase in phrases_for(line.partition("\t")[0]):
        assert unicodedata.is_normalized("NFC", phrase)
        assert 1 <= len(tokenize(phrase)) <= LONGEST, phrase
