"""Numbers and names as people write them: the vectors of the rules, and what is refused."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from services.accounts import validators
from services.accounts.tokens import digest_code, new_code, read_code


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0901234567", "+84901234567"),
        ("0876543210", "+84876543210"),
        ("+84 901 234 567", "+84901234567"),
        ("84901234567", "+84901234567"),
        ("0901.234.567", "+84901234567"),
        ("０９０１２３４５６７", "+84901234567"),
    ],
)
def test_mobile_numbers(text: str, stored: str) -> None:
    assert validators.clean_phone(text) == stored


@pytest.mark.parametrize(
    "text",
    ["0123456789", "01234567890", "090123456", "hai trăm", "", "📞", "0" * 40, "02923820047"],
)
def test_what_no_text_message_reaches(text: str) -> None:
    with pytest.raises(ValidationError):
        validators.clean_phone(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0100233488", "0100233488"),
        ("0314409058", "0314409058"),
        ("0314409058-002", "0314409058-002"),
        ("0314409058002", "0314409058-002"),
        ("1800 543 215", "1800543215"),
    ],
)
def test_tax_codes(text: str, stored: str) -> None:
    assert validators.clean_tax_code(text) == stored


@pytest.mark.parametrize(
    "text", ["0100233480", "0314409058-000", "123", "0100000000", "abcdefghij", "🙂" * 10]
)
def test_wrong_tax_codes(text: str) -> None:
    with pytest.raises(ValidationError):
        validators.clean_tax_code(text)


@pytest.mark.parametrize("text", ["092190001234", "092 190 001 234", "361234567"])
def test_identity_numbers(text: str) -> None:
    assert validators.clean_identity_number(text) == text.replace(" ", "")


@pytest.mark.parametrize("text", ["09219000123", "192190001234", "09219000123x", "🙂", "0" * 200])
def test_wrong_identity_numbers(text: str) -> None:
    with pytest.raises(ValidationError):
        validators.clean_identity_number(text)


def test_the_error_counts_what_was_entered() -> None:
    with pytest.raises(ValidationError, match="11"):
        validators.clean_identity_number("09219000123")


LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_take_every_letter(form: str) -> None:
    for letter in LETTERS + LETTERS.upper():
        name = unicodedata.normalize(form, f"Nguyễn {letter}ng")
        assert validators.clean_person_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", ["Y", "H'Hen Niê", "Trần-Lê  Mẫu", "Nguyễn Văn A"])
def test_other_names(name: str) -> None:
    assert validators.clean_person_name(name) == " ".join(name.split())


@pytest.mark.parametrize(
    "name", ["Nguyễn 2", "🙂", "a\u202eb", "<b>An</b>", "-", "An\u200b", "a" * 201]
)
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        validators.clean_person_name(name)


@pytest.mark.parametrize(("text", "stored"), [("LucBinh90", "lucbinh90"), ("0901234567",) * 2])
def test_user_names(text: str, stored: str) -> None:
    assert validators.clean_username(text) == stored


@pytest.mark.parametrize("text", ["abc", "lục bình", "a b c d", "ađmin", ".abcd", "a" * 51])
def test_wrong_user_names(text: str) -> None:
    with pytest.raises(ValidationError):
        validators.clean_username(text)


def test_numbers_are_shown_as_people_write_them() -> None:
    assert validators.show_phone("+84901234567") == "0901 234 567"
    assert validators.show_phone("") == ""


def test_masks() -> None:
    assert validators.mask("+84901234567") == "09•• ••• 567"
    assert validators.mask("lucbinh@motcua.example") == "l•••••h@motcua.example"
    assert validators.mask("a@motcua.example") == "a•••••@motcua.example"


@pytest.mark.parametrize(
    ("text", "digits"),
    [(text, "123456") for text in ("123456", "123 456", "123-456", "１２３４５６")],
)
def test_codes_as_they_are_pasted(text: str, digits: str) -> None:
    assert read_code(text) == digits


@pytest.mark.parametrize("text", ["", "12345", "1234567", "abcdef", "🙂" * 10_000])
def test_what_is_no_code(text: str) -> None:
    assert read_code(text) == ""


def test_a_code_is_bound_to_person_purpose_and_address() -> None:
    own = {"user_id": 1, "purpose": "activate", "address": "+84901234567"}
    digest = digest_code("123456", **own)
    assert "123456" not in digest
    for other in ({"user_id": 2}, {"purpose": "reset"}, {"address": "+84901234568"}):
        assert digest_code("123456", **{**own, **other}) != digest
    assert len({new_code() for _n in range(50)}) > 40
