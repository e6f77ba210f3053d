"""Draws the digits. Dark on light, tilted and crossed by a line, but plain for a person."""

from __future__ import annotations

import secrets

from captcha.image import ImageCaptcha

WIDTH, HEIGHT = 400, 128  # twice the size on the page, for sharp screens
_PAPER = (246, 249, 247)
_INKS = ((10, 51, 44), (16, 46, 92), (84, 24, 60), (64, 44, 8))


class _Digits(ImageCaptcha):
    character_rotate = (-18, 18)
    character_offset_dx = (0, 8)
    character_offset_dy = (0, 12)
    character_warp_dx = (0.05, 0.18)
    character_warp_dy = (0.05, 0.18)
    word_space_probability = 1.0  # no wide gaps: six digits fill the picture
    word_offset_dx = 0.08


def draw_digits(digits: str) -> bytes:
    """Return a PNG of the digits, another one at every call."""
    drawing = _Digits(WIDTH, HEIGHT, font_sizes=(84, 92, 100))
    ink = (*secrets.choice(_INKS), 255)
    return drawing.generate(digits, bg_color=_PAPER, fg_color=ink).getvalue()
