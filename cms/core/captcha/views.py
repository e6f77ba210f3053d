"""The picture, the sound, and another challenge for a script. None of them may be kept."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from cms.core.captcha import challenges
from cms.core.captcha.forms import audio_url
from cms.core.captcha.limits import allows
from cms.core.captcha.pictures import draw_digits
from cms.core.captcha.sounds import speak_digits

TOO_MANY = 429
_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})")
unkept = cache_control(no_store=True, private=True)


@unkept
@require_safe
def show_image(request: HttpRequest, token: str) -> HttpResponse:
    """Draw the digits of a challenge that waits for its answer."""
    if refusal := _refuse(request, token):
        return refusal
    return _send(draw_digits(challenges.digits_of(token)), "image/png")


@unkept
@require_safe
def play_audio(request: HttpRequest, token: str) -> HttpResponse:
    """Speak the digits in the language of the address; players may ask for a part."""
    if refusal := _refuse(request, token):
        return refusal
    language = get_language() or ""
    seed = challenges.seed_of(token, language, request.GET.get("lan", ""))
    sound = speak_digits(challenges.digits_of(token), language, seed)
    return _send_part(request.headers.get("Range", ""), sound)


@unkept
@require_POST
def make_new(request: HttpRequest) -> HttpResponse:
    """Exchange a challenge for another one."""
    if not allows(request, "challenge"):
        return HttpResponse(status=TOO_MANY)
    challenges.drop(request.POST.get("captcha_token", ""))
    token = challenges.make_challenge()
    image = reverse("captcha_image", args=[token])
    return JsonResponse({"token": token, "image": image, "audio": audio_url(token)})


def _refuse(request: HttpRequest, token: str) -> HttpResponse | None:
    if not allows(request, "drawing"):
        return HttpResponse(status=TOO_MANY)
    if not challenges.is_open(token):
        raise Http404
    return None


def _send(body: bytes, kind: str) -> HttpResponse:
    # Packed already: the encoding is named so that nothing packs it again.
    return HttpResponse(body, content_type=kind, headers={"Content-Encoding": "identity"})


def _send_part(wanted: str, sound: bytes) -> HttpResponse:
    """Send the part that was asked for; Safari plays nothing otherwise."""
    size = len(sound)
    match = _RANGE.fullmatch(wanted)
    first, last = match.groups() if match else ("", "")
    if first:
        start, end = int(first), min(int(last or size), size - 1)
    elif last:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = 0, size - 1
    if start > end:
        answer = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        answer = _send(sound[start : end + 1], "audio/wav")
        if first or last:
            answer.status_code = 206
            answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer["Accept-Ranges"] = "bytes"
    return answer
