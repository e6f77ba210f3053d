"""The picture and the sound: valid, different each time, and silent about the digits."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from cms.core.captcha import limits
from cms.core.captcha.challenges import digits_of, judge, make_challenge
from cms.core.captcha.sounds import VOICES, speak_digits
from cms.core.models import CaptchaChallenge

pytestmark = pytest.mark.django_db
RATE = 8000
WINDOW = RATE // 20
LOUD = 6  # mean distance from the middle: the noise lies below, every spoken digit above


def read_wav(data: bytes) -> bytes:
    with wave.open(io.BytesIO(data)) as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (RATE, 1, 1)
        return sound.readframes(-1)


def loudness(samples: Iterable[int]) -> float:
    values = [abs(sample - 128) for sample in samples]
    return sum(values) / len(values)


def count_sounds(samples: bytes) -> int:
    """Count what is louder than the noise, with a third of a second of rest between two."""
    windows = [samples[at : at + WINDOW] for at in range(0, len(samples) - WINDOW, WINDOW)]
    loud = [index for index, part in enumerate(windows) if loudness(part) > LOUD]
    return 1 + sum(after - before > 7 for before, after in pairwise(loud))


def recordings() -> list[Path]:
    return sorted(VOICES.rglob("*.wav"))


def test_each_digit_is_there_in_both_languages() -> None:
    for language in ("vi", "en"):
        assert {p.parent.name for p in (VOICES / language).rglob("*.wav")} == set("0123456789")


@pytest.mark.parametrize("path", recordings(), ids=lambda p: str(p.relative_to(VOICES)))
def test_no_recording_is_silent_or_clipped(path: Path) -> None:
    samples = read_wav(path.read_bytes())
    assert 0.25 < len(samples) / RATE < 1.2
    assert loudness(samples) > 8
    assert max(samples) < 254
    assert min(samples) > 2


def test_no_two_recordings_are_alike() -> None:
    for one, other in combinations([read_wav(p.read_bytes()) for p in recordings()], 2):
        length = min(len(one), len(other))
        apart = sum(abs(a - b) for a, b in zip(one[:length], other[:length], strict=True)) / length
        assert apart > 8


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("digits", ["000000", "123456", "789012", "686868"])
def test_six_digits_are_spoken_slowly(language: str, digits: str) -> None:
    samples = read_wav(speak_digits(digits, language, "seed"))
    assert count_sounds(samples) == 6 + 2  # a tone before and after
    assert 6 < len(samples) / RATE < 18
    assert max(samples) < 255


def test_sounds_differ_by_digits_language_and_noise() -> None:
    sounds = [
        speak_digits(digits, language, seed)
        for digits in ("123456", "654321")
        for language in ("vi", "en")
        for seed in ("a", "b")
    ]
    assert len({len(sound) for sound in sounds}) == len(sounds)
    assert speak_digits("123456", "vi", "a") == sounds[0]  # players fetch parts of one sound
    assert speak_digits("123456", "fr", "a") == sounds[0]


def test_the_picture(client: Client, captcha_answers: str) -> None:
    address = f"/ma-xac-nhan/{make_challenge()}.png"
    answer, again = client.get(address), client.get(address)
    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]
    assert captcha_answers not in str(answer.headers)
    assert captcha_answers.encode() not in answer.content
    with Image.open(io.BytesIO(answer.content)) as picture:
        picture.verify()
        assert picture.size == (400, 128)
        assert not picture.info
    assert answer.content != again.content


def test_the_sound_in_the_language_of_the_address(client: Client, captcha_answers: str) -> None:
    path = f"ma-xac-nhan/{make_challenge()}.wav"
    sounds = [client.get(f"/{place}{path}?lan=1") for place in ("", "en/")]
    for answer in sounds:
        assert answer["Content-Type"] == "audio/wav"
        assert "no-store" in answer["Cache-Control"]
        assert captcha_answers not in str(answer.headers)
        assert count_sounds(read_wav(answer.content)) == 6 + 2
    assert sounds[0].content != sounds[1].content
    assert client.get(f"/{path}?lan=1").content == sounds[0].content
    assert client.get(f"/{path}?lan=2").content != sounds[0].content


@pytest.mark.parametrize(
    ("wanted", "status", "first", "last"),
    [
        ("bytes=0-1", 206, 0, 2),
        ("bytes=100-", 206, 100, None),
        ("bytes=-50", 206, -50, None),
        ("bytes=0-99999999", 206, 0, None),
        ("bytes=a-b", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("bytes=0-1,5-6", 200, 0, None),
    ],
)
def test_a_player_may_ask_for_a_part(
    client: Client, wanted: str, status: int, first: int, last: int | None
) -> None:
    address = f"/ma-xac-nhan/{make_challenge()}.wav?lan=x"
    whole = client.get(address).content
    part = client.get(address, headers={"range": wanted, "accept-encoding": "gzip"})
    assert part.status_code == status
    assert part.content == whole[first:last]
    assert part["Accept-Ranges"] == "bytes"
    if status == 206:
        assert part["Content-Range"].endswith(f"/{len(whole)}")
    beyond = client.get(address, headers={"range": "bytes=9999999-"})
    assert beyond.status_code == 416


@pytest.mark.parametrize("kind", ["png", "wav"])
@pytest.mark.parametrize("place", ["", "en/"])
def test_nothing_is_drawn_of_what_does_not_wait(client: Client, kind: str, place: str) -> None:
    passed, wrong, old = (make_challenge() for _ in range(3))
    judge(passed, digits_of(passed))
    judge(wrong, "x")
    past = timezone.now() - timedelta(seconds=1)
    CaptchaChallenge.objects.filter(token=old).update(expires_at=past)
    for token in (passed, wrong, old, "unknown", "x" * 5000, "🙂", "%00"):
        answer = client.get(f"/{place}ma-xac-nhan/{token}.{kind}")
        assert answer.status_code in {404, 400}, token
        assert client.post(f"/{place}ma-xac-nhan/{token}.{kind}").status_code in {405, 400}


def test_a_script_exchanges_the_challenge(client: Client, captcha_answers: str) -> None:
    token = make_challenge()
    answer = client.post("/en/ma-xac-nhan/moi/", {"captcha_token": token})
    fresh = answer.json()
    assert "no-store" in answer["Cache-Control"]
    assert captcha_answers not in answer.content.decode()
    assert fresh["image"] == f"/en/ma-xac-nhan/{fresh['token']}.png"
    assert client.get(fresh["audio"]).status_code == 200
    assert client.get(f"/ma-xac-nhan/{token}.png").status_code == 404
    assert client.get("/ma-xac-nhan/moi/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/ma-xac-nhan/moi/").status_code == 403


def test_pictures_and_sounds_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.core.captcha.limits.time.time", lambda: 1_800_000_000.0)
    monkeypatch.setitem(limits.A_MINUTE, "drawing", 3)
    address = f"/ma-xac-nhan/{make_challenge()}.png"
    assert [client.get(address).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
