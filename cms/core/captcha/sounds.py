"""Speaks the digits, one by one and slowly, with a little noise; see voices/README.md.

All chance comes from dice that are thrown anew for each address, so that a player that fetches
a sound in parts gets parts of one sound.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from captcha.audio import (
    BEEP,
    WAVE_SAMPLE_RATE,
    AudioCaptcha,
    change_sound,
    change_speed,
    create_silence,
    mix_wave,
    patch_wave_header,
)

VOICES = Path(__file__).parent / "voices"
LANGUAGES = ("vi", "en")
PAUSE, LONGEST_PAUSE = 0.7, 1.2  # seconds between two digits
_HISS = 3  # of 128
_HISSING = bytes(128 - _HISS + value % (2 * _HISS + 1) for value in range(256))
_MURMUR = (0.04, 0.1)  # of a voice


def speak_digits(digits: str, language: str, seed: str) -> bytes:
    """Return a WAV (8,000 Hz, 8 bits) of the digits in `language`, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - noise, no secret
    voices = _voices(language if language in LANGUAGES else LANGUAGES[0])
    body = bytearray()
    for digit in digits:
        body += _hiss(dice, dice.uniform(PAUSE, LONGEST_PAUSE))
        voice = change_speed(dice.choice(voices[digit]), dice.uniform(1.0, 1.2))
        voice = change_sound(voice, dice.uniform(0.8, 1.0))
        body += mix_wave(_hiss(dice, len(voice) / WAVE_SAMPLE_RATE), voice)
    body += _hiss(dice, PAUSE)
    _mumble(body, voices, dice)
    rest = create_silence(WAVE_SAMPLE_RATE // 4)
    return bytes(patch_wave_header(BEEP + rest + body + BEEP))


@cache
def _voices(language: str) -> dict[str, list[bytearray]]:
    library = AudioCaptcha(voicedir=str(VOICES / language))
    library.load()
    # In one order on every machine, whatever order its folders have.
    return {digit: sorted(takes) for digit, takes in library._cache.items()}


def _hiss(dice: random.Random, seconds: float) -> bytearray:
    return bytearray(dice.randbytes(int(seconds * WAVE_SAMPLE_RATE)).translate(_HISSING))


def _mumble(body: bytearray, voices: dict[str, list[bytearray]], dice: random.Random) -> None:
    """Put voices that say nothing (digits backwards) far behind the others."""
    start = 0
    while start < len(body):
        voice = dice.choice(voices[dice.choice("0123456789")])[::-1]
        quiet = change_sound(voice, dice.uniform(*_MURMUR))[: len(body) - start]
        body[start : start + len(quiet)] = mix_wave(quiet, body[start : start + len(quiet)])
        start += len(voice) + dice.randrange(WAVE_SAMPLE_RATE // 4)
