"""Telex and VNI keystrokes that stayed unconverted: "ddawng kys" and "d9a8ng ky1" mean "đăng ký".

Pure. Only what is no Vietnamese syllable as it stands and becomes one is converted; the result is
folded, which is all that a search needs.
"""

from __future__ import annotations

import re

_ONSETS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|"
_RIME_LIST = """
    a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et eu i ia ich iec iem ien ieng
    iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem
    oen oeo oet oi om on ong ooc oong op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uo
    uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn uynh uyp uyt uyu y yem yen
    yet yeu
"""
_SYLLABLE = re.compile(
    rf"(?:{_ONSETS})(?:{'|'.join(sorted(_RIME_LIST.split(), key=len, reverse=True))})"
)
_DOUBLED = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"))
_HORN = re.compile(r"(?<=[aou])w|(?<=uo)w")
_LONE_W = re.compile(r"w")
_VNI = re.compile(r"[1-9]{1,3}")
_VNI_TOKEN = re.compile(r"[a-z]+[1-9][a-z1-9]*")


def is_syllable(folded: str) -> bool:
    """Whether folded letters can be a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


def unconverted(folded: str) -> str | None:
    """Return the folded syllable that the keys were meant for, or None.

    VNI digits turn a token into letters, so a real "a2" or "b1" is only given as a second reading.
    """
    if not folded.isascii():
        return None
    if _VNI_TOKEN.fullmatch(folded):
        letters = _VNI.sub("", folded)
        return letters if len(letters) > 1 and is_syllable(letters) else None
    if not folded.isalpha() or is_syllable(folded):
        return None
    return _telex(folded)


def _telex(word: str) -> str | None:
    """Try the word with one tone key taken out at every place, then without any."""
    for start in range(len(word) - 1, 0, -1):
        if word[start] in "sfrxjz":
            found = _plain(word[:start] + word[start + 1 :])
            if found is not None:
                return found
    return _plain(word)


def _plain(word: str) -> str | None:
    for twice, once in _DOUBLED:
        word = word.replace(twice, once)
    word = _LONE_W.sub("u", _HORN.sub("", word))
    return word if is_syllable(word) else None
