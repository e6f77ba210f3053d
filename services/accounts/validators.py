"""Reads numbers and names as people write them. It knows no account.

Each reader returns the stored form, or "" when the text is no such thing; the forms say why.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.vn import mst

REGION = "VN"
IDENTITY_LENGTHS = (9, 12)
NAME_MARKS = frozenset(" '-.’")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{3,49}")
LONGEST_NAME = 200


def read_phone(text: str) -> str:
    """Return a Vietnamese or international number in E.164 form, "" if `text` is none."""
    try:
        number = phonenumbers.parse(text[:40], REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def show_phone(phone: str) -> str:
    """Return a stored number as people here write it: "0901 234 567"."""
    try:
        number = phonenumbers.parse(phone, REGION)
    except phonenumbers.NumberParseException:
        return phone
    own = number.country_code == 84
    forms = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(number, forms.NATIONAL if own else forms.INTERNATIONAL))


def read_mobile(text: str) -> str:
    """Return the mobile number that a name to sign in with is, "" if it has letters."""
    phone = "" if any(char.isalpha() for char in text) else read_phone(text)
    return phone if phone and is_mobile(phone) else ""


def is_mobile(phone: str) -> bool:
    """Say whether text messages can reach a number in E.164 form."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone, REGION))
    return kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def clean_phone(text: str) -> str:
    """Return a mobile number in E.164 form; raise ValidationError with what is wrong."""
    phone = read_phone(text)
    if not phone:
        digits = sum(char.isdigit() for char in text)
        if digits < 10:
            raise ValidationError(_("The number is too short: a mobile number has 10 digits."))
        raise ValidationError(_("This is not a telephone number, for example 0901 234 567."))
    if not is_mobile(phone):
        raise ValidationError(_("Text messages cannot reach this number: give a mobile number."))
    return phone


def clean_identity_number(text: str) -> str:
    """Return the 12 digits of an identity number, or the 9 of an old card.

    12 digits: three of the place of birth, one of century and sex, two of the year of birth, six
    at random; there is no check digit (Circular 59/2021/TT-BCA).
    """
    number = _digits(text)
    if not number.isdecimal():
        raise ValidationError(_("The identity number has digits only."))
    if len(number) not in IDENTITY_LENGTHS:
        raise ValidationError(
            _("The identity number needs 12 digits (an old card 9); you entered %(count)d.")
            % {"count": len(number)}
        )
    if len(number) == 12 and number[0] != "0":
        raise ValidationError(_("An identity number of 12 digits begins with 0."))
    return number


def clean_tax_code(text: str) -> str:
    """Return a tax code as ten digits, or ten and three with a hyphen for a branch.

    The tenth digit checks the nine before it (Circular 105/2020/TT-BTC).
    """
    number = _digits(text)
    if not number.isdecimal() or len(number) not in (10, 13):
        raise ValidationError(_("A tax code has 10 digits, or 13 for a branch."))
    try:
        mst.validate(number)
    except NumberError:
        raise ValidationError(
            _("This tax code cannot be right: a digit is wrong or two are swapped.")
        ) from None
    return str(mst.format(number))


def clean_person_name(text: str) -> str:
    """Return a person's name in NFC with single spaces: letters with marks, ' - . and spaces."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > LONGEST_NAME:
        raise ValidationError(_("The name is too long: at most %d characters.") % LONGEST_NAME)
    if any(not (char in NAME_MARKS or unicodedata.category(char)[0] in "LM") for char in name):
        raise ValidationError(_("Write the name with letters only, as on the identity card."))
    if not any(char.isalpha() for char in name):
        raise ValidationError(_("Write the name with letters, as on the identity card."))
    return name


def clean_username(text: str) -> str:
    """Return a user name in lower case; raise ValidationError with what is wrong."""
    name = unicodedata.normalize("NFKC", text).strip().lower()
    if len(name) < 4:
        raise ValidationError(_("The user name needs at least 4 characters."))
    if len(name) > 50:
        raise ValidationError(_("The user name has at most 50 characters."))
    if not USERNAME.fullmatch(name):
        raise ValidationError(
            _(
                "Use letters without marks, digits, dot, hyphen or underscore; begin with a letter"
                " or digit."
            )
        )
    return name


def fold_sign_in_name(text: str) -> str:
    """Return one form of all the ways to write a user name, phone number or e-mail address.

    It counts what is tried for a name; two forms of one name must not count apart, however a
    database compares letters.
    """
    phone = read_phone(text)
    return phone or unicodedata.normalize("NFKC", text).strip().upper().casefold()


def clean_line(text: str) -> str:
    """Return a line of free text in NFC with single spaces, without control characters."""
    kept = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def mask(address: str) -> str:
    """Return a phone number or e-mail address with its middle hidden: "09•• ••• 567"."""
    if "@" in address:
        local, _at, domain = address.partition("@")
        return f"{local[:1]}•••••{local[-1:] if len(local) > 2 else ''}@{domain}"
    number = "0" + address[3:] if address.startswith("+84") else address
    return f"{number[:2]}•• ••• {number[-3:]}"


def mask_number(number: str) -> str:
    """Return an identity number with its middle hidden: "092•••••1234"."""
    return f"{number[:3]}•••••{number[-4:]}" if number else ""


def disagrees_with_birth(number: str, born: date | None) -> bool:
    """Say whether century and year in an identity number are not those of the date of birth.

    The fourth digit tells century and sex (0 and 1 the 20th century, 2 and 3 the 21st, …), the two
    after it the year. Registers have errors, so this is worth a question and refuses nothing.
    """
    if len(number) != 12 or born is None:
        return False
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6]) != born.year


def mask_name(name: str) -> str:
    """Return a name with its first and last word alone: "Trần ••• Bình"."""
    words = name.split()
    if len(words) > 2:
        return f"{words[0]} ••• {words[-1]}"
    return f"••• {words[-1]}" if words else ""


def mask_username(username: str) -> str:
    """Return a user name with its middle hidden: "lu•••••90"."""
    return f"{username[:2]}•••••{username[-2:] if len(username) > 5 else ''}"


def _digits(text: str) -> str:
    spread = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s.\-‐-―_]", "", spread)
