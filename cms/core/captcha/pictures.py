"""Draws the digits. Tilted, bent and crossed by lines, but dark on light and plain for a person."""

from __future__ import annotations

import secrets
from io import BytesIO

from captcha.image import ImageCaptcha
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 400, 128  # twice the size on the page, for sharp screens
_MARGIN = 36  # left and right together, shared by chance
_PAPER = (246, 249, 247)
_INKS = ((10, 62, 54), (24, 60, 120), (110, 32, 80), (84, 58, 10))
_CURVES, _DOTS = 3, 40


class _Digits(ImageCaptcha):
    # The library takes the ink's brightness for its cover: dark ink covers as fully here.
    lookup_table = [min(255, value * 7) for value in range(256)]
    character_rotate = (-18, 18)
    character_offset_dx = (0, 8)
    character_offset_dy = (0, 12)
    character_warp_dx = (0.05, 0.18)
    character_warp_dy = (0.05, 0.18)
    word_space_probability = 1.0  # no wide gaps: six digits fill the picture
    word_offset_dx = 0.08


def draw_digits(digits: str) -> bytes:
    """Return a PNG of the digits, another one at every call."""
    ink = secrets.choice(_INKS)
    drawing = _Digits(WIDTH - _MARGIN, HEIGHT, font_sizes=(88, 96, 104))
    drawn = drawing.create_captcha_image(digits, (*ink, 255), _PAPER)
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    picture.paste(drawn, (secrets.randbelow(_MARGIN), 0))
    drawing.create_noise_dots(picture, ink, width=4, number=_DOTS)
    for _ in range(_CURVES):
        _cross(picture, ink)
    out = BytesIO()
    picture.save(out, format="png")
    return out.getvalue()


def _cross(picture: Image.Image, ink: tuple[int, int, int]) -> None:
    """Draw a line from edge to edge."""
    points = [
        (WIDTH * step // 4, HEIGHT // 6 + secrets.randbelow(HEIGHT * 2 // 3)) for step in range(5)
    ]
    ImageDraw.Draw(picture).line(points, fill=ink, width=2, joint="curve")
