"""
Vietnamese text: normal form, folding, dictionary order, short forms and slugs.

This room is pure: strings in, strings out. It refuses to know models, settings or languages other
than by leaving their letters alone.
"""

import re
import unicodedata

ELLIPSIS = "…"

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
# ngang is 0; the order is the one of Vietnamese dictionaries: huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Which mark makes which letter a letter of its own, and its place after the plain one.
_LETTER_MARKS = {
    ("a", _BREVE): "a1",
    ("a", _CIRCUMFLEX): "a2",
    ("e", _CIRCUMFLEX): "e1",
    ("o", _CIRCUMFLEX): "o1",
    ("o", _HORN): "o2",
    ("u", _HORN): "u1",
}
# Letters that Unicode does not take apart. Ð and Ɖ are common typing errors for Đ.
_UNDECOMPOSED = str.maketrans(
    {"đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
)
_D_WITH_STROKE = "đðɖ"
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´", None))

_SPACE_WEIGHT = "00"
# Two spaces never meet in the normal form, so this is lower than any continuation.
_SEPARATOR = "0000"
_LONGEST_NUMBER = 9
_DIGITS = "0123456789"
_FOREIGN_WEIGHT = "z9"
_TOKEN = re.compile(r"[0-9]+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
# What XML cannot hold; it comes with text that is pasted from PDF files.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TRAILING = ' ,;:.–—-/(“"'


def without_controls(text: str) -> str:
    """This function will put a space in the place of each character that XML cannot hold."""
    return _CONTROLS.sub(" ", text)


def nfc(text: str) -> str:
    """
    This function will return `text` composed (NFC) with its whitespace collapsed.

    Non-breaking and other Unicode spaces count as whitespace; the ends are trimmed.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """
    This function will return `text` in lower case, without marks, with đ as d and single spaces.

    The result for Vietnamese text is ASCII; letters of other scripts are kept. Old and new tone
    placement (hoà, hòa) give the same result, and so do composed and decomposed input.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(bare.lower().translate(_UNDECOMPOSED).split())


def sort_key(text: str, length: int = 255) -> str:
    """
    This function will return a key whose plain byte order is the Vietnamese dictionary order.

    The key holds only [0-9a-z] and every weight is two characters of which the second is a digit,
    so that no locale of a database can see a digraph or a mark in it and each orders it alike.
    Letters come first (A Ă Â B C D Đ E Ê … O Ô Ơ … U Ư …), one tone digit per word after them;
    numbers compare by value ("Điều 2" before "Điều 10"), punctuation parts words and has no
    weight. A key longer than `length` is cut, which keeps the order of what remains.
    """
    words = _words(text)
    primary = _SPACE_WEIGHT.join("".join(weights) for weights, _ in words)
    if not primary:
        return ""
    tones = "".join(tone for _, tone in words)
    return (primary + _SEPARATOR + tones)[:length]


def cut_at_word(text: str, limit: int) -> str:
    """
    This function will return `text`, in normal form, in at most `limit` characters.

    A longer text is cut between words and closed with an ellipsis, which counts; a first word
    that is too long by itself is cut inside.
    """
    clean = nfc(text)
    if len(clean) <= limit:
        return clean
    if limit < 1:
        return ""
    head = clean[: limit - 1]
    if clean[limit - 1] != " " and " " in head:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(_TRAILING) + ELLIPSIS


def slugify_vi(text: str, words: int | None = None) -> str:
    """
    This function will return `text` as a slug of [a-z0-9-], of at most `words` words if given.

    The caller cuts the slug to what its column holds; nothing else than ASCII letters and digits
    survives, so a text without any gives the empty string.
    """
    parts = re.findall(r"[a-z0-9]+", fold(text).translate(_APOSTROPHES))
    return "-".join(parts[:words])


def _words(text: str) -> list[tuple[list[str], str]]:
    """The weights and the tone digit of each word or number."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    tokens = _TOKEN.findall(unicodedata.normalize("NFD", plain))
    return [
        (_number_weights(token), "0") if token[0] in _DIGITS else _letter_weights(token)
        for token in tokens
    ]


def _number_weights(digits: str) -> list[str]:
    """A number's length, then its digits, so that a shorter number is the smaller one."""
    significant = digits.lstrip("0") or "0"
    weights: list[str] = []
    for start in range(0, len(significant), _LONGEST_NUMBER):
        chunk = significant[start : start + _LONGEST_NUMBER]
        weights.append(f"1{len(chunk)}")
        weights.extend(f"1{digit}" for digit in chunk)
    return weights


def _letter_weights(word: str) -> tuple[list[str], str]:
    """
    The weights of a decomposed word's letters, and its tone.

    There is one tone for the word, wherever it is written: hoà and hòa are one word.
    """
    weights: list[str] = []
    tone = "0"
    for char in word:
        if char in _D_WITH_STROKE:
            weights.append("d1")
        elif not unicodedata.combining(char):
            weights.extend(_plain_weights(char))
        elif char in _TONES:
            tone = _TONES[char] if tone == "0" else tone
        elif weights:
            weights[-1] = _LETTER_MARKS.get((weights[-1][0], char), weights[-1])
    return weights, tone


def _plain_weights(char: str) -> list[str]:
    """The weights of one letter without marks; letters of other scripts follow Z together."""
    bases = char.translate(_UNDECOMPOSED)
    return [f"{base}0" for base in bases] if bases.isascii() else [_FOREIGN_WEIGHT]
