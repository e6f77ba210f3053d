"""Records the digits that the spoken captcha says: needs espeak-ng and ffmpeg, on no server.

Run once by whoever changes the voices: `python scripts/record_digits.py`. Sound comes out as the
`captcha` package wants it: 8,000 samples a second, 8 bits unsigned, one channel.
"""

from __future__ import annotations

import math
import struct
import subprocess
import tempfile
import wave
from pathlib import Path

VOICES = Path(__file__).resolve().parent.parent / "cms/core/captcha/voices"
WORDS = {
    "vi": ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}
SPEAKERS = {"vi": ["vi", "vi-vn-x-south"], "en": ["en-gb", "en-us"]}
SPEED, PITCHES = "85", ["45", "60"]
RATE, LOUDNESS, CEILING = 8000, 22.0, 118.0
_TRIM = "silenceremove=start_periods=1:start_threshold=-58dB"
FILTER = f"highpass=f=70,lowpass=f=3900,{_TRIM},areverse,{_TRIM},areverse"


def speak(word: str, voice: str, pitch: str, folder: Path) -> list[float]:
    """Return the samples of a spoken word, without the silence around it."""
    said, raw = folder / "said.wav", folder / "raw.f32"
    subprocess.run(
        ["espeak-ng", "-v", voice, "-s", SPEED, "-p", pitch, "-w", str(said), word], check=True
    )
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-y", "-i", str(said), "-af", FILTER]  # noqa: RUF005
        + ["-ar", str(RATE), "-ac", "1", "-f", "f32le", str(raw)],
        check=True,
    )
    data = raw.read_bytes()
    return list(struct.unpack(f"<{len(data) // 4}f", data))


def level(samples: list[float]) -> bytes:
    """Bring every word to one loudness; peaks bend instead of being cut off."""
    loudness = math.sqrt(sum(x * x for x in samples) / len(samples))
    bent = (CEILING * math.tanh(x / loudness * LOUDNESS / CEILING) for x in samples)
    return bytes(128 + round(x) for x in bent)


def main() -> None:
    """Write voices/<language>/<digit>/<speaker>.wav."""
    with tempfile.TemporaryDirectory() as folder:
        for language, words in WORDS.items():
            for digit, word in enumerate(words):
                for take, voice in enumerate(SPEAKERS[language]):
                    place = VOICES / language / str(digit) / f"{take + 1}.wav"
                    place.parent.mkdir(parents=True, exist_ok=True)
                    body = level(speak(word, voice, PITCHES[take], Path(folder)))
                    with wave.open(str(place), "wb") as sound:
                        sound.setparams((1, 1, RATE, len(body), "NONE", "not compressed"))
                        sound.writeframes(body)


if __name__ == "__main__":
    main()
