"""Whether the time of an answer tells of accounts: known names against unknown ones.

    python -m tests.bench.accounts [--rounds 60]

In one process on a database of its own (SQLite, or TEST_POSTGRES_URL), with the hasher of
production and the database's cache: the sign-in with a wrong password, asking for a new password,
and a wrong code for it. Names take turns; each pair is printed with the ratio of the medians, which
should be between 0.9 and 1.1. Tasks are left to a worker that does not run, as in production.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SIGN_IN = "/tai-khoan/dang-nhap/"
ASK, CODE = "/tai-khoan/quen-mat-khau/", "/tai-khoan/quen-mat-khau/ma/"
NEW = "một câu mới dễ nhớ 5"
DIGITS = "240813"


def start() -> None:
    """Set Django up and fill a fresh database."""
    folder = tempfile.mkdtemp(prefix="mot-cua-accounts-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
    os.environ["SECRET_KEY"] = "only-for-measurements-" + "x" * 40
    os.environ["ALLOWED_HOSTS"] = "testserver"
    os.environ["LOG_LEVEL"] = "CRITICAL"
    url = os.environ.get("TEST_POSTGRES_URL")
    os.environ["DATABASE_URL"] = url or f"sqlite:///{folder}/bench.sqlite3"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(settings.ACCOUNT_RATE_LIMITS, "100000/m/ip")
    call_command("migrate", verbosity=0)


def make_people(count: int) -> None:
    """Make people whose phone number is proven."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from services.accounts.models import User

    password, now = make_password("con sông đỏ nước 9"), timezone.now()
    User.objects.bulk_create(
        User(
            username=f"biet{number:04d}", password=password, phone=f"+8490{number:07d}",
            phone_verified=True, phone_proven_at=now,
        )
        for number in range(count)
    )  # fmt: skip


def time_post(client: Any, path: str, data: dict[str, str]) -> float:
    """Return the seconds of one request."""
    began = time.perf_counter()
    answer = client.post(path, data)
    taken = time.perf_counter() - began
    assert answer.status_code in (200, 302), answer.status_code
    return taken


def measure(name: str, seconds: dict[str, list[float]]) -> None:
    """Take the three measurements for one name."""
    from django.core.cache import cache
    from django.test import Client

    from cms.core.captcha.challenges import make_challenge

    cache.clear()  # the captcha's own limit
    client = Client()
    client.get(SIGN_IN)
    wrong = {"login": name, "password": "sai rồi sai rồi"}
    seconds["sign-in"].append(time_post(client, SIGN_IN, wrong))
    captcha = {"captcha_token": make_challenge(), "captcha": DIGITS}
    seconds["ask"].append(time_post(client, ASK, {"login": name, **captcha}))
    deliver()
    entry = {"code": "000000", "password": NEW, "password_again": NEW}
    seconds["code"].append(time_post(client, CODE, entry))


def deliver() -> None:
    """Do the worker's part, which no visitor waits for."""
    from services.accounts import actions
    from services.accounts.models import ResetRequest

    for key in ResetRequest.objects.exclude(name="").values_list("pk", flat=True):
        actions.send_reset_codes(key)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    start()
    from cms.core.captcha import challenges

    challenges.digits_of = lambda token: DIGITS
    make_people(rounds + 3)
    known: dict[str, list[float]] = {"sign-in": [], "ask": [], "code": []}
    unknown: dict[str, list[float]] = {"sign-in": [], "ask": [], "code": []}
    for number in range(rounds + 3):
        pair = [(f"biet{number:04d}", known), (f"khong{number:04d}", unknown)]
        for name, seconds in pair if number % 2 else reversed(pair):
            measure(name, seconds)
    for what in known:
        one, other = (statistics.median(found[what][3:]) for found in (known, unknown))
        ratio = one / other
        print(f"{what:8} known {one * 1000:7.1f} ms  unknown {other * 1000:7.1f} ms  {ratio:.3f}")


if __name__ == "__main__":
    main()
